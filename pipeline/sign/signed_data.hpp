#pragma once

#include <optional>
#include <vector>

#include "pipeline/base/result.hpp"
#include "pipeline/sign/certificate.hpp"
#include "pipeline/sign/der_reader.hpp"

namespace sohoa::sign {

struct Attribute {
  std::string_view type;  ///< an oid
  std::vector<der::Element> values;
};

/// A SignedData (RFC 5652, 5) of one signer, as it stands in the bytes it was read from, which must outlive it.
struct SignedData {
  std::string_view content_type;
  std::optional<Bytes> content;  ///< none: it is detached
  std::vector<Certificate> certificates;
  std::vector<ByteView> crls;
  der::Element signer_name, signer_serial;  ///< who signed: issuer and serial number; or
  ByteView signer_key_id;                   ///< a subjectKeyIdentifier
  der::Element digest_algorithm;
  std::optional<ByteView> signed_attributes_content;  ///< none: the signature is over the content itself
  std::vector<Attribute> signed_attributes, unsigned_attributes;
  der::Element signature_algorithm;
  Bytes signature;

  /// The certificate that the signer is named by.
  [[nodiscard]] const Certificate* signer_among(const std::vector<Certificate>& pool) const;
  /// What is signed where there are signed attributes: these as a SET OF (RFC 5652, 5.4).
  [[nodiscard]] Bytes signed_attributes_set() const;
};

/// The one value of the one attribute of this type; none where there are others or none.
[[nodiscard]] std::optional<der::Element> only_value(const std::vector<Attribute>& attributes, std::string_view type);
[[nodiscard]] bool has(const std::vector<Attribute>& attributes, std::string_view type);

/// Reads strictly: versions are as RFC 5652, 5.1 and 5.3 has them, no attribute comes twice, nothing is left over.
/// Errors: invalid_input, saying what is wrong.
Result<SignedData> parse_signed_data(ByteView cms);

}  // namespace sohoa::sign
