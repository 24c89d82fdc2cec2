#pragma once

#include <optional>
#include <vector>

#include "ocr/fields/found.hpp"
#include "ocr/fields/head.hpp"
#include "ocr/fields/title.hpp"

namespace sohoa::fields {

// What was read becomes fields, with what each is worth.

[[nodiscard]] std::vector<Field> head_fields(const PageView& page, const Head& head);
/// `kind` is what the paper was classified as: where no heading was read it gives the type.
[[nodiscard]] std::vector<Field> title_fields(const PageView& page, const Head& head, const std::optional<Title>& title,
                                              const Classification& kind);
[[nodiscard]] std::vector<Field> addressee_fields(const PageView& page, const std::vector<Addressee>& addressees);

}  // namespace sohoa::fields
