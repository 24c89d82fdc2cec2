#include "pipeline/decode/inspect.hpp"

#include <algorithm>
#include <exception>
#include <new>
#include <string>

#include "pipeline/decode/pdf_file.hpp"
#include "pipeline/decode/picture.hpp"
#include "pipeline/decode/source_bytes.hpp"

namespace sohoa {

using namespace decode;

namespace {

constexpr std::uint32_t most_looked_at = 1000;  // pages; of more, every n-th is taken for the others
constexpr double drawn_dpi = 300;               // a page without images is drawn at no more

/// The page at 300 dpi, or its largest image: only dictionaries are read for it.
std::uint64_t estimated_pixels(::Page& page, XRef& xref) {
  const auto size = shown_size(page);
  const double scale = drawn_dpi / 72;
  auto most = static_cast<std::uint64_t>(std::clamp(size.width * scale * size.height * scale, 1.0, 64e6));
  Dict* resources = page.getResourceDict();
  if (resources == nullptr) return most;
  const Object images = resources->lookup("XObject");
  if (!images.isDict()) return most;
  for (int i = 0; i < std::min(images.dictGetLength(), 100); ++i) {
    const Object image = images.dictGetValNF(i).fetch(&xref);
    if (!image.isStream()) continue;
    const Object width = image.streamGetDict()->lookup("Width");
    const Object height = image.streamGetDict()->lookup("Height");
    if (width.isInt() && height.isInt() && width.getInt() > 0 && height.getInt() > 0) {
      most = std::max(most, static_cast<std::uint64_t>(width.getInt()) * static_cast<std::uint64_t>(height.getInt()));
    }
  }
  return most;
}

Result<SourceInspection> inspect_pdf(SourceBytes bytes, const Limits& limits) {
  SOHOA_TRY(auto file, PdfFile::open(std::move(bytes), limits));
  SourceInspection result;
  result.pages = file->pages();
  const auto step = std::max<std::uint32_t>(1, result.pages / most_looked_at);
  for (std::uint32_t number = 1; number <= result.pages; number += step) {
    const auto page = file->page({number});  // a broken page is reported when it is read
    if (page)
      result.largest_page_pixels =
          std::max(result.largest_page_pixels, estimated_pixels(**page, *file->document().getXRef()));
  }
  result.carries_signature = file->carries_signature();
  if (file->document().isEncrypted()) result.notes.emplace_back("encrypted with an empty password");
  return result;
}

Result<SourceInspection> inspect_picture(ByteView bytes, SourceFormat format, const Limits& limits) {
  SOHOA_TRY(const auto first, read_header(bytes, format, {1}, limits));
  SourceInspection result;
  result.pages = first.pages;
  result.largest_page_pixels = static_cast<std::uint64_t>(first.width) * static_cast<std::uint64_t>(first.height);
  const auto step = std::max<std::uint32_t>(1, result.pages / 100);
  for (std::uint32_t number = 1 + step; number <= result.pages; number += step) {
    const auto header = read_header(bytes, format, {number}, limits);
    if (!header) continue;
    result.largest_page_pixels = std::max(result.largest_page_pixels, static_cast<std::uint64_t>(header->width) *
                                                                          static_cast<std::uint64_t>(header->height));
  }
  return result;
}

}  // namespace

Result<SourceInspection> inspect(int fd, const SourceFile& source, const Limits& limits) {
  if (source.format == SourceFormat::zip) return Error{ErrorCode::unsupported, "an archive has no pages"};
  try {
    SOHOA_TRY(auto bytes, SourceBytes::map(fd, limits));
    if (source.format == SourceFormat::pdf) return inspect_pdf(std::move(bytes), limits);
    return inspect_picture(bytes.view(), source.format, limits);
  } catch (const std::bad_alloc&) {
    return Error{ErrorCode::resource_exhausted, "not enough memory to look into the file"};
  } catch (const std::exception& error) {
    return Error{ErrorCode::internal, std::string("inspecting: ") + error.what()};
  }
}

}  // namespace sohoa
