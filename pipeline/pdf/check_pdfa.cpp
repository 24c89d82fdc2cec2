#include "pipeline/pdf/check_pdfa.hpp"

namespace sohoa::pdf {

Result<PdfaReport> check_pdfa(ByteView) {
  return Error{ErrorCode::unsupported, "not yet"};
}

}  // namespace sohoa::pdf
