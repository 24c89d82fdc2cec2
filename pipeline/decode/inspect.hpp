#pragma once

#include "pipeline/base/result.hpp"
#include "pipeline/model/limits.hpp"
#include "pipeline/model/source.hpp"

namespace sohoa {

/// Counts a file's pages and estimates the largest, without decoding any. Milliseconds, and some tens of microseconds
/// for each page of a PDF. initialise_decoders() MUST have been called. Thread: one. Errors: invalid_input (broken, no
/// pages), unsupported (a password is needed), resource_exhausted (limits).
Result<SourceInspection> inspect(int fd, const SourceFile& source, const Limits& limits);

}  // namespace sohoa
