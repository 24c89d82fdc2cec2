#pragma once

#include "pipeline/base/result.hpp"
#include "pipeline/engine/zygote.hpp"

namespace sohoa::engine {

/// Takes from this process, for good: new privileges, network, tracing others, starting programs, core files, and more
/// memory or file size than `limits`. Errors: internal where the kernel refuses.
Result<void> confine(const WorkerLimits& limits);

}  // namespace sohoa::engine
