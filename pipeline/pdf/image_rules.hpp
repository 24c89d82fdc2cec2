#pragma once

#include "pipeline/pdf/judge.hpp"

namespace sohoa::pdf {

/// An image XObject (ISO 19005-2, 6.2.8).
void check_image(Judge& judge, const Object& image, const Object& resources, const std::string& where);
/// BitsPerComponent, of inline images as well.
void check_bits(Judge& judge, const Object& bits, bool is_mask, const std::string& where);

}  // namespace sohoa::pdf
