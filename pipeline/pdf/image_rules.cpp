#include "pipeline/pdf/image_rules.hpp"

#include <algorithm>

#include "pipeline/pdf/colour_rules.hpp"

namespace sohoa::pdf {
namespace {

std::uint64_t big_endian(ByteView bytes) {
  std::uint64_t value = 0;
  for (const auto byte : bytes) value = value << 8 | byte;
  return value;
}

/// The boxes of a JP2 file (ISO 15444-1, annex I), as far as 6.2.8.3 speaks of them.
struct Jpeg2000 {
  std::uint64_t components = 0;
  std::uint64_t opacity_channels = 0;
  std::uint64_t depth = 0;  ///< bits
  bool has_depth_box = false;
  struct Colour {
    std::uint64_t method = 0, approximation = 0, space = 0;
  };
  std::vector<Colour> colours;
};

void read_boxes(ByteView bytes, Jpeg2000& image, int level);

void read_box(std::string_view type, ByteView content, Jpeg2000& image, int level) {
  if (type == "jp2h" && level == 0) {
    read_boxes(content, image, level + 1);
  } else if (type == "ihdr" && content.size() >= 14) {
    image.components = big_endian(content.subspan(8, 2));
    image.depth = (content[10] & 0x7Fu) + 1;
  } else if (type == "bpcc") {
    image.has_depth_box = true;
  } else if (type == "colr" && content.size() >= 3) {
    image.colours.push_back({content[0], content[2], content.size() >= 7 ? big_endian(content.subspan(3, 4)) : 0});
  } else if (type == "cdef" && content.size() >= 2) {
    for (std::size_t at = 2; at + 6 <= content.size(); at += 6) {
      const auto kind = big_endian(content.subspan(at + 2, 2));
      if (kind == 1 || kind == 2) ++image.opacity_channels;
    }
  }
}

void read_boxes(ByteView bytes, Jpeg2000& image, int level) {
  while (bytes.size() >= 8) {
    std::uint64_t size = big_endian(bytes.first(4)), header = 8;
    const auto type = as_text(bytes.subspan(4, 4));
    if (size == 1 && bytes.size() >= 16) {
      size = big_endian(bytes.subspan(8, 8));
      header = 16;
    }
    if (size == 0) size = bytes.size();
    if (size < header || size > bytes.size()) return;
    read_box(type, bytes.subspan(header, size - header), image, level);
    bytes = bytes.subspan(size);
  }
}

/// A codestream without boxes: marker SIZ (A.5.1).
void read_codestream(ByteView bytes, Jpeg2000& image) {
  if (bytes.size() < 43) return;
  image.components = big_endian(bytes.subspan(40, 2));
  image.depth = (bytes[42] & 0x7Fu) + 1;
}

Jpeg2000 jpeg2000_of(ByteView bytes) {
  Jpeg2000 image;
  if (as_text(bytes).starts_with("\xFF\x4F\xFF\x51")) {
    read_codestream(bytes, image);
  } else {
    read_boxes(bytes, image, 0);
  }
  return image;
}

void check_jpeg2000(Judge& judge, const Object& dictionary, ByteView bytes, const std::string& where) {
  const auto image = jpeg2000_of(bytes);
  const auto colours = image.components - std::min(image.components, image.opacity_channels);
  const auto expect = [&](bool holds, int rule, const char* what) {
    judge.expect(holds, "6.2.8.3", rule, what, where);
  };
  expect(colours == 1 || colours == 3 || colours == 4, 1, "a JPEG 2000 image without 1, 3 or 4 colour channels");
  expect(!image.has_depth_box && image.depth >= 1 && image.depth <= 38, 5, "a JPEG 2000 image with unequal bit depths");
  if (dictionary.has("ColorSpace")) return;
  const auto approximated = std::count_if(image.colours.begin(), image.colours.end(),
                                          [](const auto& colour) { return colour.approximation == 1; });
  expect(image.colours.size() == 1 || approximated == 1, 2, "a JPEG 2000 image without one best colour specification");
  const auto sound = [](const auto& colour) { return colour.method >= 1 && colour.method <= 3; };
  const auto is_jab = [](const auto& colour) { return colour.method == 1 && colour.space == 19; };
  expect(std::all_of(image.colours.begin(), image.colours.end(), sound), 3, "a JPEG 2000 image with an unknown method");
  expect(std::none_of(image.colours.begin(), image.colours.end(), is_jab), 4, "a JPEG 2000 image in CIEJab");
  for (const auto& colour : image.colours) {
    if (colour.method != 1) continue;
    const bool covered = colour.space == 12   ? judge.output_space == "CMYK"
                         : colour.space == 17 ? !judge.output_space.empty()
                                              : true;
    judge.expect(covered, "6.2.4.3", colour.space == 12 ? 3 : 4,
                 "a JPEG 2000 image in a space that no output intent covers", where);
  }
}

}  // namespace

void check_bits(Judge& judge, const Object& bits, bool is_mask, const std::string& where) {
  if (!bits.is_integer()) return;
  const auto n = bits.integer;
  if (is_mask) return judge.expect(n == 1, "6.2.8", 5, "an image mask of more than one bit", where);
  judge.expect(n == 1 || n == 2 || n == 4 || n == 8 || n == 16, "6.2.8", 4,
               "an image of " + std::to_string(n) + " bits", where);
}

void check_image(Judge& judge, const Object& image, const Object& resources, const std::string& where) {
  judge.expect(!image.has("Alternates"), "6.2.8", 1, "an image with alternates", where);
  judge.expect(!image.has("OPI"), "6.2.8", 2, "an image with OPI", where);
  judge.expect(!judge.get(image, "Interpolate").boolean, "6.2.8", 3, "an image that is interpolated", where);
  const bool is_mask = judge.get(image, "ImageMask").boolean;
  check_bits(judge, judge.get(image, "BitsPerComponent"), is_mask, where);
  if (!is_mask && image.has("ColorSpace")) check_colour_space(judge, image.at("ColorSpace"), resources, where);
  const auto filters = judge.view().filters(image);
  if (filters.empty() || filters.back().name != "JPXDecode") return;
  const auto extent = judge.view().extent(image);
  if (extent && filters.size() == 1) check_jpeg2000(judge, image, extent->data, where);
}

}  // namespace sohoa::pdf
