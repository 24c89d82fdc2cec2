#pragma once

#include <vector>

#include "ocr/layout/components.hpp"

namespace sohoa::ocr::layout {

/// The height of most letters among components `open`, pixels: the x-height where type has small letters. `usual` where
/// there are too few to tell.
[[nodiscard]] double type_size(const std::vector<Component>& all, const std::vector<std::int32_t>& open, double usual);

/// What a component may be, by its size against the type's.
enum class PartKind : std::uint8_t {
  speck,   ///< too small for a dot
  small,   ///< a mark, a dot, a stop, a dash
  letter,  ///< a letter or several that touch
  large,   ///< letters of two lines that touch, a picture, a pen stroke
};

[[nodiscard]] PartKind kind_of(const Component& component, double size, Dpi dpi);

}  // namespace sohoa::ocr::layout
