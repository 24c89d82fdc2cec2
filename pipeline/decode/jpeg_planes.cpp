// Method: libjpeg's raw data: the decoded blocks, one strip of block rows at a time, are copied from a strip that stays
// in cache to the planes. No enlarging of chroma, no colour conversion, no thread. At 300 dpi A4: 12 to 20 ms, where
// R G B through libvips took 60. libjpeg leaves by longjmp on errors: the functions that it may leave hold nothing with
// a destructor. Progressive images get a limit of scans (each walks over the whole image): a few bytes can ask for
// thousands.

#include "pipeline/decode/jpeg_planes.hpp"

#include <cstdio>  // jpeglib.h needs FILE

#include <jpeglib.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <string>
#include <vector>

#include "pipeline/decode/picture.hpp"

namespace sohoa::decode {
namespace {

constexpr int most_scans = 100;  // encoders write 6 to 10
constexpr int most_components = 3;
constexpr int block_rows = 4 * DCTSIZE;  // of one component in a strip: sampling goes up to 4

/// libjpeg's state with its way out.
struct Jpeg {
  jpeg_decompress_struct state{};
  jpeg_error_mgr errors{};
  jpeg_progress_mgr progress{};
  std::jmp_buf out{};

  Jpeg() = default;
  Jpeg(const Jpeg&) = delete;
  Jpeg& operator=(const Jpeg&) = delete;
  ~Jpeg() { jpeg_destroy_decompress(&state); }
};

[[noreturn]] void leave(j_common_ptr state) {
  std::longjmp(static_cast<Jpeg*>(state->client_data)->out, 1);
}
void keep_quiet(j_common_ptr /*state*/, int /*level*/) {}
void count_scans(j_common_ptr state) {
  if (static_cast<Jpeg*>(state->client_data)->state.input_scan_number > most_scans) leave(state);
}

bool read_header(Jpeg& jpeg, ByteView bytes) {
  if (setjmp(jpeg.out) != 0) return false;  // NOLINT(cert-err52-cpp): libjpeg's only way
  jpeg.state.err = jpeg_std_error(&jpeg.errors);
  jpeg.errors.error_exit = leave;
  jpeg.errors.emit_message = keep_quiet;
  jpeg.state.client_data = &jpeg;
  jpeg_create_decompress(&jpeg.state);
  jpeg.progress.progress_monitor = count_scans;
  jpeg.state.progress = &jpeg.progress;
  jpeg_mem_src(&jpeg.state, bytes.data(), static_cast<unsigned long>(bytes.size()));
  return jpeg_read_header(&jpeg.state, TRUE) == JPEG_HEADER_OK;
}

/// Grey, or Y at full size with Cb and Cr alike.
bool has_planes(const jpeg_decompress_struct& state) {
  if (state.data_precision != 8) return false;
  if (state.num_components == 1) return state.jpeg_color_space == JCS_GRAYSCALE;
  if (state.num_components != most_components || state.jpeg_color_space != JCS_YCbCr) return false;
  const auto* parts = state.comp_info;
  return parts[0].h_samp_factor == state.max_h_samp_factor && parts[0].v_samp_factor == state.max_v_samp_factor &&
         parts[1].h_samp_factor == parts[2].h_samp_factor && parts[1].v_samp_factor == parts[2].v_samp_factor;
}

bool start(Jpeg& jpeg) {
  if (setjmp(jpeg.out) != 0) return false;  // NOLINT(cert-err52-cpp)
  jpeg.state.raw_data_out = TRUE;
  jpeg.state.do_fancy_upsampling = FALSE;
  jpeg.state.out_color_space = jpeg.state.jpeg_color_space;
  return jpeg_start_decompress(&jpeg.state) == TRUE;
}

/// One component's place in the strip, and where its rows go.
struct Target {
  std::vector<std::uint8_t> strip;
  std::array<JSAMPROW, block_rows> rows{};
  std::vector<std::uint8_t> plane;
  std::size_t width = 0;
  std::size_t height = 0;
  std::size_t rows_a_strip = 0;

  explicit Target(const jpeg_component_info& part)
      : strip(static_cast<std::size_t>(part.width_in_blocks) * DCTSIZE * block_rows),
        width(part.downsampled_width),
        height(part.downsampled_height),
        rows_a_strip(static_cast<std::size_t>(part.v_samp_factor) * DCTSIZE) {
    plane.reserve(width * height);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      rows[i] = strip.data() + i * static_cast<std::size_t>(part.width_in_blocks) * DCTSIZE;
    }
  }

  void take_strip() {
    for (std::size_t i = 0; i < rows_a_strip && plane.size() < width * height; ++i) {
      plane.insert(plane.end(), rows[i], rows[i] + width);
    }
  }
  [[nodiscard]] Raster take() {
    return {static_cast<std::int32_t>(width), static_cast<std::int32_t>(height), 1, std::move(plane)};
  }
};

bool read_strip(Jpeg& jpeg, JSAMPIMAGE strip) {
  if (setjmp(jpeg.out) != 0) return false;  // NOLINT(cert-err52-cpp)
  const auto lines = static_cast<JDIMENSION>(jpeg.state.max_v_samp_factor * DCTSIZE);
  return jpeg_read_raw_data(&jpeg.state, strip, lines) > 0;
}

Error broken() {
  return {ErrorCode::invalid_input, "broken JPEG"};
}

}  // namespace

Result<Planes> decode_jpeg_planes(ByteView bytes, const Limits& limits) {
  Jpeg jpeg;
  if (!read_header(jpeg, bytes)) return broken();
  SOHOA_DO(check_size(jpeg.state.image_width, jpeg.state.image_height, limits));
  if (!has_planes(jpeg.state)) return Error{ErrorCode::unsupported, "a JPEG of another colour space"};
  if (!start(jpeg)) return broken();
  std::vector<Target> targets;
  std::array<JSAMPARRAY, most_components> strip{};
  targets.reserve(most_components);
  for (int i = 0; i < jpeg.state.num_components; ++i) {
    targets.emplace_back(jpeg.state.comp_info[i]);
    strip[static_cast<std::size_t>(i)] = targets.back().rows.data();
  }
  while (jpeg.state.output_scanline < jpeg.state.output_height) {
    if (!read_strip(jpeg, strip.data())) return broken();
    for (auto& target : targets) target.take_strip();
  }
  Planes planes;
  planes.pixels = targets[0].take();
  if (targets.size() == most_components) planes.chroma = {targets[1].take(), targets[2].take()};
  return planes;
}

}  // namespace sohoa::decode
