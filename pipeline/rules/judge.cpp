#include "pipeline/rules/judge.hpp"

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

#include "pipeline/model/vietnamese.hpp"
#include "pipeline/rules/page_order.hpp"

namespace sohoa::rules {
namespace {

using Pages = std::vector<std::uint32_t>;

/// "2, 5-7"
std::string ranges(const Pages& pages) {
  std::string text;
  for (std::size_t i = 0; i < pages.size();) {
    auto last = i;
    while (last + 1 < pages.size() && pages[last + 1] == pages[last] + 1) ++last;
    text += (text.empty() ? "" : ", ") + std::to_string(pages[i]);
    if (last > i) text += "-" + std::to_string(pages[last]);
    i = last + 1;
  }
  return text;
}

Pages pages_where(const PaperFacts& facts, const std::function<bool(const ImageFacts&)>& holds) {
  Pages pages;
  for (const auto& image : facts.images) {
    if (holds(image)) pages.push_back(image.page.value);
  }
  return pages;
}

/// What officers call a field of a rule set.
std::string_view vietnamese_name(std::string_view field) {
  const auto name = field_name_of(field);
  return name ? vietnamese_name_of(*name) : field;
}

class Judge {
 public:
  Judge(const RuleSet& rules, const DossierComponent& component, const PaperFacts& facts)
      : rules_(rules), component_(component), facts_(facts) {}

  std::vector<RuleFinding> findings() {
    failed_pages();
    image_count();
    resolution();
    colour();
    blank_pages();
    printed_numbers();
    fields();
    std::stable_sort(findings_.begin(), findings_.end(),
                     [](const auto& a, const auto& b) { return a.severity > b.severity; });
    return std::move(findings_);
  }

 private:
  void find(std::string code, Severity severity, Pages pages, std::string vietnamese, std::string english) {
    findings_.push_back(
        {std::move(code), severity, std::move(pages), std::move(vietnamese), std::move(english), rules_.law});
  }

  void failed_pages() {
    const auto pages = pages_where(facts_, [](const auto& image) { return image.failed; });
    if (pages.empty()) return;
    find("page_failed", Severity::error, pages, "Không đọc được trang " + ranges(pages) + "; cần quét lại.",
         "Page " + ranges(pages) + " could not be read; scan it again.");
  }

  void image_count() {
    if (!rules_.images_equal_pages.required) return;
    const auto images = facts_.images.size();
    if (component_.pages == 0) {
      return find("pages_not_counted", Severity::warning, {},
                  "Chưa đếm số trang của giấy tờ; đã quét " + std::to_string(images) + " ảnh.",
                  "The paper's pages were not counted; " + std::to_string(images) + " images were scanned.");
    }
    const std::size_t expected = std::size_t{component_.pages} + component_.sticky_notes;
    if (images == expected) return;
    const auto blank = pages_where(facts_, [](const auto& image) { return image.blank; }).size();
    // A duplex scanner gives the empty backs of pages that were counted as one.
    const bool only_backs = images > expected && images - expected <= blank;
    const auto severity = only_backs ? Severity::warning : rules_.images_equal_pages.severity;
    const auto notes = component_.sticky_notes == 0 ? std::string() : std::to_string(component_.sticky_notes);
    find(images < expected ? "images_missing" : "images_surplus", severity, {},
         "Giấy tờ có " + std::to_string(component_.pages) + " trang" +
             (notes.empty() ? "" : ", " + notes + " trang có giấy nhớ quét hai lần") + ", cần " +
             std::to_string(expected) + " ảnh nhưng đã quét " + std::to_string(images) + " ảnh.",
         "The paper has " + std::to_string(component_.pages) + " pages" +
             (notes.empty() ? "" : ", " + notes + " with a sticky note are scanned twice") + ": " +
             std::to_string(expected) + " images are needed, " + std::to_string(images) + " were scanned.");
  }

  void resolution() {
    const auto minimum = static_cast<double>(rules_.minimum_dpi);
    // A scanner's 200 dpi may come out as 199.8 from sizes in whole points.
    const auto low = [&](const ImageFacts& image) {
      return !image.failed && image.scanned && image.dpi < minimum - 0.5;
    };
    const auto wanted = std::to_string(rules_.minimum_dpi);
    const auto measured = pages_where(facts_, [&](const auto& image) { return low(image) && !image.dpi_estimated; });
    if (!measured.empty()) {
      find("dpi_too_low", rules_.dpi_severity, measured,
           "Trang " + ranges(measured) + " có độ phân giải dưới " + wanted + " dpi.",
           "Page " + ranges(measured) + " has less than " + wanted + " dpi.");
    }
    const auto guessed = pages_where(facts_, [&](const auto& image) { return low(image) && image.dpi_estimated; });
    if (!guessed.empty()) {
      find("dpi_unsure", Severity::warning, guessed,
           "Trang " + ranges(guessed) + " không ghi độ phân giải; ước lượng dưới " + wanted + " dpi.",
           "Page " + ranges(guessed) + " states no resolution; it is estimated below " + wanted + " dpi.");
    }
  }

  void colour() {
    if (!rules_.colour.required) return;
    const auto pages = pages_where(facts_, [](const ImageFacts& image) {
      return !image.failed && image.scanned && !image.blank && image.colour != ColourKind::colour;
    });
    if (pages.empty()) return;
    find("not_colour", rules_.colour.severity, pages, "Trang " + ranges(pages) + " không phải ảnh màu.",
         "Page " + ranges(pages) + " is not in colour.");
  }

  void blank_pages() {
    if (!rules_.no_blank_pages.required) return;
    const auto pages = pages_where(facts_, [](const auto& image) { return !image.failed && image.blank; });
    if (pages.empty()) return;
    find("blank_page", rules_.no_blank_pages.severity, pages, "Trang " + ranges(pages) + " là trang trắng.",
         "Page " + ranges(pages) + " is blank.");
  }

  void printed_numbers() {
    if (!rules_.page_order.required) return;
    const auto order = page_order(facts_, component_.sticky_notes);
    const auto severity = rules_.page_order.severity;
    if (!order.out_of_order.empty()) {
      const auto images = ranges(order.out_of_order);
      find("pages_out_of_order", severity, order.out_of_order,
           "Ảnh " + images + " mang số trang in nhỏ hơn ảnh đứng trước; cần kiểm tra thứ tự.",
           "Image " + images + " bears a smaller page number than the one before; check the order.");
    }
    if (!order.missing.empty()) {
      const auto numbers = ranges(order.missing);
      find("pages_missing", severity, {}, "Không thấy trang in số " + numbers + "; cần kiểm tra có quét thiếu không.",
           "The page printed " + numbers + " is not there; check whether it was scanned.");
    }
    if (!order.repeated.empty()) {
      const auto images = ranges(order.repeated);
      find("pages_repeated", severity, order.repeated,
           "Ảnh " + images + " lặp lại số trang in của ảnh trước; trang có giấy nhớ phải được ghi khi tiếp nhận.",
           "Image " + images + " repeats the page number before it; sticky notes are to be counted at reception.");
    }
  }

  void fields() {
    if (facts_.unsure_fields.empty()) return;
    std::string names;
    std::string english;
    for (const auto& field : facts_.unsure_fields) {
      names += (names.empty() ? "" : ", ") + std::string(vietnamese_name(field));
      english += (english.empty() ? "" : ", ") + field;
    }
    find("fields_unsure", Severity::warning, {},
         "Đọc chưa chắc chắn nên không lấy: " + names + "; cần soát lại hoặc nhập.",
         "Read with doubt and not taken: " + english + "; review it or type it in.");
  }

  const RuleSet& rules_;
  const DossierComponent& component_;
  const PaperFacts& facts_;
  std::vector<RuleFinding> findings_;
};

}  // namespace

std::optional<RuleFinding> exemption_of(const RuleSet& rules, const DossierComponent& component) {
  for (const auto& exemption : rules.exemptions) {
    if (exemption.form != component.form) continue;
    return RuleFinding{"exempt", Severity::error, {}, exemption.vietnamese, exemption.english, exemption.law};
  }
  return std::nullopt;
}

std::vector<RuleFinding> judge(const RuleSet& rules, const DossierComponent& component, const PaperFacts& facts) {
  if (auto exempt = exemption_of(rules, component)) return {*exempt};
  return Judge(rules, component, facts).findings();
}

bool blocks(const std::vector<RuleFinding>& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const auto& finding) { return finding.severity == Severity::error; });
}

}  // namespace sohoa::rules
