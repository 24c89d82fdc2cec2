#include "api/cli/output_folder.hpp"

#include <fmt/format.h>

#include <system_error>

#include "api/service/local_service.hpp"
#include "pipeline/base/file.hpp"

namespace sohoa::api::cli {
namespace {

namespace fs = std::filesystem;
constexpr Representation written[] = {Representation::pdf, Representation::text, Representation::alto,
                                      Representation::json};

}  // namespace

void OutputFolder::protect(const fs::path& input) {
  std::error_code failed;
  const auto path = fs::weakly_canonical(input, failed);
  if (!failed) protected_.insert(path);
}

bool OutputFolder::is_free(const fs::path& stem, const IssuedDocument& document) const {
  if (taken_.contains(stem)) return false;
  for (const auto representation : written) {
    std::error_code ignored;
    const auto path = fs::weakly_canonical(stem.string() + extension_of(document, representation), ignored);
    if (protected_.contains(path)) return false;
  }
  return true;
}

Result<std::string> OutputFolder::write(const IssuedDocument& document, const ObjectStore& objects,
                                        const fs::path& relative) {
  auto stem = folder_ / relative;
  for (int n = 2; !is_free(stem, document); ++n) stem = folder_ / fmt::format("{}-{}", relative.string(), n);
  taken_.insert(stem);
  std::error_code failed;
  fs::create_directories(stem.parent_path(), failed);
  if (failed) return Error{ErrorCode::unavailable, stem.parent_path().string() + ": " + failed.message()};
  for (const auto representation : written) {
    const auto object = object_of(document, representation);
    SOHOA_TRY(const auto file, objects.open(object.digest));
    const fs::path path = stem.string() + extension_of(document, representation);
    const fs::path half = path.string() + ".half";
    {
      SOHOA_TRY(const auto out, open_anew(half));
      if (const auto done = copy_bytes(file.get(), object.size, out.get()); !done) {
        return done.error().within(path.string());
      }
    }
    fs::rename(half, path, failed);
    if (failed) return Error{ErrorCode::unavailable, path.string() + ": " + failed.message()};
  }
  return stem.string();
}

}  // namespace sohoa::api::cli
