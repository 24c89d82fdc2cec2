#pragma once

#include <vector>

#include "ocr/fields/foot.hpp"
#include "ocr/fields/found.hpp"

namespace sohoa::fields {

[[nodiscard]] std::vector<Field> foot_fields(const PageView& page, const Foot& foot);

}  // namespace sohoa::fields
