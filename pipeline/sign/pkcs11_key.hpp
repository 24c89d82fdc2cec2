#pragma once

#include <filesystem>
#include <string>

#include "pipeline/sign/private_key.hpp"

namespace sohoa::sign {

/// Where a key lies in a PKCS#11 token (OASIS PKCS #11 2.40).
struct Pkcs11Place {
  std::filesystem::path module;  ///< "/usr/lib/softhsm/libsofthsm2.so"
  std::string token;             ///< its label
  std::string pin;
  std::string label;  ///< CKA_LABEL of the key; "": any
  Bytes id;           ///< CKA_ID of the key; empty: any
};

/// Logs in, finds the key and its certificate (CKO_CERTIFICATE of the same CKA_ID; where the token bears none, the one
/// of `known` that fits). Uses of one module are serialised: few tokens do two things at once.
/// When a token went and came back, the next signature logs in again. A PIN that was refused is never tried again by
/// itself, since three wrong ones lock most tokens.
/// Errors: not_found (the module, the key); unavailable (no such token is there); invalid_input (the PIN is wrong or
/// locked, the certificate is of another key); unsupported (neither RSA nor EC).
Result<SigningIdentity> open_pkcs11(const Pkcs11Place& place, const std::vector<Certificate>& known);

}  // namespace sohoa::sign
