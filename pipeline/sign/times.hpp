#pragma once

#include <openssl/asn1.h>

#include <ctime>
#include <optional>
#include <string_view>

#include "pipeline/base/clock.hpp"

namespace sohoa::sign {

/// A UTCTime or GeneralizedTime of OpenSSL's; nothing where it is malformed or there is none.
[[nodiscard]] std::optional<WallTime> wall_time(const ASN1_TIME* time);

/// GeneralizedTime of DER: "20250124142343Z", with a fraction of a second where RFC 3161 has one.
[[nodiscard]] std::optional<WallTime> generalized_time(std::string_view text);
/// UTCTime: "250124142343Z"; years below 50 are of this century (RFC 5280, 4.1.2.5.1).
[[nodiscard]] std::optional<WallTime> utc_time(std::string_view text);

/// "2025-01-24T14:23:43+07:00", "...Z", with a fraction of a second or none.
[[nodiscard]] std::optional<WallTime> iso_time(std::string_view text);

[[nodiscard]] std::time_t unix_time(WallTime time);

}  // namespace sohoa::sign
