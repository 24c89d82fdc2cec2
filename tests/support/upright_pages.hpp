#pragma once

#include <filesystem>
#include <functional>

#include "pipeline/model/page_image.hpp"

namespace sohoa::testing_support {

/// The pages of a file as the pipeline gives them to its recogniser, one after another; those that can't be decoded are
/// left out. initialise_decoders() MUST have been called.
void for_each_upright_page(const std::filesystem::path& file, const std::function<void(UprightPage)>& use);

}  // namespace sohoa::testing_support
