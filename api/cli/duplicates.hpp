#pragma once

#include <string>

#include "api/service/duplicate_service.hpp"

namespace sohoa::api::cli {

/// "cùng bản giấy, quét lại: <id> (<title>): 2/2 trang giống nhau, 13 từ khác": one line for an officer.
[[nodiscard]] std::string line_of(const Duplicate& duplicate);

}  // namespace sohoa::api::cli
