#include "pipeline/sheets/qr_code.hpp"

#include <qrencode.h>

#include <cerrno>
#include <memory>

namespace sohoa::sheets {

Result<QrCode> qr_code(const std::string& text) {
  const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
      QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0,
                        QR_ECLEVEL_H),
      &QRcode_free);
  if (!code && errno == ENOMEM) return Error{ErrorCode::resource_exhausted, "no memory for a QR code"};
  if (!code) return Error{ErrorCode::invalid_input, "no QR code holds " + std::to_string(text.size()) + " bytes"};
  QrCode made{code->width, {}};
  for (int i = 0; i < code->width * code->width; ++i) made.dark.push_back((code->data[i] & 1) != 0);
  return made;
}

}  // namespace sohoa::sheets
