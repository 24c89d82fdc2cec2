#include "pipeline/decode/vips_pixels.hpp"

#include <algorithm>
#include <string>

namespace sohoa::decode {
namespace {

/// Runs one libvips operation `in -> out`, giving `image` up.
template <typename Operation>
bool apply(VipsImagePtr& image, Operation operation) {
  VipsImage* out = nullptr;
  if (operation(image.get(), &out) != 0) return false;
  image.reset(out);
  return true;
}

bool to_eight_bits(VipsImagePtr& image) {
  const auto kind = vips_image_guess_interpretation(image.get());
  const bool grey = kind == VIPS_INTERPRETATION_B_W || kind == VIPS_INTERPRETATION_GREY16 || image->Bands <= 2;
  const auto wanted = grey ? VIPS_INTERPRETATION_B_W : VIPS_INTERPRETATION_sRGB;
  if (kind != wanted && !apply(image, [&](VipsImage* in, VipsImage** out) {
        return vips_colourspace(in, out, wanted, "source_space", kind, nullptr);
      })) {
    return false;
  }
  if (vips_image_hasalpha(image.get()) != 0) {
    const double white = 255;
    VipsArrayDouble* background = vips_array_double_new(&white, 1);
    const bool done = apply(image, [&](VipsImage* in, VipsImage** out) {
      return vips_flatten(in, out, "background", background, nullptr);
    });
    vips_area_unref(VIPS_AREA(background));
    if (!done) return false;
  }
  const int bands = image->Bands >= 3 ? 3 : 1;
  if (image->Bands != bands && !apply(image, [&](VipsImage* in, VipsImage** out) {
        return vips_extract_band(in, out, 0, "n", bands, nullptr);
      })) {
    return false;
  }
  return image->BandFmt == VIPS_FORMAT_UCHAR ||
         apply(image, [](VipsImage* in, VipsImage** out) { return vips_cast(in, out, VIPS_FORMAT_UCHAR, nullptr); });
}

}  // namespace

Error vips_failure(ErrorCode code, std::string_view doing) {
  std::string message = vips_error_buffer();
  vips_error_clear();
  std::replace(message.begin(), message.end(), '\n', ' ');
  while (!message.empty() && message.back() == ' ') message.pop_back();
  if (message.size() > 200) message.resize(200);
  return {code, std::string(doing) + ": " + (message.empty() ? "broken, or not of its format" : message)};
}

Result<Raster> to_raster(VipsImagePtr image) {
  if (!to_eight_bits(image)) return vips_failure(ErrorCode::invalid_input, "decoding the pixels");
  std::size_t size = 0;
  const GMemory<std::uint8_t> memory(static_cast<std::uint8_t*>(vips_image_write_to_memory(image.get(), &size)));
  if (!memory) return vips_failure(ErrorCode::invalid_input, "decoding the pixels");
  std::vector<std::uint8_t> pixels(memory.get(), memory.get() + size);
  const auto expected = static_cast<std::size_t>(image->Xsize) * static_cast<std::size_t>(image->Ysize) *
                        static_cast<std::size_t>(image->Bands);
  if (size != expected) return Error{ErrorCode::internal, "decoding gave pixels of another size"};
  return Raster(image->Xsize, image->Ysize, image->Bands, std::move(pixels));
}

namespace {

/// A place between two pixels of a row or column; the second's share in 256ths.
struct Tap {
  std::int32_t first = 0, second = 0, share = 0;

  [[nodiscard]] std::uint8_t mix(int a, int b) const {
    return static_cast<std::uint8_t>((a * (256 - share) + b * share + 128) >> 8);
  }
};

std::vector<Tap> taps(std::int32_t from, std::int32_t to) {
  std::vector<Tap> result(static_cast<std::size_t>(to));
  for (std::int32_t i = 0; i < to; ++i) {
    const double at = std::clamp((i + 0.5) * from / to - 0.5, 0.0, from - 1.0);
    const auto first = static_cast<std::int32_t>(at);
    result[static_cast<std::size_t>(i)] = {first, std::min(first + 1, from - 1),
                                           static_cast<std::int32_t>((at - first) * 256)};
  }
  return result;
}

/// For scales near 1 (scans with slightly unequal resolutions): rows between two rows each, then, seldom, columns.
Raster nudged(const Raster& raster, std::int32_t width, std::int32_t height) {
  const auto channels = raster.channels();
  const auto columns = taps(raster.width(), width);
  std::vector<std::uint8_t> pixels;
  pixels.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                 static_cast<std::size_t>(channels));
  std::vector<std::uint8_t> line(static_cast<std::size_t>(raster.stride()));
  for (const auto& row : taps(raster.height(), height)) {
    const auto* upper = raster.row(row.first);
    const auto* lower = raster.row(row.second);
    for (std::size_t i = 0; i < line.size(); ++i) line[i] = row.mix(upper[i], lower[i]);
    if (width == raster.width()) {
      pixels.insert(pixels.end(), line.begin(), line.end());
      continue;
    }
    for (const auto& column : columns) {
      const auto* left = line.data() + std::int64_t{column.first} * channels;
      const auto* right = line.data() + std::int64_t{column.second} * channels;
      for (std::int32_t c = 0; c < channels; ++c) pixels.push_back(column.mix(left[c], right[c]));
    }
  }
  return {width, height, channels, std::move(pixels)};
}

}  // namespace

Result<Raster> resized(const Raster& raster, std::int32_t width, std::int32_t height) {
  if (raster.width() == width && raster.height() == height) return raster;
  const double x = static_cast<double>(width) / raster.width();
  const double y = static_cast<double>(height) / raster.height();
  if (x > 0.8 && x < 1.25 && y > 0.8 && y < 1.25) return nudged(raster, width, height);
  const auto size = static_cast<std::size_t>(raster.stride()) * static_cast<std::size_t>(raster.height());
  VipsImagePtr image(vips_image_new_from_memory(raster.row(0), size, raster.width(), raster.height(), raster.channels(),
                                                VIPS_FORMAT_UCHAR));
  if (!image || !apply(image, [&](VipsImage* in, VipsImage** out) {
        return vips_resize(in, out, x, "vscale", y, "kernel", VIPS_KERNEL_LINEAR, nullptr);
      })) {
    return vips_failure(ErrorCode::internal, "resampling");
  }
  SOHOA_TRY(auto result, to_raster(std::move(image)));
  return cropped(result, {0, 0, width, height});  // libvips may round the size by a pixel
}

Raster cropped(const Raster& raster, const PixelRect& part, std::uint8_t outside) {
  if (part == raster.bounds()) return raster;
  const auto channels = static_cast<std::size_t>(raster.channels());
  const auto inside = intersection(part, raster.bounds());
  const auto bytes = [&](std::int32_t count) { return static_cast<std::size_t>(count) * channels; };
  std::vector<std::uint8_t> pixels;
  pixels.reserve(bytes(part.width) * static_cast<std::size_t>(part.height));
  for (std::int32_t y = part.y; y < part.bottom(); ++y) {
    auto end = pixels.size() + bytes(part.width);
    if (!inside.empty() && y >= inside.y && y < inside.bottom()) {
      pixels.resize(pixels.size() + bytes(inside.x - part.x), outside);
      const auto* from = raster.row(y) + bytes(inside.x);
      pixels.insert(pixels.end(), from, from + bytes(inside.width));
    }
    pixels.resize(end, outside);
  }
  return {part.width, part.height, raster.channels(), std::move(pixels)};
}

}  // namespace sohoa::decode
