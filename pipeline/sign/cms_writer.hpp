#pragma once

#include <optional>
#include <vector>

#include "pipeline/sign/certificate.hpp"

namespace sohoa::sign {

/// A detached CAdES baseline signature while it is made (ETSI EN 319 122-1, 6): SignedData of RFC 5652 with the signed
/// attributes content-type, message-digest and signing-certificate-v2 (RFC 5035). There is no signing-time: within PDF
/// it is forbidden (ETSI EN 319 142-1, 6.3), which is why OpenSSL's CMS_sign does not serve.
class CmsWriter {
 public:
  /// `others`: certificates that go with it, as a rule the signer's issuers.
  CmsWriter(const Certificate& signer, const std::vector<Certificate>& others, const Digest& content);

  /// SHA-256 over the signed attributes: what the key signs.
  [[nodiscard]] Digest to_be_signed() const;
  /// The whole, with a timestamp token over `signature` as an unsigned attribute where there is one (EN 319
  /// 122-1, 5.3).
  [[nodiscard]] Bytes finish(ByteView signature, const std::optional<Bytes>& timestamp) const;

 private:
  Bytes certificates_;
  Bytes signer_id_;
  Bytes signed_attributes_;  ///< as a SET OF, the form that is signed
  Bytes signature_algorithm_;
};

}  // namespace sohoa::sign
