#pragma once

#include <string>
#include <string_view>

#include "pipeline/base/result.hpp"
#include "pipeline/model/limits.hpp"
#include "pipeline/model/source.hpp"

namespace sohoa {

/// Writes a ZIP's files, one after another, to the regular file `output_fd` from its current position on, and says
/// where each lies in it. A ZIP inside is a file like any other. Entries that cannot be taken are refused by name with
/// a reason, the rest goes on: unsupported (encrypted, link, device, packing we cannot undo), invalid_input (damaged,
/// no usable name), resource_exhausted (over limits.unpacked_bytes, or packed over 1000 times). A ZIP that is cut off
/// gives what could be read, and one refusal for the rest; so does one with more than limits.archive_entries. Names are
/// made safe: folders joined by '/', no '..', no drive, no control characters, valid UTF-8. Errors: invalid_input (no
/// ZIP), resource_exhausted or unavailable (writing). Thread: one.
Result<Unpacked> unpack(int fd, const SourceFile& source, const Limits& limits, int output_fd);

/// An entry's name as a relative path that stays where it is put; "" where nothing is left of it.
[[nodiscard]] std::string safe_name(std::string_view name);

}  // namespace sohoa
