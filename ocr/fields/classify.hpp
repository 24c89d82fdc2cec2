#pragma once

#include <optional>

#include "ocr/fields/head.hpp"
#include "ocr/fields/title.hpp"
#include "pipeline/model/fields.hpp"

namespace sohoa::fields {

/// What kind of paper it is, by its heading, its symbol and its form.
[[nodiscard]] Classification classify(const Head& head, const std::optional<Title>& title);

}  // namespace sohoa::fields
