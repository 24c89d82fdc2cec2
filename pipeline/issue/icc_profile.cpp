// A matrix/TRC display profile (ICC.1:2001-04, 6.3.1.2) computed from what IEC 61966-2-1 states: the chromaticities of
// the primaries and of the white point D65, and the transfer curve. A profile describes colours as seen under D50, so
// the primaries are adapted by the Bradford transform, which gives the well-known columns
//   red .4361 .2225 .0139, green .3851 .7169 .0971, blue .1431 .0606 .7139.
// Version 2 has no parametric curve; a table of 256 values with linear interpolation between them is off by at most
// (1/255)^2 / 8 * 3.4 = 7e-6, less than one step of its 16 bits. Red, green and blue share the table.

#include "pipeline/issue/icc_profile.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "pipeline/issue/big_endian.hpp"

namespace sohoa::issue {
namespace {

using Vector = std::array<double, 3>;
using Rows = std::array<Vector, 3>;

constexpr Vector d50 = {0.9642, 1.0, 0.8249};  // the profile connection space's white (ICC.1, A.1)
constexpr Rows bradford = {{{0.8951, 0.2664, -0.1614}, {-0.7502, 1.7135, 0.0367}, {0.0389, -0.0685, 1.0296}}};

Vector product(const Rows& m, const Vector& v) {
  Vector result{};
  for (std::size_t i = 0; i < 3; ++i) result[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
  return result;
}

/// The inverse by cofactors.
Rows inverse(const Rows& m) {
  const auto minor_of = [&](std::size_t r, std::size_t c) {
    const auto r1 = (r + 1) % 3, r2 = (r + 2) % 3, c1 = (c + 1) % 3, c2 = (c + 2) % 3;
    return m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1];
  };
  const double determinant = m[0][0] * minor_of(0, 0) + m[0][1] * minor_of(0, 1) + m[0][2] * minor_of(0, 2);
  Rows result{};
  for (std::size_t r = 0; r < 3; ++r) {
    for (std::size_t c = 0; c < 3; ++c) result[c][r] = minor_of(r, c) / determinant;
  }
  return result;
}

/// XYZ of a chromaticity, with Y = 1.
Vector xyz(double x, double y) {
  return {x / y, 1.0, (1.0 - x - y) / y};
}

/// Red, green and blue at full strength, seen under D50.
Rows adapted_primaries() {
  const Vector white = xyz(0.3127, 0.3290);
  const Rows primaries = {xyz(0.64, 0.33), xyz(0.30, 0.60), xyz(0.15, 0.06)};
  Rows columns{};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) columns[i][j] = primaries[j][i];
  }
  const Vector strength = product(inverse(columns), white);
  const Vector from = product(bradford, white);
  const Vector to = product(bradford, d50);
  Rows result{};
  for (std::size_t i = 0; i < 3; ++i) {
    Vector cone = product(bradford, primaries[i]);
    for (std::size_t j = 0; j < 3; ++j) cone[j] *= strength[i] * to[j] / from[j];
    result[i] = product(inverse(bradford), cone);
  }
  return result;
}

double linear(double encoded) {
  return encoded <= 0.04045 ? encoded / 12.92 : std::pow((encoded + 0.055) / 1.055, 2.4);
}

Bytes xyz_tag(const Vector& value) {
  BigEndian out;
  out.text("XYZ ").u32(0);
  for (const double part : value) out.fixed(part);
  return out.take();
}

Bytes curve_tag() {
  constexpr std::uint32_t entries = 256;
  BigEndian out;
  out.text("curv").u32(0).u32(entries);
  for (std::uint32_t i = 0; i < entries; ++i) {
    out.u16(static_cast<std::uint32_t>(std::lround(65535.0 * linear(i / double{entries - 1}))));
  }
  return out.take();
}

/// textDescriptionType: ASCII, then an empty Unicode and an empty ScriptCode part.
Bytes description_tag(std::string_view text) {
  BigEndian out;
  out.text("desc").u32(0).u32(static_cast<std::uint32_t>(text.size() + 1)).text(text).u8(0);
  return out.u32(0).u32(0).u16(0).u8(0).zeros(67).take();
}

Bytes text_tag(std::string_view text) {
  BigEndian out;
  return out.text("text").u32(0).text(text).u8(0).take();
}

void header(BigEndian& out, std::uint32_t size) {
  out.u32(size).u32(0).u32(0x02100000);  // no preferred CMM; version 2.1
  out.text("mntr").text("RGB ").text("XYZ ");
  out.u16(2026).u16(1).u16(1).u16(0).u16(0).u16(0);  // a fixed date: the bytes must not change
  out.text("acsp").zeros(24);                        // platform, flags, manufacturer, model, attributes
  out.u32(0);                                        // perceptual
  for (const double part : d50) out.fixed(part);
  out.zeros(48);
}

}  // namespace

Bytes srgb_icc_profile() {
  const Rows primaries = adapted_primaries();
  struct Tag {
    std::string_view name;
    std::size_t content;
  };
  const std::array<Bytes, 7> contents = {description_tag("sRGB IEC61966-2.1"),
                                         text_tag("No copyright, use freely"),
                                         xyz_tag(d50),
                                         xyz_tag(primaries[0]),
                                         xyz_tag(primaries[1]),
                                         xyz_tag(primaries[2]),
                                         curve_tag()};
  constexpr std::array<Tag, 9> tags = {{{"desc", 0},
                                        {"cprt", 1},
                                        {"wtpt", 2},
                                        {"rXYZ", 3},
                                        {"gXYZ", 4},
                                        {"bXYZ", 5},
                                        {"rTRC", 6},
                                        {"gTRC", 6},
                                        {"bTRC", 6}}};
  constexpr std::size_t contents_start = 128 + 4 + 12 * tags.size();
  BigEndian body;
  std::array<std::size_t, contents.size()> offsets{};
  for (std::size_t i = 0; i < contents.size(); ++i) {
    offsets[i] = contents_start + body.size();
    body.raw(contents[i]).align4();
  }
  BigEndian out;
  header(out, static_cast<std::uint32_t>(contents_start + body.size()));
  out.u32(static_cast<std::uint32_t>(tags.size()));
  for (const auto& tag : tags) {
    out.text(tag.name).u32(static_cast<std::uint32_t>(offsets[tag.content]));
    out.u32(static_cast<std::uint32_t>(contents[tag.content].size()));
  }
  return out.raw(body.bytes()).take();
}

}  // namespace sohoa::issue
