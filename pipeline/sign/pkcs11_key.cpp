// A session is opened and logged in once and kept. Each signature is C_SignInit and C_Sign over a digest made outside
// (CKM_RSA_PKCS_PSS, CKM_ECDSA), so that only 32 bytes go to the token. Where the session is gone because the token was
// taken out, it is opened anew, once a signature.

#include "pipeline/sign/pkcs11_key.hpp"

#include <algorithm>
#include <array>

#include "pipeline/sign/der_writer.hpp"
#include "pipeline/sign/pkcs11_module.hpp"
#include "pipeline/sign/verify_digest.hpp"

namespace sohoa::sign {
namespace {

/// What a token says when a session, a login or a key handle of before its removal is used.
bool session_is_gone(CK_RV code) {
  constexpr std::array<CK_RV, 9> gone{CKR_DEVICE_REMOVED,        CKR_TOKEN_NOT_PRESENT,  CKR_SESSION_HANDLE_INVALID,
                                      CKR_SESSION_CLOSED,        CKR_USER_NOT_LOGGED_IN, CKR_KEY_HANDLE_INVALID,
                                      CKR_OBJECT_HANDLE_INVALID, CKR_DEVICE_ERROR,       CKR_TOKEN_NOT_RECOGNIZED};
  return std::find(gone.begin(), gone.end(), code) != gone.end();
}

std::string_view label_of(const CK_TOKEN_INFO& token) {
  const std::string_view padded(reinterpret_cast<const char*>(token.label), sizeof token.label);
  return padded.substr(0, padded.find_last_not_of(' ') + 1);
}

/// A logged-in session of a token. Its user holds the module's mutex.
class Session {
 public:
  static Result<Session> open(CK_FUNCTION_LIST& functions, const std::string& token, const std::string& pin) {
    SOHOA_TRY(const auto slot, slot_of(functions, token));
    CK_SESSION_HANDLE handle = 0;
    if (const auto code = functions.C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &handle);
        code != CKR_OK) {
      return pkcs11_error(code, token);
    }
    Session session(functions, handle);
    auto* text = reinterpret_cast<CK_UTF8CHAR*>(const_cast<char*>(pin.data()));
    const auto code = functions.C_Login(handle, CKU_USER, text, pin.size());
    // One login holds for all sessions of a process: another key of this token may have done it.
    if (code != CKR_OK && code != CKR_USER_ALREADY_LOGGED_IN) return pkcs11_error(code, token);
    return session;
  }
  ~Session() {
    if (functions_ != nullptr) functions_->C_CloseSession(handle_);
  }
  Session(Session&& other) noexcept : functions_(std::exchange(other.functions_, nullptr)), handle_(other.handle_) {}
  Session& operator=(Session&&) = delete;

  [[nodiscard]] std::vector<CK_OBJECT_HANDLE> find(std::vector<CK_ATTRIBUTE> wanted) const {
    if (functions_->C_FindObjectsInit(handle_, wanted.data(), wanted.size()) != CKR_OK) return {};
    std::array<CK_OBJECT_HANDLE, 64> found{};
    CK_ULONG count = 0;
    if (functions_->C_FindObjects(handle_, found.data(), found.size(), &count) != CKR_OK) count = 0;
    functions_->C_FindObjectsFinal(handle_);
    return {found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count)};
  }
  [[nodiscard]] Bytes attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const {
    CK_ATTRIBUTE asked{type, nullptr, 0};
    if (functions_->C_GetAttributeValue(handle_, object, &asked, 1) != CKR_OK ||
        asked.ulValueLen == CK_UNAVAILABLE_INFORMATION) {
      return {};
    }
    Bytes value(asked.ulValueLen);
    asked.pValue = value.data();
    if (functions_->C_GetAttributeValue(handle_, object, &asked, 1) != CKR_OK) return {};
    return value;
  }
  CK_RV sign(CK_MECHANISM mechanism, CK_OBJECT_HANDLE key, const Digest& digest, Bytes& signature) const {
    if (const auto code = functions_->C_SignInit(handle_, &mechanism, key); code != CKR_OK) return code;
    signature.resize(1024);  // RSA of 8192 bits
    CK_ULONG size = signature.size();
    auto* data = const_cast<CK_BYTE*>(digest.bytes.data());
    const auto code = functions_->C_Sign(handle_, data, digest.bytes.size(), signature.data(), &size);
    signature.resize(code == CKR_OK ? size : 0);
    return code;
  }

 private:
  Session(CK_FUNCTION_LIST& functions, CK_SESSION_HANDLE handle) : functions_(&functions), handle_(handle) {}

  static Result<CK_SLOT_ID> slot_of(CK_FUNCTION_LIST& functions, const std::string& token) {
    // Asked in two steps, as modules want it: the first call makes them look at their readers.
    CK_ULONG count = 0;
    if (const auto code = functions.C_GetSlotList(CK_TRUE, nullptr, &count); code != CKR_OK) {
      return pkcs11_error(code, token);
    }
    std::vector<CK_SLOT_ID> slots(count);
    if (functions.C_GetSlotList(CK_TRUE, slots.data(), &count) != CKR_OK) count = 0;
    slots.resize(std::min<std::size_t>(count, slots.size()));
    for (const auto slot : slots) {
      CK_TOKEN_INFO info{};
      if (functions.C_GetTokenInfo(slot, &info) == CKR_OK && label_of(info) == token) return slot;
    }
    return Error{ErrorCode::unavailable, token + ": the token is away"};
  }

  CK_FUNCTION_LIST* functions_;
  CK_SESSION_HANDLE handle_;
};

CK_ATTRIBUTE attribute_of(CK_ATTRIBUTE_TYPE type, const void* value, std::size_t size) {
  return {type, const_cast<void*>(value), static_cast<CK_ULONG>(size)};
}

/// Unsigned numbers r and s, halves of what tokens give, as ECDSA-Sig-Value.
Bytes ecdsa_value(ByteView halves) {
  const auto half = halves.size() / 2;
  return der::sequence({der::integer(halves.first(half)), der::integer(halves.subspan(half))});
}

class TokenKey final : public PrivateKey {
 public:
  TokenKey(std::shared_ptr<Pkcs11Module> module, Pkcs11Place place)
      : module_(std::move(module)), place_(std::move(place)) {}
  ~TokenKey() override {
    const std::scoped_lock lock(module_->mutex());
    session_.reset();
  }

  Result<Bytes> sign(const Digest& digest) override {
    const std::scoped_lock lock(module_->mutex());
    Bytes signature;
    CK_RV code = CKR_SESSION_CLOSED;
    if (session_) code = sign_once(digest, signature);
    if (session_is_gone(code)) {
      SOHOA_DO(connect());
      code = sign_once(digest, signature);
    }
    if (code != CKR_OK) {
      session_.reset();
      return pkcs11_error(code, place_.token);
    }
    return kind_ == CKK_EC ? ecdsa_value(signature) : signature;
  }

  /// Logs in and finds the key. The caller holds the module's mutex.
  Result<void> connect() {
    if (refused_) return *refused_;
    session_.reset();
    auto session = Session::open(module_->functions(), place_.token, place_.pin);
    if (!session) {
      if (session.error().code == ErrorCode::invalid_input) refused_ = session.error();
      return std::move(session).error();
    }
    session_.emplace(*std::move(session));
    auto found = find_key();
    if (!found) session_.reset();
    return found;
  }

  std::mutex& mutex() { return module_->mutex(); }

  /// The certificates that the token holds beside the key: those of the key's id. The caller holds the mutex.
  [[nodiscard]] std::vector<Certificate> certificates() const {
    const CK_OBJECT_CLASS what = CKO_CERTIFICATE;
    std::vector<Certificate> found;
    for (const auto object : session_->find({attribute_of(CKA_CLASS, &what, sizeof what)})) {
      if (auto one = Certificate::from_der(session_->attribute(object, CKA_VALUE))) found.push_back(*std::move(one));
    }
    return found;
  }

 private:
  Result<void> find_key() {
    const CK_OBJECT_CLASS what = CKO_PRIVATE_KEY;
    std::vector<CK_ATTRIBUTE> wanted{attribute_of(CKA_CLASS, &what, sizeof what)};
    if (!place_.label.empty()) {
      wanted.push_back(attribute_of(CKA_LABEL, place_.label.data(), place_.label.size()));
    }
    if (!place_.id.empty()) wanted.push_back(attribute_of(CKA_ID, place_.id.data(), place_.id.size()));
    const auto keys = session_->find(wanted);
    if (keys.empty()) return Error{ErrorCode::not_found, place_.token + ": no such key"};
    if (keys.size() > 1) return Error{ErrorCode::invalid_input, place_.token + ": several keys are meant"};
    key_ = keys.front();
    CK_KEY_TYPE kind = 0;
    const auto bytes = session_->attribute(key_, CKA_KEY_TYPE);
    if (bytes.size() == sizeof kind) std::copy(bytes.begin(), bytes.end(), reinterpret_cast<std::uint8_t*>(&kind));
    if (bytes.size() != sizeof kind || (kind != CKK_RSA && kind != CKK_EC)) {
      return Error{ErrorCode::unsupported, place_.token + ": the key is neither RSA nor EC"};
    }
    kind_ = kind;
    return {};
  }

  CK_RV sign_once(const Digest& digest, Bytes& signature) const {
    CK_RSA_PKCS_PSS_PARAMS pss{CKM_SHA256, CKG_MGF1_SHA256, 32};
    const auto mechanism =
        kind_ == CKK_EC ? CK_MECHANISM{CKM_ECDSA, nullptr, 0} : CK_MECHANISM{CKM_RSA_PKCS_PSS, &pss, sizeof pss};
    return session_->sign(mechanism, key_, digest, signature);
  }

  // constant after construction
  const std::shared_ptr<Pkcs11Module> module_;
  const Pkcs11Place place_;
  // guarded by the module's mutex
  std::optional<Session> session_;
  std::optional<Error> refused_;  ///< the PIN was: asking again would lock the token
  CK_OBJECT_HANDLE key_ = 0;
  CK_KEY_TYPE kind_ = CKK_RSA;
};

/// The certificate that a probe's signature verifies with.
Result<Certificate> fitting(PrivateKey& key, const std::vector<Certificate>& candidates) {
  const auto probe = sha256(as_bytes("sohoa: which certificate is of this key?"));
  SOHOA_TRY(const auto signature, key.sign(probe));
  for (const auto& one : candidates) {
    const auto scheme = key_strength(one).kind == KeyKind::ec ? Scheme::ecdsa : Scheme::rsa_pss;
    if (verifies(one, {scheme, Hash::sha256, 32}, probe.view(), signature)) return one;
  }
  return Error{ErrorCode::invalid_input, candidates.empty() ? "the token holds no certificate and none is configured"
                                                            : "no certificate is of the token's key"};
}

}  // namespace

Result<SigningIdentity> open_pkcs11(const Pkcs11Place& place, const std::vector<Certificate>& known) {
  SOHOA_TRY(auto module, Pkcs11Module::load(place.module));
  auto key = std::make_unique<TokenKey>(std::move(module), place);
  std::vector<Certificate> candidates;
  {
    const std::scoped_lock lock(key->mutex());
    SOHOA_DO(key->connect());
    candidates = key->certificates();
  }
  candidates.insert(candidates.end(), known.begin(), known.end());
  SOHOA_TRY(auto certificate, fitting(*key, candidates));
  std::erase(candidates, certificate);
  return SigningIdentity{std::move(key), std::move(certificate), std::move(candidates)};
}

}  // namespace sohoa::sign
