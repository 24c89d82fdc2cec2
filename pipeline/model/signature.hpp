#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/clock.hpp"
#include "pipeline/base/digest.hpp"

namespace sohoa {

/// How long a signature stays verifiable: PAdES baseline levels (ETSI EN 319 142-1, 6).
enum class SignatureLevel : std::uint8_t {
  b_b,   ///< the signature
  b_t,   ///< and proof of its time
  b_lt,  ///< and all that its check needs, in the file
  b_lta  ///< and a document timestamp over that
};
[[nodiscard]] std::string_view name_of(SignatureLevel level);  ///< "B-B", "B-T", "B-LT", "B-LTA"
[[nodiscard]] std::optional<SignatureLevel> signature_level_of(std::string_view name);

/// What a certificate says.
struct CertificateFacts {
  std::string subject;       ///< common name, NFC
  std::string organization;  ///< "" where it names none
  std::string issuer;        ///< common name
  std::string serial;        ///< hexadecimal, lower case
  WallTime not_before{};
  WallTime not_after{};
  Digest sha256;  ///< of its DER
  bool operator==(const CertificateFacts&) const = default;
};

/// What a later reader needs to check a signature without a network (ETSI EN 319 142-1, 5.4.2.2), each DER.
struct ValidationData {
  std::vector<Bytes> certificates;
  std::vector<Bytes> ocsp_responses;
  std::vector<Bytes> crls;

  [[nodiscard]] bool empty() const { return certificates.empty() && ocsp_responses.empty() && crls.empty(); }
  static constexpr auto fields = [](auto& self) { return std::tie(self.certificates, self.ocsp_responses, self.crls); };
};

}  // namespace sohoa
