// The order: patch codes (our own look at 1 % of the pixels) -> likely places of other codes -> zxing-cpp on these
// places only, since it takes 50 to 300 ms for a whole page. zxing 1.4 finds no code that leans by 30 to 45 degrees, so
// it gets deskewed pages.

#include "pipeline/barcodes/read_barcodes.hpp"

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <algorithm>
#include <cmath>
#include <new>
#include <optional>

#include "pipeline/barcodes/likely_places.hpp"
#include "pipeline/barcodes/patch_code.hpp"
#include "pipeline/model/sheet.hpp"

namespace sohoa::barcodes {
namespace {

std::optional<BarcodeFormat> format_of(ZXing::BarcodeFormat format) {
  switch (format) {
    case ZXing::BarcodeFormat::QRCode: return BarcodeFormat::qr;
    case ZXing::BarcodeFormat::DataMatrix: return BarcodeFormat::data_matrix;
    case ZXing::BarcodeFormat::PDF417: return BarcodeFormat::pdf417;
    case ZXing::BarcodeFormat::Code128: return BarcodeFormat::code_128;
    case ZXing::BarcodeFormat::Code39: return BarcodeFormat::code_39;
    default: return std::nullopt;
  }
}

PixelRect box_of(const ZXing::Position& corners, const PixelRect& place) {
  const auto x = std::minmax({corners[0].x, corners[1].x, corners[2].x, corners[3].x});
  const auto y = std::minmax({corners[0].y, corners[1].y, corners[2].y, corners[3].y});
  return {place.x + x.first, place.y + y.first, x.second - x.first + 1, y.second - y.first + 1};
}

class Reading {
 public:
  explicit Reading(const Raster& grey) : grey_(grey) {}

  void add_patches(Dpi dpi) {
    for (const auto& box : find_patch_t(grey_, dpi)) add({BarcodeFormat::patch_t, "", box});
  }

  void read(const PixelRect& place, ZXing::BarcodeFormats formats) {
    ZXing::DecodeHints hints;
    hints.setFormats(formats).setCharacterSet("UTF-8").setMaxNumberOfSymbols(most_barcodes);
    hints.setTryRotate(false);  // pages come upright; a QR code may lie any way
    const ZXing::ImageView image(grey_.row(place.y) + place.x, place.width, place.height, ZXing::ImageFormat::Lum,
                                 static_cast<int>(grey_.stride()), 1);
    for (const auto& result : ZXing::ReadBarcodes(image, hints)) {
      const auto format = format_of(result.format());
      if (result.isValid() && format) add({*format, result.text(), box_of(result.position(), place)});
    }
  }

  /// Its codes are all alike: one is enough.
  [[nodiscard]] bool is_sheet() const { return sheet_on(found_).has_value(); }
  [[nodiscard]] std::vector<Barcode> take() { return std::move(found_); }

 private:
  void add(Barcode barcode) {
    const bool known = std::any_of(found_.begin(), found_.end(), [&](const Barcode& one) {
      return one.format == barcode.format && one.text == barcode.text && !intersection(one.box, barcode.box).empty();
    });
    if (!known && found_.size() < most_barcodes) found_.push_back(std::move(barcode));
  }

  const Raster& grey_;
  std::vector<Barcode> found_;
};

/// Luma by BT.601; shares the pixels of a grey page.
Raster grey_of(const Raster& page) {
  if (page.channels() == 1) return page;
  std::vector<std::uint8_t> luma(static_cast<std::size_t>(page.width()) * page.height());
  const auto* rgb = page.row(0);
  for (std::size_t i = 0; i < luma.size(); ++i, rgb += 3) {
    luma[i] = static_cast<std::uint8_t>((77 * rgb[0] + 150 * rgb[1] + 29 * rgb[2]) >> 8);
  }
  return {page.width(), page.height(), 1, std::move(luma)};
}

std::vector<Barcode> read(const Raster& grey, Dpi dpi) {
  constexpr double rows_per_inch = 43;  // 0.6 mm apart
  const BitRows rows(grey, std::max(1, static_cast<std::int32_t>(std::lround(dpi.value / rows_per_inch))));
  const auto places = likely_places(grey, rows, dpi);
  Reading reading(grey);
  reading.add_patches(dpi);
  for (const auto& place : places.qr) {
    if (!reading.is_sheet()) reading.read(place, ZXing::BarcodeFormat::QRCode);
  }
  if (reading.is_sheet()) return reading.take();
  using enum ZXing::BarcodeFormat;
  for (const auto& place : places.dense) reading.read(place, DataMatrix | PDF417 | Code128 | Code39);
  return reading.take();
}

}  // namespace

Result<std::vector<Barcode>> read_barcodes(const Raster& page, Dpi dpi) {
  if (page.empty() || page.width() < 1 || page.height() < 1 || !(dpi.value >= 1)) return std::vector<Barcode>();
  try {
    return read(grey_of(page), dpi);
  } catch (const std::bad_alloc&) {
    return Error{ErrorCode::resource_exhausted, "no memory for reading barcodes"};
  } catch (const std::exception& failure) {
    return Error{ErrorCode::internal, std::string("barcodes: ") + failure.what()};
  }
}

}  // namespace sohoa::barcodes
