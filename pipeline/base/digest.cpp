// SHA-256 by OpenSSL's EVP: it uses the processor's SHA instructions, about 1.5 GB/s against 0.4 GB/s in portable code.
// This file is the one place in pipeline/base that includes a library.
#include "pipeline/base/digest.hpp"

#include <openssl/evp.h>
#include <sys/random.h>

#include <cassert>
#include <cstdlib>

namespace sohoa {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

struct Sha256::State {
  std::unique_ptr<EVP_MD_CTX, FreeContext> context{EVP_MD_CTX_new()};
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr);
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

Sha256 Sha256::copy() const {
  Sha256 other;
  EVP_MD_CTX_copy_ex(other.state_->context.get(), state_->context.get());
  return other;
}

Sha256& Sha256::update(ByteView piece) {
  EVP_DigestUpdate(state_->context.get(), piece.data(), piece.size());
  return *this;
}

Digest Sha256::finish() {
  Digest digest;
  unsigned size = 0;
  EVP_DigestFinal_ex(state_->context.get(), digest.bytes.data(), &size);
  assert(size == digest.bytes.size());
  return digest;
}

Digest sha256(ByteView bytes) {
  return Sha256().update(bytes).finish();
}

std::string to_hex(ByteView bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const auto byte : bytes) {
    text.push_back(digits[byte >> 4]);
    text.push_back(digits[byte & 15]);
  }
  return text;
}

std::string Digest::hex() const {
  return to_hex(bytes);
}

Result<Digest> Digest::from_hex(std::string_view text) {
  Digest digest;
  if (text.size() != 2 * digest.bytes.size()) return Error{ErrorCode::invalid_input, "a digest has 64 digits"};
  for (std::size_t i = 0; i < digest.bytes.size(); ++i) {
    const int high = hex_value(text[2 * i]);
    const int low = hex_value(text[2 * i + 1]);
    if (high < 0 || low < 0) return Error{ErrorCode::invalid_input, "a digest has hexadecimal digits only"};
    digest.bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return digest;
}

Result<Digest> Digest::from_bytes(ByteView view) {
  Digest digest;
  if (view.size() != digest.bytes.size()) return Error{ErrorCode::invalid_input, "a digest has 32 bytes"};
  std::copy(view.begin(), view.end(), digest.bytes.begin());
  return digest;
}

Bytes random_bytes(std::size_t count) {
  Bytes bytes(count);
  for (std::size_t done = 0; done < count;) {
    const auto got = getrandom(bytes.data() + done, count - done, 0);
    if (got < 0) std::abort();  // the kernel's generator does not fail on a running system
    done += static_cast<std::size_t>(got);
  }
  return bytes;
}

}  // namespace sohoa
