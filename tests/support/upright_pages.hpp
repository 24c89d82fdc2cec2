#pragma once

#include <filesystem>
#include <functional>

#include "pipeline/base/result.hpp"
#include "pipeline/model/page_image.hpp"

namespace sohoa::testing_support {

/// What is done around a stage, to time or count it; each must call what it is given once and pass its result on.
struct StagesOfAPage {
  std::function<Result<PageImage>(const std::function<Result<PageImage>()>&)> decode = [](const auto& f) {
    return f();
  };
  std::function<Result<UprightPage>(const std::function<Result<UprightPage>()>&)> imaging = [](const auto& f) {
    return f();
  };
};

/// The pages of a file as the pipeline gives them to its recogniser, one after another; those that can't be decoded are
/// left out. initialise_decoders() MUST have been called.
void for_each_upright_page(const std::filesystem::path& file, const std::function<void(UprightPage)>& use,
                           const StagesOfAPage& stages = {});

}  // namespace sohoa::testing_support
