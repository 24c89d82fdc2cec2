#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_set>
#include <vector>

#include "pipeline/model/pdf_signature.hpp"
#include "pipeline/pdf/comparison.hpp"
#include "pipeline/pdf/structure.hpp"

namespace sohoa::pdf {

/// A page as both revisions have it.
struct PagePair {
  std::uint32_t number;  ///< in the later one
  const Page* before;
  const Page* after;
};

/// A revision and the one before it, side by side, and what was found to differ so far. What differs is told in the
/// first place that comes to it, so what matters most is to be compared first.
class RevisionPair {
 public:
  /// `index` of the later one.
  RevisionPair(File& file, std::size_t index);
  RevisionPair(const RevisionPair&) = delete;
  RevisionPair& operator=(const RevisionPair&) = delete;

  void add(PdfChange::Kind kind, std::uint32_t page, std::string what);
  /// Each difference of the two values as a change.
  void compare(PdfChange::Kind kind, std::uint32_t page, const std::string& what, const Object& before,
               const Object& after, Comparison::Scope scope = Comparison::Scope::document);
  [[nodiscard]] bool is_same(const Object& before, const Object& after) {
    return comparison_.differences(before, after).empty();
  }
  /// Whether all that was there stayed as it was.
  [[nodiscard]] bool is_additive(const Object& before, const Object& after);
  /// A dictionary whose entries are compared one by one by who calls this.
  void came_to(const Object& dictionary);
  /// Whether somebody came to the object, or it was compared.
  [[nodiscard]] bool was_looked_at(const Object& object) const;

  [[nodiscard]] std::size_t index() const { return index_; }
  [[nodiscard]] const View& before() const { return before_; }
  [[nodiscard]] const View& after() const { return after_; }
  [[nodiscard]] const Pages& old_pages() const { return old_pages_; }
  [[nodiscard]] const Pages& new_pages() const { return new_pages_; }
  [[nodiscard]] const Fields& old_fields() const { return old_fields_; }
  [[nodiscard]] const Fields& new_fields() const { return new_fields_; }
  [[nodiscard]] const std::vector<PagePair>& page_pairs() const { return page_pairs_; }
  void pair(PagePair pages) { page_pairs_.push_back(pages); }

  /// The field of this name before, nullptr if there was none.
  [[nodiscard]] const Field* old_field(const std::string& name) const;
  /// Whether the later revision put a signature into the field.
  [[nodiscard]] bool is_signed_here(const Field& field) const;
  [[nodiscard]] const ComparedApart& apart() const { return apart_; }
  [[nodiscard]] std::vector<PdfChange> take() { return std::move(changes_); }

 private:
  void set_apart(const View& view, const Pages& pages, const Fields& fields);

  const std::size_t index_;
  const View before_, after_;
  const Pages old_pages_, new_pages_;
  const Fields old_fields_, new_fields_;
  ComparedApart apart_;
  Comparison comparison_;
  std::map<std::string, const Field*> old_field_names_;
  std::vector<PagePair> page_pairs_;
  std::unordered_set<const Object*> come_to_;
  std::vector<PdfChange> changes_;
};

}  // namespace sohoa::pdf
