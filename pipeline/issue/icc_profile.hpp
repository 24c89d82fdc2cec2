#pragma once

#include "pipeline/base/bytes.hpp"

namespace sohoa::issue {

/// An ICC version 2 display profile for sRGB (IEC 61966-2-1), about 900 bytes; always the same bytes.
[[nodiscard]] Bytes srgb_icc_profile();

}  // namespace sohoa::issue
