#pragma once

#include "pipeline/pdf/judge.hpp"

namespace sohoa::pdf {

/// The XMP packets, what they say of PDF/A, which schemas they use, and whether the information dictionary says the
/// same (ISO 19005-2, 6.1.5 and 6.6).
void check_metadata(Judge& judge);

}  // namespace sohoa::pdf
