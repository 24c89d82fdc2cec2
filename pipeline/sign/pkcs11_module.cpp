#include "pipeline/sign/pkcs11_module.hpp"

#include <dlfcn.h>

#include <cstdio>
#include <map>

#include "pipeline/base/guarded.hpp"

namespace sohoa::sign {
namespace {

using Loaded = std::map<std::filesystem::path, std::weak_ptr<Pkcs11Module>>;

/// Never destroyed: keys may go after static objects do.
Guarded<Loaded>& loaded() {
  static auto& modules = *new Guarded<Loaded>();
  return modules;
}

}  // namespace

Result<std::shared_ptr<Pkcs11Module>> Pkcs11Module::load(const std::filesystem::path& path) {
  return loaded().with([&](Loaded& modules) -> Result<std::shared_ptr<Pkcs11Module>> {
    if (auto known = modules[path].lock()) return known;
    if (!std::filesystem::exists(path)) return Error{ErrorCode::not_found, path.string() + ": no such PKCS#11 module"};
    std::shared_ptr<Pkcs11Module> module(new Pkcs11Module);
    module->library_ = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (module->library_ == nullptr) {
      return Error{ErrorCode::invalid_input, path.string() + ": cannot be loaded: " + ::dlerror()};
    }
    const auto get = reinterpret_cast<CK_C_GetFunctionList>(::dlsym(module->library_, "C_GetFunctionList"));
    if (get == nullptr || get(&module->functions_) != CKR_OK) {
      return Error{ErrorCode::invalid_input, path.string() + ": no PKCS#11 module"};
    }
    CK_C_INITIALIZE_ARGS arguments{};
    arguments.flags = CKF_OS_LOCKING_OK;
    const auto code = module->functions_->C_Initialize(&arguments);
    if (code != CKR_OK && code != CKR_CRYPTOKI_ALREADY_INITIALIZED) return pkcs11_error(code, path.string());
    module->ours_ = code == CKR_OK;
    modules[path] = module;
    return module;
  });
}

Pkcs11Module::~Pkcs11Module() {
  if (ours_) functions_->C_Finalize(nullptr);
  // The library stays loaded: some start threads or register exit handlers that would then run into nothing.
}

Error pkcs11_error(CK_RV code, std::string_view doing) {
  const auto with = [&](ErrorCode ours, std::string_view what) {
    return Error{ours, std::string(doing) + ": " + std::string(what)};
  };
  switch (code) {
    case CKR_PIN_INCORRECT:
    case CKR_PIN_INVALID:
    case CKR_PIN_LEN_RANGE: return with(ErrorCode::invalid_input, "the PIN is wrong");
    case CKR_PIN_LOCKED: return with(ErrorCode::invalid_input, "the PIN is locked");
    case CKR_PIN_EXPIRED: return with(ErrorCode::invalid_input, "the PIN has expired");
    case CKR_MECHANISM_INVALID:
    case CKR_MECHANISM_PARAM_INVALID: return with(ErrorCode::unsupported, "the token does not sign this way");
    case CKR_TOKEN_NOT_PRESENT:
    case CKR_DEVICE_REMOVED: return with(ErrorCode::unavailable, "the token is away");
    default: break;
  }
  char text[40];
  std::snprintf(text, sizeof text, "PKCS#11 error 0x%lx", static_cast<unsigned long>(code));
  return with(ErrorCode::unavailable, text);
}

}  // namespace sohoa::sign
