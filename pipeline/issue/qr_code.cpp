#include "pipeline/issue/qr_code.hpp"

#include <qrencode.h>

#include <cerrno>
#include <memory>

#include "pipeline/issue/pdf_syntax.hpp"

namespace sohoa::issue {

Result<QrCode> qr_code(const std::string& text, QrLevel level) {
  const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
      QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0,
                        level == QrLevel::high ? QR_ECLEVEL_H : QR_ECLEVEL_L),
      &QRcode_free);
  if (!code && errno == ENOMEM) return Error{ErrorCode::resource_exhausted, "no memory for a QR code"};
  if (!code) return Error{ErrorCode::invalid_input, "no QR code holds " + std::to_string(text.size()) + " bytes"};
  QrCode made{code->width, {}};
  for (int i = 0; i < code->width * code->width; ++i) made.dark.push_back((code->data[i] & 1) != 0);
  return made;
}

std::string drawn(const QrCode& code, double x, double y, double side) {
  const double module = side / code.side;
  std::string text;
  for (int row = 0; row < code.side; ++row) {
    for (int column = 0; column < code.side;) {
      const auto start = column;
      while (column < code.side && code.dark[static_cast<std::size_t>(row) * code.side + column]) ++column;
      if (column > start) {
        text += pdf::rectangle(x + start * module, y + side - (row + 1) * module, (column - start) * module, module);
      }
      if (column == start) ++column;
    }
  }
  return text + "f\n";
}

}  // namespace sohoa::issue
