#pragma once

#include <cstdint>
#include <string_view>

namespace sohoa::ocr::language {

/// What a reader confuses that takes the one word for the other.
enum class Confusion : std::uint8_t {
  letters,  ///< other letters, or marks of several
  marks,    ///< one letter's marks: "chinh" and "chính", "dân" and "đân"
  hook,     ///< a hook above that was lost or read into a letter: "kể" read as "kế", "chi" as "chỉ"; no tilde
};

/// Of one letter for another.
[[nodiscard]] Confusion confusion_of(char32_t read, char32_t meant);
/// `read`, where `meant` may be meant; NFC.
[[nodiscard]] Confusion confusion_of(std::string_view read, std::string_view meant);

}  // namespace sohoa::ocr::language
