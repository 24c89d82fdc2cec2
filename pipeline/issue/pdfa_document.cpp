// PDF/A-2b as ISO 19005-2 wants it: XMP that states it and agrees with the Info dictionary (6.6), an sRGB output intent
// behind the device colours of the images (6.2.3), every font embedded (6.2.11), no encryption, script, transparency or
// outside reference, pages of 3 to 14,400 units a side (6.1.13).
//
// What stands in the file besides the images: 3 kB (profile, XMP, catalog), 2 kB more where there is text (font,
// character map), and 1 to 5 kB of text a page.

#include "pipeline/issue/pdfa_document.hpp"

#include <algorithm>
#include <cmath>

#include "pipeline/issue/icc_profile.hpp"
#include "pipeline/issue/pdf_image.hpp"
#include "pipeline/issue/text_layer.hpp"

namespace sohoa::issue {
namespace {

using pdf::Dictionary;
using pdf::number;
using pdf::Ref;

constexpr double smallest_side = 3, largest_side = 14'400;  // points: ISO 19005-2, 6.1.13
constexpr double a4_width = 595.28, a4_height = 841.89;     // points

struct PageSize {
  double width = a4_width;
  double height = a4_height;
  double shrink = 1;  ///< what the canvas is scaled by to fit into the limits
};

bool is_positive(double value) {
  return std::isfinite(value) && value > 0;
}

PageSize size_of(const PageCanvas& canvas) {
  const double shrink = std::min(1.0, largest_side / std::max(canvas.width, canvas.height));
  return {std::max(canvas.width * shrink, smallest_side), std::max(canvas.height * shrink, smallest_side), shrink};
}

PixelsToPoints scale_of(const RecognizedPage& page, const PageSize& size) {
  const double x = page.width > 0 ? size.width / page.width : 1;
  const double y = page.height > 0 ? size.height / page.height : 1;
  return {x, y, size.width, size.height};
}

}  // namespace

Result<void> check(const PageCanvas& canvas) {
  if (!is_positive(canvas.width) || !is_positive(canvas.height)) {
    return Error{ErrorCode::invalid_input, "a page without extent"};
  }
  for (std::size_t i = 0; i < canvas.images.size(); ++i) {
    if (auto checked = pdf::check(canvas.images[i]); !checked) {
      return checked.error().within("image " + std::to_string(i + 1));
    }
  }
  return {};
}

Result<void> PdfaDocument::begin() {
  SOHOA_DO(writer_.begin());
  const Ref profile = writer_.reserve();
  SOHOA_DO(writer_.compressed_stream(profile, Dictionary().add("N", 3), srgb_icc_profile()));
  output_intent_ = writer_.reserve();
  Dictionary intent;
  intent.add("Type", "/OutputIntent").add("S", "/GTS_PDFA1").add("OutputConditionIdentifier", "(sRGB IEC61966-2.1)");
  intent.add("Info", "(sRGB IEC61966-2.1)").add("RegistryName", "(http://www.color.org)");
  SOHOA_DO(writer_.object(output_intent_, intent.add("DestOutputProfile", profile).text()));
  xmp_ = writer_.reserve();
  // Not compressed, so that tools which know nothing of PDF find it (ISO 19005-2, 6.6.2.1 forbids a filter in part 1).
  SOHOA_DO(writer_.stream(xmp_, Dictionary().add("Type", "/Metadata").add("Subtype", "/XML"),
                          as_bytes(xmp_packet(metadata_))));
  info_ = writer_.reserve();
  Dictionary info;
  info.add("Title", pdf::text_string(metadata_.title)).add("Creator", pdf::text_string(pdf_creator));
  info.add("Producer", pdf::text_string(pdf_producer)).add("CreationDate", pdf::date(metadata_.created));
  return writer_.object(info_, info.add("ModDate", pdf::date(metadata_.created)).text());
}

Result<void> PdfaDocument::add_page(const PageCanvas& canvas, const RecognizedPage& page) {
  const PageSize size = size_of(canvas);
  std::string content, images;
  for (const auto& placed : canvas.images) {
    const Ref ref = writer_.reserve();
    SOHOA_DO(writer_.stream(ref, pdf::image_dictionary(placed.image), placed.image.data));
    const std::string name = "/I" + std::to_string(&placed - canvas.images.data() + 1);
    images += name + ' ' + pdf::to_string(ref);
    const Matrix shrink{size.shrink, 0, 0, size.shrink, 0, 0};
    content += "q " + pdf::matrix(then(placed.placement, shrink)) + " cm " + name + " Do Q\n";
  }
  const std::string text = text_layer(page, scale_of(page, size), "/F", codes_);
  Dictionary resources;
  if (!images.empty()) resources.add("XObject", "<<" + images + ">>");
  if (!text.empty()) {
    if (!font_) font_ = writer_.reserve();
    resources.add("Font", Dictionary().add("F", *font_).text());
  }
  return add(size.width, size.height, resources.text(), content + text);
}

Result<void> PdfaDocument::add_unread_page() {
  constexpr double margin = 36;  // half an inch
  const std::string left = number(margin), right = number(a4_width - margin), top = number(a4_height - margin);
  const std::string content = ".5 G 1 w " + left + ' ' + left + ' ' + number(a4_width - 2 * margin) + ' ' +
                              number(a4_height - 2 * margin) + " re S " + left + ' ' + left + " m " + right + ' ' +
                              top + " l S " + left + ' ' + top + " m " + right + ' ' + left + " l S\n";
  return add(a4_width, a4_height, "<<>>", content);
}

Result<void> PdfaDocument::add(double width, double height, std::string_view resources, std::string_view content) {
  const Ref stream = writer_.reserve();
  SOHOA_DO(writer_.compressed_stream(stream, {}, as_bytes(content)));
  const Ref page = writer_.reserve();
  Dictionary dictionary;
  dictionary.add("Type", "/Page").add("Parent", pages_.parent_of_next_page());
  dictionary.add("MediaBox", "[0 0 " + number(width, 3) + ' ' + number(height, 3) + ']');
  SOHOA_DO(writer_.object(page, dictionary.add("Resources", resources).add("Contents", stream).text()));
  return pages_.add_page(page);
}

Result<void> PdfaDocument::write_font() {
  using Metrics = GlyphlessMetrics;
  const std::string name = pdf::name(glyphless_font_name);
  const Ref file = writer_.reserve(), map = writer_.reserve(), unicode = writer_.reserve();
  const Bytes program = glyphless_font();
  Dictionary program_entries;
  program_entries.add("Length1", static_cast<std::int64_t>(program.size()));
  SOHOA_DO(writer_.compressed_stream(file, program_entries, program));
  SOHOA_DO(writer_.compressed_stream(map, {}, all_cids_to_empty_glyph()));
  SOHOA_DO(writer_.compressed_stream(unicode, {}, as_bytes(codes_.to_unicode_cmap())));

  const Ref descriptor = writer_.reserve();
  Dictionary about;
  about.add("Type", "/FontDescriptor").add("FontName", name).add("Flags", 4);  // symbolic: its own encoding
  about.add("FontBBox", "[0 " + std::to_string(Metrics::descent) + ' ' + std::to_string(Metrics::advance) + ' ' +
                            std::to_string(Metrics::ascent) + ']');
  about.add("ItalicAngle", 0).add("Ascent", Metrics::ascent).add("Descent", Metrics::descent);
  about.add("CapHeight", Metrics::ascent).add("StemV", 80).add("FontFile2", file);
  SOHOA_DO(writer_.object(descriptor, about.text()));

  const Ref descendant = writer_.reserve();
  Dictionary cid_font;
  cid_font.add("Type", "/Font").add("Subtype", "/CIDFontType2").add("BaseFont", name);
  cid_font.add("CIDSystemInfo", "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>");
  cid_font.add("FontDescriptor", descriptor).add("DW", Metrics::advance).add("CIDToGIDMap", map);
  SOHOA_DO(writer_.object(descendant, cid_font.text()));

  Dictionary font;
  font.add("Type", "/Font").add("Subtype", "/Type0").add("BaseFont", name).add("Encoding", "/Identity-H");
  font.add("DescendantFonts", '[' + pdf::to_string(descendant) + ']').add("ToUnicode", unicode);
  return writer_.object(*font_, font.text());
}

Result<void> PdfaDocument::finish(const pdf::FileId& permanent_id) {
  if (font_) SOHOA_DO(write_font());
  SOHOA_TRY(const Ref pages, pages_.finish());
  const Ref catalog = writer_.reserve();
  Dictionary dictionary;
  dictionary.add("Type", "/Catalog").add("Pages", pages).add("Metadata", xmp_);
  dictionary.add("OutputIntents", '[' + pdf::to_string(output_intent_) + ']');
  dictionary.add("Lang", pdf::text_string(metadata_.language));
  dictionary.add("ViewerPreferences", "<</DisplayDocTitle true>>");
  SOHOA_DO(writer_.object(catalog, dictionary.text()));
  return writer_.finish({catalog, info_, permanent_id});
}

}  // namespace sohoa::issue
