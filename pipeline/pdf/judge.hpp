#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "pipeline/model/pdf_signature.hpp"
#include "pipeline/pdf/file.hpp"

namespace sohoa::pdf {

/// What the rules of ISO 19005-2 share while they are held against one document: its newest revision, what was found,
/// and what was looked at already.
class Judge {
 public:
  explicit Judge(const View& view);

  [[nodiscard]] const View& view() const { return view_; }
  [[nodiscard]] const Object& get(const Object& dictionary, std::string_view key) const {
    return view_.get(dictionary, key);
  }

  /// Notes that a rule is broken; the same rule three times at most, as a hundred pages may share one fault.
  void breach(std::string_view clause, int rule, std::string what, std::string where);
  /// The same of a condition that should hold.
  void expect(bool holds, std::string_view clause, int rule, std::string_view what, const std::string& where) {
    if (!holds) breach(clause, rule, std::string(what), where);
  }
  [[nodiscard]] PdfaReport take() { return {std::move(findings_)}; }

  /// "object 12" of an indirect object, else `otherwise`.
  [[nodiscard]] std::string place_of(const Object& object, std::string_view otherwise) const;
  /// Whether this is the first time that somebody comes to the object for a purpose.
  enum class Purpose : std::uint8_t {
    xobject,
    kind,
    font,
    state,
    space,
    pattern,
    action,
    group,
    annotation,
    procedure
  };
  [[nodiscard]] bool first_time(const Object& object, Purpose purpose);

  /// Colour space of the PDF/A output intent's profile: "RGB ", "CMYK", "GRAY"; "" where there is none.
  std::string output_space;
  /// What each colourant was first defined as: alternate space and tint transform.
  std::map<std::string, std::pair<const Object*, const Object*>> separations;
  bool has_transparency = false;  ///< on the page that is looked at

 private:
  const View& view_;
  std::vector<PdfaFinding> findings_;
  std::unordered_map<std::string, int> times_;
  std::unordered_map<const Object*, std::uint32_t> numbers_;
  std::unordered_set<std::uint64_t> seen_;
};

}  // namespace sohoa::pdf
