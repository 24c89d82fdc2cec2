#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace sohoa::test {

/// A4 at 75 dpi, white but for `number` as a pattern: quick to read, and no two are the same. BMP of one bit a pixel.
inline std::string blank_paper(int number) {
  constexpr int width = 620, height = 877, stride = 80, head = 62, dots_a_metre = 2953;
  std::string bmp = "BM";
  const auto put = [&](std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) bmp += static_cast<char>(value >> (8 * i) & 0xFF);
  };
  put(head + stride * height, 4), put(0, 4), put(head, 4);  // file, reserved, offset of the pixels
  put(40, 4), put(width, 4), put(height, 4), put(1, 2), put(1, 2), put(0, 4), put(stride * height, 4);
  put(dots_a_metre, 4), put(dots_a_metre, 4), put(2, 4), put(2, 4);
  put(0x000000, 4), put(0xFFFFFF, 4);
  bmp.append(static_cast<std::size_t>(stride) * height, '\xFF');
  for (int bit = 0; bit < 16; ++bit) {  // a dot of 8 pixels for each bit that is set
    if ((number >> bit & 1) != 0) bmp[static_cast<std::size_t>(head) + stride * (400 + bit) + 30] = '\0';
  }
  return bmp;
}

/// So many of them as files of the folder, which is made.
inline std::vector<std::string> write_blank_papers(const std::filesystem::path& folder, int count) {
  std::filesystem::create_directories(folder);
  std::vector<std::string> files;
  for (int i = 1; i <= count; ++i) {
    files.push_back((folder / ("paper-" + std::to_string(i) + ".bmp")).string());
    std::ofstream(files.back(), std::ios::binary) << blank_paper(i);
  }
  return files;
}

}  // namespace sohoa::test
