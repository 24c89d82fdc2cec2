#pragma once

#include "pipeline/base/result.hpp"
#include "pipeline/model/signature_report.hpp"
#include "pipeline/sign/certificate.hpp"

namespace sohoa::sign {

/// An answer about a certificate, with what proves it.
struct RevocationAnswer {
  RevocationFacts facts;
  Bytes ocsp_response;                 ///< DER of the OCSPResponse; empty where a CRL answered
  Bytes crl;                           ///< DER; empty where OCSP answered
  std::vector<Certificate> responder;  ///< certificates that the OCSP response bears
};

/// Tells whether certificates were revoked. Any thread.
class RevocationSource {
 public:
  virtual ~RevocationSource() = default;
  /// The state now of a certificate that `issuer` issued. Errors: unavailable (nobody answers, or not rightly).
  virtual Result<RevocationAnswer> status(const Certificate& certificate, const Certificate& issuer) = 0;
};

}  // namespace sohoa::sign
