#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::datasets {

enum class ImageFormat : std::uint8_t { png, jpg, pdf, tif };
[[nodiscard]] std::string_view extension_of(ImageFormat format);
[[nodiscard]] std::optional<ImageFormat> format_of(std::string_view extension);

struct ScanPage {
  Raster pixels;
  double dpi = 300;
};

// Each writes its resolution into the file and the same bytes for the same pages. Errors: internal (the encoder
// refused).

Result<Bytes> encode_png(const ScanPage& page);
/// `quality` 1..100
Result<Bytes> encode_jpeg(const ScanPage& page, int quality);
/// Pages of only black and white as CCITT group 4, the others with Deflate; at least one page.
Result<Bytes> encode_tiff(const std::vector<ScanPage>& pages);
/// One image a page and nothing else: JPEG, or CCITT group 4 for pages of only black and white. At least one page.
Result<Bytes> encode_pdf(const std::vector<ScanPage>& pages, int quality);

}  // namespace sohoa::datasets
