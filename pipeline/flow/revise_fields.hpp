#pragma once

#include <vector>

#include "pipeline/model/fields.hpp"
#include "pipeline/model/revision.hpp"

namespace sohoa::flow {

/// The fields that stay as officers set them (lock_fields): those of a document's version `before`, and those that
/// `revision` sets right now, each with what was first read there, however often it is corrected. Fills in each
/// correction's `was`: what stood there before this revision.
[[nodiscard]] std::vector<Field> correct_fields(const std::vector<Field>& before, Revision& revision);

}  // namespace sohoa::flow
