#include "api/signing.hpp"

#include "pipeline/base/file.hpp"
#include "pipeline/base/guarded.hpp"
#include "pipeline/sign/open_signer.hpp"
#include "pipeline/sign/revocation_client.hpp"
#include "pipeline/sign/timestamp_client.hpp"
#include "pipeline/sign/validation_collector.hpp"

namespace sohoa::api {
namespace {

using Files = std::vector<std::filesystem::path>;

Files files(const std::filesystem::path& file) {
  return file.empty() ? Files() : Files{file};
}

Result<std::string> secret(const std::filesystem::path& file) {
  constexpr std::uint64_t longest = 4096;
  if (file.empty()) return std::string();
  SOHOA_TRY(const auto bytes, read_file(file, longest));
  const auto text = as_text(bytes);
  return std::string(text.substr(0, text.find_first_of("\r\n")));
}

Result<sign::SignerConfig> signer_config(const Config::Key& key, const Config::Issuing& issuing) {
  sign::SignerConfig config;
  SOHOA_TRY(auto word, secret(key.secret_file));
  if (!key.pkcs12.empty()) {
    config.key = sign::Pkcs12Place{key.pkcs12, std::move(word)};
  } else {
    config.key = sign::Pkcs11Place{key.pkcs11_module, key.token, std::move(word), key.label, {}};
  }
  config.issuers = files(issuing.issuers);
  config.anchors = files(issuing.anchors);
  return config;
}

/// A key that is opened when it is wanted.
class LateSigner {
 public:
  LateSigner(Config::Key key, const char* name) : key_(std::move(key)), name_(name) {}

  Result<Signer*> get(const Config::Issuing& issuing, const sign::SignerServices& services) {
    if (!key_.is_set()) return static_cast<Signer*>(nullptr);
    return state_.with([&](State& state) -> Result<Signer*> {
      if (state.refused) return *state.refused;
      if (!state.signer) {
        auto opened = open(issuing, services);
        if (!opened && opened.error().code != ErrorCode::unavailable) state.refused = opened.error();
        if (!opened) return opened.error();
        state.signer = std::move(*opened);
      }
      return state.signer.get();
    });
  }

 private:
  struct State {
    std::unique_ptr<Signer> signer;
    std::optional<Error> refused;  ///< for good: to try again could lock the token
  };

  Result<std::unique_ptr<Signer>> open(const Config::Issuing& issuing, const sign::SignerServices& services) const {
    const auto config = signer_config(key_, issuing);
    if (!config) return config.error().within(name_);
    auto signer = sign::open_signer(*config, services);
    if (!signer) return signer.error().within(name_);
    return signer;
  }

  const Config::Key key_;
  const char* name_;
  Guarded<State> state_;
};

}  // namespace

struct SigningDesk::Parts {
  explicit Parts(const Config& config)
      : issuing(config.issuing), person(config.person_key, "person_key"), agency(config.agency_key, "agency_key") {}

  const Config::Issuing issuing;
  sign::SignerServices services;
  std::unique_ptr<ValidationSource> validation;
  std::unique_ptr<sign::SignatureVerifier> verifier, offline_verifier;
  LateSigner person, agency;
};

SigningDesk::SigningDesk(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
SigningDesk::~SigningDesk() = default;

Result<std::unique_ptr<SigningDesk>> SigningDesk::open(const Config& config) {
  auto parts = std::make_unique<Parts>(config);
  const auto& issuing = parts->issuing;
  if (issuing.level != SignatureLevel::b_b && issuing.timestamp_url.empty()) {
    return Error{ErrorCode::invalid_input,
                 "issuing.level " + std::string(name_of(issuing.level)) + " needs issuing.timestamp_url"};
  }
  if (issuing.level >= SignatureLevel::b_lt && !issuing.revocation) {
    return Error{ErrorCode::invalid_input,
                 "issuing.level " + std::string(name_of(issuing.level)) + " needs issuing.revocation"};
  }
  sign::HttpLimits limits;
  limits.whole = std::chrono::seconds(issuing.seconds);
  if (issuing.revocation) parts->services.revocation = sign::open_revocation_client({limits});
  if (!issuing.timestamp_url.empty()) {
    sign::TimestampConfig timestamps;
    timestamps.url = issuing.timestamp_url;
    timestamps.anchors = files(issuing.anchors);
    timestamps.limits = limits;
    timestamps.room = 8'192;  // bytes: real tokens have 2.4 to 5 KB, and each foreseen byte takes two in the file
    SOHOA_TRY(parts->services.timestamps, sign::open_timestamp_authority(timestamps));
  }
  if (issuing.level >= SignatureLevel::b_lt) {
    SOHOA_TRY(parts->validation, sign::open_validation_source({files(issuing.issuers), files(issuing.anchors), limits},
                                                              parts->services.revocation));
  }
  SOHOA_TRY(parts->verifier, sign::SignatureVerifier::create({files(issuing.anchors), files(issuing.issuers)},
                                                             parts->services.revocation));
  SOHOA_TRY(parts->offline_verifier,
            sign::SignatureVerifier::create({files(issuing.anchors), files(issuing.issuers)}, nullptr));
  return std::unique_ptr<SigningDesk>(new SigningDesk(std::move(parts)));
}

const sign::SignatureVerifier& SigningDesk::verifier() const {
  return *parts_->verifier;
}
const sign::SignatureVerifier& SigningDesk::offline_verifier() const {
  return *parts_->offline_verifier;
}
Result<Signer*> SigningDesk::person() {
  return parts_->person.get(parts_->issuing, parts_->services);
}
Result<Signer*> SigningDesk::agency() {
  return parts_->agency.get(parts_->issuing, parts_->services);
}
TimestampAuthority* SigningDesk::timestamps() {
  return parts_->services.timestamps.get();
}
ValidationSource* SigningDesk::validation() {
  return parts_->validation.get();
}

}  // namespace sohoa::api
