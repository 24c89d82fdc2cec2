#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "pipeline/base/date.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/model/limits.hpp"
#include "pipeline/model/signature.hpp"

namespace sohoa::api {

/// Everything that can be set. Read from a TOML file, whose tables and keys bear these names; every key has a default.
struct Config {
  std::filesystem::path data = "sohoa-data";

  struct Workers {
    std::uint32_t count = 0;                  ///< 0: one a core
    std::uint64_t memory_bytes = 2ULL << 30;  ///< decoded pages in flight, all workers together
    std::uint64_t replace_above_bytes = 600ULL << 20;
    std::uint64_t address_space_bytes = 3ULL << 30;  ///< hard limit of one worker
  } workers;

  struct Reading {
    std::string languages = "vie";
    std::string tessdata;  ///< folder of *.traineddata; "": the system's
  } reading;

  struct Http {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8080;
    std::uint32_t threads = 2;
    std::uint64_t body_bytes = 4'000'000'000;  ///< of one request, all its files together
    std::uint32_t open_uploads = 64;           ///< at the same time; more are told to come again
    std::string log = "stderr";                ///< of requests, a JSON object a line: "stderr", "none", or a file
  } http;

  struct Rules {
    /// First day of the rules by Decree 107/2021, where it is another than theirs [open]. It counts until a catalogue
    /// is imported, which then holds it.
    std::optional<Date> decree_107_from;
  } rules;

  /// Where a signing key lies: a PKCS#12 file, or a PKCS#11 token.
  struct Key {
    std::filesystem::path pkcs12;
    std::filesystem::path pkcs11_module;
    std::string token;                  ///< its label
    std::string label;                  ///< the key's; "": the only one
    std::filesystem::path secret_file;  ///< holds the password or PIN, in its first line

    [[nodiscard]] bool is_set() const { return !pkcs12.empty() || !pkcs11_module.empty(); }
  };
  Key person_key;  ///< who digitizes or certifies
  Key agency_key;

  struct Issuing {
    SignatureLevel level = SignatureLevel::b_b;
    std::filesystem::path anchors;  ///< PEM file of trusted roots
    std::filesystem::path issuers;  ///< PEM file of certificates between
    std::string timestamp_url;      ///< RFC 3161; "": no timestamps
    bool revocation = true;         ///< OCSP and CRL are asked before a certificate signs
    std::uint32_t seconds = 5;      ///< an answer may take
    std::string system = "Sohoa";   ///< named in the QR code
    std::string location;
    std::filesystem::path seal_image;                   ///< PNG of the agency's red seal, on white, for results
    std::filesystem::path signature_image;              ///< PNG of the signer's blue signature, on white, for results
    std::string code_pattern = "{kind}.{number}.{NN}";  ///< of documents in no dossier
    bool agency_signs_copies = true;                    ///< digitized copies too
  } issuing;

  Limits limits;
};

/// Reads `file`, or gives the defaults where there is none. The environment's SOHOA_DATA and SOHOA_TESSDATA override
/// it. Errors: not_found; invalid_input, naming line or key, for bad syntax, an unknown key or a value out of range.
Result<Config> load_config(const std::optional<std::filesystem::path>& file);

}  // namespace sohoa::api
