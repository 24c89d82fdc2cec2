#pragma once

#define CRYPTOKI_COMPAT 1
#include <p11-kit/pkcs11.h>

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "pipeline/base/result.hpp"

namespace sohoa::sign {

/// A PKCS#11 module that is loaded and initialised, once in a process for all of its users; finalised with the last
/// one.
class Pkcs11Module {
 public:
  /// Errors: not_found (no such file), invalid_input (it is no module), unavailable (it does not start).
  static Result<std::shared_ptr<Pkcs11Module>> load(const std::filesystem::path& path);
  ~Pkcs11Module();
  Pkcs11Module(const Pkcs11Module&) = delete;
  Pkcs11Module& operator=(const Pkcs11Module&) = delete;

  /// Held by whoever calls a function.
  std::mutex& mutex() { return mutex_; }
  CK_FUNCTION_LIST& functions() { return *functions_; }

 private:
  Pkcs11Module() = default;
  void* library_ = nullptr;
  CK_FUNCTION_LIST* functions_ = nullptr;
  bool ours_ = false;  // whether we initialised it, and so finalise it
  std::mutex mutex_;
};

/// "CKR_PIN_INCORRECT (0xa0)" as an Error that says what to do next.
[[nodiscard]] Error pkcs11_error(CK_RV code, std::string_view doing);

}  // namespace sohoa::sign
