#include "pipeline/pdf/find_signatures.hpp"

namespace sohoa::pdf {

Result<PdfSignatures> find_signatures(ByteView) {
  return Error{ErrorCode::unsupported, "not yet"};
}

}  // namespace sohoa::pdf
