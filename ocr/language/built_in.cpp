// The model's bytes, put into the program by the assembler: a page worker may open no file.

#include <cassert>

#include "ocr/language/syllable_model.hpp"

asm(".pushsection .rodata\n"
    ".balign 16\n"
    "sohoa_syllables_begin:\n"
    ".incbin \"" SOHOA_SYLLABLES
    "\"\n"
    "sohoa_syllables_end:\n"
    ".popsection\n");

extern "C" {
extern const std::uint8_t sohoa_syllables_begin[];
extern const std::uint8_t sohoa_syllables_end[];
}

namespace sohoa::ocr::language {

const SyllableModel& SyllableModel::built_in() {
  static const SyllableModel model = [] {
    auto parsed = parse({sohoa_syllables_begin, static_cast<std::size_t>(sohoa_syllables_end - sohoa_syllables_begin)});
    assert(parsed);  // a test reads it
    return *std::move(parsed);
  }();
  return model;
}

}  // namespace sohoa::ocr::language
