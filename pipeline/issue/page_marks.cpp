// The marks are one form XObject over what the page shows, drawn after it; the page's own content is put between q and
// Q, for it may leave the graphics state as it likes. Type is black and not transparent, so that it prints everywhere.

#include "pipeline/issue/page_marks.hpp"

#include <algorithm>

#include "pipeline/issue/pdf_font.hpp"
#include "pipeline/issue/pdf_image.hpp"
#include "pipeline/issue/qr_code.hpp"

namespace sohoa::issue {
namespace {

using pdf::Dictionary;
using pdf::number;
using pdf::Ref;

constexpr double line_pitch = 1.22, padding = 2;  // of the size; points
constexpr const char* mark_font = "LiberationSerif-Regular";

double fitting_size(const TextMark& mark, const PdfFont& font) {
  double widest = 1;
  for (const auto& line : mark.lines) widest = std::max(widest, font.width(line, 1));
  const double lines = std::max<double>(1, static_cast<double>(mark.lines.size()));
  return std::min(
      {mark.size, (mark.place.width - 2 * padding) / widest, (mark.place.height - 2 * padding) / (lines * line_pitch)});
}

/// At (x, y), the place's lower left corner.
std::string drawn(const TextMark& mark, PdfFont& font, double x, double y) {
  if (mark.lines.empty()) return {};
  const double size = fitting_size(mark, font);
  std::string content = "0 g 0 G\n";
  if (mark.framed) {
    content += ".5 w " + pdf::rectangle(x + .25, y + .25, mark.place.width - .5, mark.place.height - .5) + "S\n";
  }
  content += "BT /F " + number(size) + " Tf " + number(size * line_pitch) + " TL " + number(x + padding) + ' ' +
             number(y + mark.place.height - padding - size) + " Td\n";
  for (const auto& line : mark.lines) content += font.shown(line) + " Tj T*\n";
  return content + "ET\n";
}

Result<void> write_form(pdf::ObjectSink& sink, Ref ref, double width, double height, std::string_view resources,
                        const std::string& content) {
  Dictionary form;
  form.add("Type", "/XObject")
      .add("Subtype", "/Form")
      .add("BBox", "[0 0 " + number(width) + ' ' + number(height) + ']');
  return sink.compressed_stream(ref, form.add("Resources", resources), as_bytes(content));
}

/// The picture's dictionary with white masked out by colour (ISO 32000-1, 8.9.6.4), which is no transparency. Only
/// lossless images have a white that is white.
Dictionary see_through(const ImageStream& picture) {
  constexpr int whitest = 255, whitish = 235;
  auto dictionary = pdf::image_dictionary(picture);
  if (picture.codec != ImageCodec::flate || picture.bits != 8 || picture.space == ColourSpace::indexed) {
    return dictionary;
  }
  std::string mask = "[";
  for (int i = 0; i < (picture.space == ColourSpace::rgb ? 3 : 1); ++i) {
    mask += std::to_string(whitish) + ' ' + std::to_string(whitest) + ' ';
  }
  return dictionary.add("Mask", mask + ']');
}

/// As large as it fits, in the middle.
std::string placed(const ImageStream& picture, const PointRect& place) {
  const double scale = std::min(place.width / picture.width, place.height / picture.height);
  const double width = picture.width * scale, height = picture.height * scale;
  return "q " + pdf::matrix({width, 0, 0, height, (place.width - width) / 2, (place.height - height) / 2}) +
         " cm /I Do Q\n";
}

Result<std::string> page_content(const PageMarks& marks, PdfFont& font) {
  std::string content;
  if (!marks.qr_text.empty()) {
    // Larger modules help more than redundancy: 150 bytes on 10.4 mm, the smallest place, are read 60 times of 60 from
    // 300 dpi at level L (0.20 mm), 27 times at M (0.18 mm); nobody creases a file.
    SOHOA_TRY(const auto code, qr_code(marks.qr_text, QrLevel::low));
    const auto& place = marks.qr_place;
    content += "1 g " + pdf::rectangle(place.x, place.y, place.width, place.height) + "f\n0 g\n";
    const double quiet = place.width * 4 / (code.side + 8);  // ISO/IEC 18004: four modules
    content += drawn(code, place.x + quiet, place.y + quiet, place.width - 2 * quiet);
  }
  for (const auto& text : marks.texts) content += drawn(text, font, text.place.x, text.place.y);
  return content;
}

/// The page with `form` drawn over it.
Result<void> draw_on_page(const pdf::RevisedFile& file, pdf::Revision& revision, Ref page_ref, Ref form) {
  SOHOA_TRY(auto page, file.dictionary(page_ref));
  SOHOA_TRY(const auto resources_text, file.resolved(page.find("Resources").value_or("<<>>")));
  SOHOA_TRY(auto resources, pdf::WrittenDictionary::parse(resources_text));
  SOHOA_TRY(const auto images_text, file.resolved(resources.find("XObject").value_or("<<>>")));
  SOHOA_TRY(auto images, pdf::WrittenDictionary::parse(images_text));
  images.set("SohoaMarks", pdf::to_string(form));
  resources.set("XObject", images.text());
  page.set("Resources", resources.text());

  const Ref before = revision.reserve(), after = revision.reserve();
  SOHOA_DO(revision.stream(before, {}, as_bytes("q\n")));
  SOHOA_DO(revision.stream(after, {}, as_bytes("\nQ\nq /SohoaMarks Do Q\n")));
  std::string content = "[" + pdf::to_string(before);
  if (const auto old = page.find("Contents")) {
    const auto ref = pdf::ref_of(*old);
    std::string text;
    if (ref) {
      SOHOA_TRY(text, file.resolved(*old));  // an array, or the stream's dictionary
    }
    content += ' ' + std::string(ref && text.starts_with('[') ? pdf::elements_of(text) : pdf::elements_of(*old));
  }
  page.set("Contents", content + ' ' + pdf::to_string(after) + ']');
  return revision.object(page_ref, page.text());
}

}  // namespace

Result<std::vector<Ref>> add_marks(pdf::RevisedFile& file, const PageMarks& marks) {
  SOHOA_TRY(const auto page, file.page(1));
  SOHOA_TRY(const auto extent, page_extent(file, 1));
  SOHOA_TRY(auto font, liberation_font(mark_font));
  pdf::Revision revision(file);
  const Ref font_ref = revision.reserve(), form = revision.reserve();
  const auto resources = Dictionary().add("Font", Dictionary().add("F", font_ref).text()).text();
  SOHOA_TRY(const auto content, page_content(marks, font));
  SOHOA_DO(write_form(revision, form, extent.width, extent.height, resources, content));
  std::vector<Ref> appearances;
  for (const auto& mark : marks.appearances) {
    appearances.push_back(revision.reserve());
    auto entries = Dictionary().add("Font", Dictionary().add("F", font_ref).text());
    std::string shown;
    if (mark.picture) {
      const Ref picture = revision.reserve();
      SOHOA_DO(revision.stream(picture, see_through(*mark.picture), mark.picture->data));
      entries.add("XObject", Dictionary().add("I", picture).text());
      shown = placed(*mark.picture, mark.text.place);
    }
    shown += drawn(mark.text, font, 0, 0);
    SOHOA_DO(
        write_form(revision, appearances.back(), mark.text.place.width, mark.text.place.height, entries.text(), shown));
  }
  SOHOA_DO(draw_on_page(file, revision, page, form));
  SOHOA_DO(font.write(revision, font_ref));
  file.add(std::move(revision));
  return appearances;
}

Result<PageExtent> page_extent(const pdf::RevisedFile& file, std::uint32_t number) {
  SOHOA_TRY(const auto ref, file.page(number));
  SOHOA_TRY(const auto page, file.dictionary(ref));
  SOHOA_TRY(const auto box, file.resolved(page.find("MediaBox").value_or("[]")));
  const auto numbers = pdf::numbers_of(box);
  if (numbers.size() != 4 || numbers[0] != 0 || numbers[1] != 0 || numbers[2] <= 0 || numbers[3] <= 0) {
    return Error{ErrorCode::data_loss, "PDF: page " + std::to_string(number) + " has no extent from 0, 0"};
  }
  return PageExtent{numbers[2], numbers[3]};
}

}  // namespace sohoa::issue
