// sohoa-syllables FILE: makes the syllable model of the text that comes in, a sentence or paragraph a line.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>

#include "ocr/language/count_syllables.hpp"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: sohoa-syllables FILE < TEXT\n", stderr);
    return 2;
  }
  constexpr std::uint32_t least = 3;  // rarer ones add half the size and nothing to be seen on real pages
  sohoa::ocr::language::SyllableCounts counts;
  for (std::string line; std::getline(std::cin, line);) counts.add_line(line);
  const auto model = counts.model(least);
  std::ofstream file(argv[1], std::ios::binary);
  file.write(reinterpret_cast<const char*>(model.data()), static_cast<std::streamsize>(model.size()));
  file.close();
  if (!file) {
    std::perror(argv[1]);
    return 1;
  }
  return 0;
}
