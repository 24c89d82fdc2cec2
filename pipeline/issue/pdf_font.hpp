#pragma once

#include <set>
#include <string>
#include <string_view>

#include "pipeline/issue/glyphless_font.hpp"
#include "pipeline/issue/pdf_object_sink.hpp"
#include "pipeline/issue/true_type.hpp"

namespace sohoa::issue {

/// A visible font of a PDF file, embedded with the glyphs that were shown. One thread.
class PdfFont {
 public:
  /// `name`: as the PDF calls it.
  PdfFont(TrueType font, std::string name) : font_(std::move(font)), name_(std::move(name)) {}

  /// Points.
  [[nodiscard]] double width(std::string_view utf8, double size) const;
  /// What Tj takes to show `utf8`.
  [[nodiscard]] std::string shown(std::string_view utf8);
  /// Writes the font as `ref`, after all that shows it.
  Result<void> write(pdf::ObjectSink& writer, pdf::Ref ref) const;

 private:
  TrueType font_;
  std::string name_;
  std::set<char16_t> characters_;
  GlyphCodes codes_;
};

/// A font of the package fonts-liberation2: "LiberationSans-Bold". Errors: not_found, invalid_input.
[[nodiscard]] Result<PdfFont> liberation_font(const std::string& name);

}  // namespace sohoa::issue
