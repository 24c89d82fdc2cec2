#pragma once

#include <filesystem>
#include <memory>

#include "api/config/config.hpp"
#include "api/service/issuing_service.hpp"
#include "api/service/local_service.hpp"
#include "api/service/verification.hpp"
#include "api/signing.hpp"
#include "pipeline/engine/crew.hpp"
#include "pipeline/flow/digitizer.hpp"
#include "pipeline/ports/archive.hpp"
#include "pipeline/ports/journal.hpp"
#include "pipeline/ports/registry.hpp"

namespace sohoa::api {

// The one place that names concrete classes.

enum class Access { read_only, read_write };

/// Opens the archive in the configured data folder. Errors: not_found (read_only, and there is none), unavailable
/// (another process has it open for writing), unsupported (a newer format), data_loss.
Result<std::unique_ptr<Archive>> open_archive(const Config& config, Access access);
/// The same with its other face.
struct ArchiveFaces {
  std::unique_ptr<Archive> archive;
  Issuances* issuances = nullptr;  ///< the archive's
};
Result<ArchiveFaces> open_faces(const Config& config, Access access);

/// Starts the zygote of page workers: `sohoa-page`, beside this program or where SOHOA_PAGE says. Errors: not_found,
/// unavailable.
Result<std::unique_ptr<engine::Zygote>> start_zygote(const Config& config);

[[nodiscard]] engine::Crew::Options crew_options(const Config& config);

/// Everything that digitizes and issues, on one data folder.
class Plant {
 public:
  static Result<std::unique_ptr<Plant>> start(const Config& config);

  [[nodiscard]] Archive& archive() { return *archive_; }
  [[nodiscard]] Registry& registry() { return *registry_; }
  [[nodiscard]] Journal& journal() { return *journal_; }
  [[nodiscard]] flow::Digitizer& digitizer() { return *digitizer_; }
  [[nodiscard]] LocalService& service() { return *service_; }
  [[nodiscard]] IssuingService& issuing() { return *issuing_; }
  [[nodiscard]] VerificationService& verification() { return *verification_; }

 private:
  Plant() = default;

  std::unique_ptr<Archive> archive_;
  Registry* registry_ = nullptr;  ///< the archive's other faces
  Journal* journal_ = nullptr;
  Issuances* issuances_ = nullptr;
  std::unique_ptr<SigningDesk> signing_;  ///< before what asks it
  std::unique_ptr<flow::Digitizer> digitizer_;
  std::unique_ptr<LocalService> service_;
  std::unique_ptr<flow::FileChecks> checks_;
  std::unique_ptr<flow::Issuer> issuer_;
  std::unique_ptr<IssuingService> issuing_;
  std::unique_ptr<VerificationService> verification_;
};

/// What verifies files without an archive: page workers and trust anchors.
class VerificationPlant {
 public:
  static Result<std::unique_ptr<VerificationPlant>> start(const Config& config);
  [[nodiscard]] VerificationService& service() { return *service_; }

 private:
  VerificationPlant() = default;

  std::unique_ptr<SigningDesk> signing_;
  std::unique_ptr<engine::Crew> crew_;
  std::unique_ptr<flow::FileChecks> checks_;
  std::unique_ptr<VerificationService> service_;
};

}  // namespace sohoa::api
