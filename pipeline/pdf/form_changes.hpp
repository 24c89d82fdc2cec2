#pragma once

#include "pipeline/pdf/revision_pair.hpp"

namespace sohoa::pdf {

/// What the later revision did to the form, its fields and all annotations of pages that both have.
void compare_form(RevisionPair& pair);

}  // namespace sohoa::pdf
