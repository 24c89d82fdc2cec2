// The page, in points from the bottom left: Patch-T bars in the middle of each edge, 0.25 inch inside it, where
// scanners look for them and office printers still print; a QR code in each corner and one in the middle, all alike;
// words in what is left. Measures of the bars: pipeline/barcodes/patch_code.cpp.

#include "pipeline/sheets/sheet_document.hpp"

#include <array>

#include "pipeline/issue/pages_tree.hpp"
#include "pipeline/issue/pdf_font.hpp"
#include "pipeline/issue/qr_code.hpp"

namespace sohoa::sheets {
namespace {

using issue::PdfFont;
using issue::QrCode;
using issue::pdf::Dictionary;
using issue::pdf::number;
using issue::pdf::rectangle;
using issue::pdf::Ref;

constexpr double width = 595.28, height = 841.89;  // A4
constexpr double inch = 72;
constexpr double patch_margin = 0.25 * inch, patch_length = 2.5 * inch, narrow = 0.08 * inch, wide = 0.20 * inch;
constexpr double corner_margin = 34, corner_side = 100, centre_side = 140;
constexpr double text_width = width - 2 * (patch_margin + 4 * narrow + 2 * wide + 14);

/// From each edge inwards: narrow, wide, narrow, wide.
std::string patch_bars() {
  std::string bars;
  double inwards = patch_margin;
  for (const double bar : {narrow, wide, narrow, wide}) {
    const double x = (width - patch_length) / 2, y = (height - patch_length) / 2;
    bars += rectangle(x, inwards, patch_length, bar) + rectangle(x, height - inwards - bar, patch_length, bar);
    bars += rectangle(inwards, y, bar, patch_length) + rectangle(width - inwards - bar, y, bar, patch_length);
    inwards += bar + narrow;
  }
  return bars + "f\n";
}

std::string qr_codes(const QrCode& code) {
  const double right = width - corner_margin - corner_side, top = height - corner_margin - corner_side;
  std::string all;
  for (const double x : {corner_margin, right}) {
    for (const double y : {corner_margin, top}) all += issue::drawn(code, x, y, corner_side);
  }
  return all + issue::drawn(code, (width - centre_side) / 2, (height - centre_side) / 2, centre_side);
}

/// The sheet's words, centred lines from the top.
class Words {
 public:
  Words(PdfFont& regular, PdfFont& bold) : regular_(regular), bold_(bold) {}

  /// Shrunk where it is wider than the place between the bars.
  Words& bold(double y, double size, const std::string& text) { return line(bold_, "/B", y, size, 0, text); }
  Words& plain(double y, double size, const std::string& text) { return line(regular_, "/R", y, size, 0, text); }
  Words& pale(double y, double size, const std::string& text) { return line(regular_, "/R", y, size, 0.35, text); }
  [[nodiscard]] const std::string& content() const { return content_; }

 private:
  Words& line(PdfFont& font, const char* name, double y, double size, double grey, const std::string& text) {
    size = std::min(size, size * text_width / std::max(1.0, font.width(text, size)));
    const double x = (width - font.width(text, size)) / 2;
    content_ += "BT " + number(grey) + " g " + name + ' ' + number(size) + " Tf " + number(x) + ' ' + number(y) +
                " Td " + font.shown(text) + " Tj ET\n";
    return *this;
  }

  PdfFont& regular_;
  PdfFont& bold_;
  std::string content_;
};

void write_separator(Words& words) {
  words.bold(640, 36, "TỜ NGĂN CÁCH").plain(606, 17, "Sau tờ này là một giấy tờ khác.");
  words.plain(560, 13, "Đặt tờ này giữa hai giấy tờ rồi quét cả chồng một lần.");
  words.plain(541, 13, "Khi số hóa, tờ này được lấy ra khỏi hồ sơ; dùng lại được nhiều lần.");
  words.pale(235, 13, "SEPARATOR SHEET").pale(217, 11, "Another document begins after this sheet.");
}

void write_cover(Words& words, const Sheet& sheet) {
  words.bold(664, 30, "TỜ BÌA HỒ SƠ").plain(636, 14, "Các giấy tờ đặt sau tờ này thuộc hồ sơ:");
  words.bold(594, 38, sheet.dossier);
  if (!sheet.component.empty()) words.bold(560, 22, "Thành phần: " + sheet.component);
  words.plain(530, 13, "Đặt tờ này trước giấy tờ đầu tiên của hồ sơ rồi quét cả chồng một lần.");
  words.pale(235, 13, "DOSSIER COVER SHEET").pale(217, 11, "What follows belongs to the dossier named above.");
}

std::string content_of(const Sheet& sheet, const QrCode& code, PdfFont& regular, PdfFont& bold) {
  Words words(regular, bold);
  if (sheet.kind == Sheet::Kind::cover) {
    write_cover(words, sheet);
  } else {
    write_separator(words);
  }
  words.bold(300, 14, "Không viết, dán hay đóng dấu lên các mã.");
  words.plain(280, 11, "In đúng cỡ 100 %, giấy trắng A4.");
  words.pale(199, 11, "Do not write, glue or stamp on the codes. Print at 100 %.");
  return "0 g\n" + patch_bars() + qr_codes(code) + words.content();
}

Result<void> check(const Sheet& sheet, std::uint32_t copies) {
  const auto wrong = [](const std::string& reason) { return Error{ErrorCode::invalid_input, reason}; };
  if (copies < 1 || copies > most_copies) return wrong("from 1 to " + std::to_string(most_copies) + " copies");
  if (sheet.kind == Sheet::Kind::cover && sheet.dossier.empty()) return wrong("a cover sheet names its dossier");
  for (const auto& code : {sheet.dossier, sheet.component}) {
    if (code.size() > longest_code) return wrong(code + ": longer than " + std::to_string(longest_code) + " bytes");
    if (!is_sheet_code(code)) return wrong(code + ": has a '|' or a control character");
  }
  return {};
}

}  // namespace

Result<Bytes> sheet_document(const Sheet& sheet, std::uint32_t copies) {
  SOHOA_DO(check(sheet, copies));
  SOHOA_TRY(auto regular, issue::liberation_font("LiberationSans-Regular"));
  SOHOA_TRY(auto bold, issue::liberation_font("LiberationSans-Bold"));
  SOHOA_TRY(const auto code, issue::qr_code(payload_of(sheet)));

  Bytes file;
  issue::pdf::StreamWriter writer([&](ByteView piece) {
    file.insert(file.end(), piece.begin(), piece.end());
    return Result<void>();
  });
  SOHOA_DO(writer.begin());
  const Ref content = writer.reserve(), regular_ref = writer.reserve(), bold_ref = writer.reserve();
  SOHOA_DO(writer.compressed_stream(content, {}, as_bytes(content_of(sheet, code, regular, bold))));
  SOHOA_DO(regular.write(writer, regular_ref));
  SOHOA_DO(bold.write(writer, bold_ref));
  const auto resources = Dictionary().add("Font", Dictionary().add("R", regular_ref).add("B", bold_ref).text()).text();
  issue::pdf::PagesTree pages(writer);
  for (std::uint32_t i = 0; i < copies; ++i) {
    const Ref page = writer.reserve();
    Dictionary entries;
    entries.add("Type", "/Page").add("Parent", pages.parent_of_next_page());
    entries.add("MediaBox", "[0 0 " + number(width) + ' ' + number(height) + ']');
    SOHOA_DO(writer.object(page, entries.add("Resources", resources).add("Contents", content).text()));
    SOHOA_DO(pages.add_page(page));
  }
  SOHOA_TRY(const Ref tree, pages.finish());
  const Ref info = writer.reserve(), catalog = writer.reserve();
  SOHOA_DO(writer.object(info, Dictionary().add("Title", issue::pdf::text_string(payload_of(sheet))).text()));
  Dictionary root;
  root.add("Type", "/Catalog").add("Pages", tree).add("Lang", "(vi)");
  root.add("ViewerPreferences", "<</PrintScaling/None>>");  // at 100 %, whatever the viewer is wont to do
  SOHOA_DO(writer.object(catalog, root.text()));
  SOHOA_DO(writer.finish({catalog, info, {}}));
  return file;
}

}  // namespace sohoa::sheets
