#pragma once

#include <vector>

#include "ocr/fields/found.hpp"

namespace sohoa::fields {

/// The marks of secrecy and urgency stamped or printed on the first page (Decree 30/2020, annex I, II.8; Law on the
/// protection of state secrets 29/2018, art. 8).
[[nodiscard]] std::vector<Field> marking_fields(const PageView& page);
[[nodiscard]] bool is_marking(const Line& line);

}  // namespace sohoa::fields
