// The order: the head page (the first with a motto or a heading) gives head, title, addressees and markings; each page
// after it may be the one that is signed, until one is for sure or another document begins (an attached draft has a
// head and a foot of its own). Identifiers are gathered from every page up to that end.

#include "ocr/fields/rule_extractor.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include "ocr/fields/agency_words.hpp"
#include "ocr/fields/classify.hpp"
#include "ocr/fields/foot.hpp"
#include "ocr/fields/foot_fields.hpp"
#include "ocr/fields/head.hpp"
#include "ocr/fields/head_fields.hpp"
#include "ocr/fields/identifiers.hpp"
#include "ocr/fields/markings.hpp"
#include "ocr/fields/title.hpp"
#include "ocr/fields/validity.hpp"

namespace sohoa {
namespace {

using namespace fields;

void append(std::vector<Field>& to, std::vector<Field> more) {
  std::move(more.begin(), more.end(), std::back_inserter(to));
}

class RuleFieldCollector final : public FieldCollector {
 public:
  void add_page(const RecognizedPage& page) override {
    if (ended_ || (page.blocks.empty() && page.barcodes.empty())) return;
    const auto view = view_of(page);
    if (head_found_ && begins_document(view)) ended_ = true;
    if (ended_) return;
    if (!head_found_ && page.number.value <= last_head_page) read_head_page(view);
    if (!signed_) read_foot_page(view);
    identifiers_.add_codes(page.number, page.barcodes);
    identifiers_.add_page(view);
    validity_.add_page(view);
  }

  DocumentFields finish() override {
    auto& fields = found_.fields;
    if (foot_) append(fields, std::move(foot_->fields));
    const auto* date = found_.find(FieldName::issue_date);
    append(fields, validity_.finish(found_.classification, date));
    append(fields, identifiers_.finish());
    tell_missing();
    std::stable_sort(fields.begin(), fields.end(), [](const Field& a, const Field& b) { return a.name < b.name; });
    return std::move(found_);
  }

 private:
  static constexpr std::uint32_t last_head_page = 3;  ///< a cover and a blank page may come before

  void read_head_page(const PageView& view) {
    const auto head = read_head(view);
    const auto title = read_title(view, head);
    if (!head.has_motto && !title && !head.number) return;
    head_found_ = true;
    append(found_.fields, head_fields(view, head));
    found_.classification = classify(head, title);
    append(found_.fields, title_fields(view, head, title, found_.classification));
    append(found_.fields, addressee_fields(view, read_addressees(view, head)));
    append(found_.fields, marking_fields(view));
  }

  void read_foot_page(const PageView& view) {
    const auto foot = read_foot(view);
    if (!foot || (foot_ && foot->score <= foot_->score)) return;
    foot_ = FoundFoot{foot->score, foot_fields(view, *foot)};
    signed_ = foot->score >= strong_foot;
  }

  /// What every administrative document has (Decree 30/2020, art. 8) and this one has not, or it was not read.
  void tell_missing() {
    const auto& kind = found_.classification;
    if (kind.abbreviation.empty() && kind.type != official_letter().code) return;
    for (const auto name : {FieldName::issuing_agency, FieldName::number_symbol, FieldName::issue_date,
                            FieldName::signer_title, FieldName::signer_name}) {
      if (found_.find(name) != nullptr) continue;
      found_.findings.push_back({"field_not_found", Severity::warning, std::string(name_of(name)) + " was not found"});
    }
  }

  struct FoundFoot {
    double score = 0;
    std::vector<Field> fields;
  };

  DocumentFields found_;
  bool head_found_ = false;
  bool signed_ = false;  ///< the page with the signature was found
  bool ended_ = false;   ///< what follows is another document
  std::optional<FoundFoot> foot_;
  IdentifierCollector identifiers_;
  ValidityCollector validity_;
};

}  // namespace

std::unique_ptr<FieldCollector> RuleFieldExtractor::begin() const {
  return std::make_unique<RuleFieldCollector>();
}

}  // namespace sohoa
