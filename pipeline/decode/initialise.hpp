#pragma once

namespace sohoa {

/// Sets up the decoding libraries once for the process: Poppler's parameters, font configuration and colour transforms,
/// libvips without threads and without cache, no library message on standard error. The zygote calls it before it
/// forks, so that its children share the tables. Calling it again does nothing. Thread: the only one.
void initialise_decoders();

}  // namespace sohoa
