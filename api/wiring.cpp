#include "api/wiring.hpp"

#include <cstdlib>
#include <system_error>
#include <thread>

#include "archive/rocks_archive.hpp"
#include "ocr/fields/rule_extractor.hpp"
#include "pipeline/base/file.hpp"

namespace sohoa::api {

Result<std::unique_ptr<Archive>> open_archive(const Config& config, Access access) {
  SOHOA_TRY(auto faces, open_faces(config, access));
  return std::move(faces.archive);
}

Result<ArchiveFaces> open_faces(const Config& config, Access access) {
  const auto mode = access == Access::read_only ? OpenMode::read_only : OpenMode::read_write;
  SOHOA_TRY(auto opened, RocksArchive::open(config.data, mode));
  auto* issuances = opened.get();
  return ArchiveFaces{std::move(opened), issuances};
}

namespace {

std::filesystem::path page_program() {
  if (const char* path = std::getenv("SOHOA_PAGE")) return path;
  std::error_code failed;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", failed);
  return failed ? std::filesystem::path("sohoa-page") : self.parent_path() / "sohoa-page";
}

std::uint32_t worker_count(const Config& config) {
  return config.workers.count > 0 ? config.workers.count : std::max(1U, std::thread::hardware_concurrency());
}

/// Nothing where no file is named.
Result<std::shared_ptr<const ImageStream>> picture_of(flow::FileChecks& checks, const std::filesystem::path& file) {
  if (file.empty()) return std::shared_ptr<const ImageStream>();
  SOHOA_TRY(const auto fd, open_for_reading(file));
  auto picture = checks.picture(fd.get(), file.filename().string());
  if (!picture) return picture.error().within(file.string());
  return std::make_shared<const ImageStream>(*std::move(picture));
}

}  // namespace

Result<std::unique_ptr<engine::Zygote>> start_zygote(const Config& config) {
  engine::Zygote::Options options;
  options.executable = page_program();
  options.arguments = {"--languages",     config.reading.languages,
                       "--address-space", std::to_string(config.workers.address_space_bytes),
                       "--file-bytes",    std::to_string(config.limits.unpacked_bytes)};
  if (!config.reading.tessdata.empty()) {
    options.arguments.emplace_back("--tessdata");
    options.arguments.push_back(config.reading.tessdata);
  }
  return engine::Zygote::start(std::move(options));
}

engine::Crew::Options crew_options(const Config& config) {
  engine::Crew::Options options;
  options.workers = worker_count(config);
  options.memory_bytes = config.workers.memory_bytes;
  options.worker.replace_above_bytes = config.workers.replace_above_bytes;
  return options;
}

Result<std::unique_ptr<Plant>> Plant::start(const Config& config) {
  std::unique_ptr<Plant> plant(new Plant);
  SOHOA_TRY(auto archive, RocksArchive::open(config.data, OpenMode::read_write));
  plant->registry_ = archive.get();
  plant->journal_ = archive.get();
  plant->issuances_ = archive.get();
  plant->archive_ = std::move(archive);
  SOHOA_TRY(plant->signing_, SigningDesk::open(config));
  SOHOA_TRY(auto zygote, start_zygote(config));
  flow::Digitizer::Options options;
  options.work_folder = config.data / "work";
  options.limits = config.limits;
  options.crew = crew_options(config);
  options.fields = std::make_shared<RuleFieldExtractor>();
  options.report_signatures = [verifier = &plant->signing_->offline_verifier()](const PdfSignatures& found) {
    return signatures_json(found, verifier->verify(found, now()));
  };
  plant->digitizer_ = std::make_unique<flow::Digitizer>(*plant->archive_, std::move(zygote), std::move(options));
  plant->service_ = std::make_unique<LocalService>(*plant->archive_, *plant->digitizer_);
  plant->checks_ = std::make_unique<flow::FileChecks>(plant->digitizer_->crew(), config.limits);
  flow::Issuer::Options issuing;
  issuing.level = config.issuing.level;
  issuing.system = config.issuing.system;
  issuing.location = config.issuing.location;
  issuing.code_pattern = config.issuing.code_pattern;
  issuing.agency_signs_copies = config.issuing.agency_signs_copies;
  SOHOA_TRY(issuing.seal, picture_of(*plant->checks_, config.issuing.seal_image));
  SOHOA_TRY(issuing.handwriting, picture_of(*plant->checks_, config.issuing.signature_image));
  auto& desk = *plant->signing_;
  plant->issuer_ =
      std::make_unique<flow::Issuer>(flow::Issuer::Parts{*plant->archive_, *plant->issuances_, *plant->checks_, desk,
                                                         desk.timestamps(), desk.validation()},
                                     std::move(issuing));
  plant->verification_ = std::make_unique<VerificationService>(*plant->checks_, desk.verifier());
  plant->issuing_ = std::make_unique<IssuingService>(
      IssuingService::Parts{*plant->issuer_, *plant->issuances_, *plant->archive_, *plant->registry_});
  return plant;
}

Result<std::unique_ptr<VerificationPlant>> VerificationPlant::start(const Config& config) {
  std::unique_ptr<VerificationPlant> plant(new VerificationPlant);
  SOHOA_TRY(plant->signing_, SigningDesk::open(config));
  SOHOA_TRY(auto zygote, start_zygote(config));
  auto options = crew_options(config);
  options.workers = 1;
  plant->crew_ = std::make_unique<engine::Crew>(std::move(zygote), options);
  plant->checks_ = std::make_unique<flow::FileChecks>(*plant->crew_, config.limits);
  plant->service_ = std::make_unique<VerificationService>(*plant->checks_, plant->signing_->verifier());
  return plant;
}

}  // namespace sohoa::api
