#pragma once

#include <filesystem>
#include <vector>

#include "pipeline/sign/certificate.hpp"

namespace sohoa::sign {

/// All certificates of these files, each PEM (any number) or DER; of a folder: of each file in it.
/// Errors: not_found, unavailable (a file); invalid_input, with its name (it holds none).
Result<std::vector<Certificate>> read_certificates(const std::vector<std::filesystem::path>& files);

}  // namespace sohoa::sign
