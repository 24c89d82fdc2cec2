// A PKCS#11 module that hands everything on to SoftHSM, and whose tokens can be taken out: tests load it in its place.
// One test at a time.

#define CRYPTOKI_COMPAT 1
#include <dlfcn.h>
#include <p11-kit/pkcs11.h>

namespace {

CK_FUNCTION_LIST* real = nullptr;
CK_FUNCTION_LIST wrapped;
bool away = false;
int logins = 0;

CK_RV get_slot_list(CK_BBOOL present, CK_SLOT_ID* slots, CK_ULONG* count) {
  if (!away) return real->C_GetSlotList(present, slots, count);
  *count = 0;
  return CKR_OK;
}

CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR* pin, CK_ULONG size) {
  ++logins;
  return real->C_Login(session, user, pin, size);
}

CK_RV sign_init(CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key) {
  return away ? CKR_DEVICE_REMOVED : real->C_SignInit(session, mechanism, key);
}

}  // namespace

extern "C" {

CK_RV C_GetFunctionList(CK_FUNCTION_LIST** functions) {
  auto* library = ::dlopen(SOHOA_SOFTHSM, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return CKR_GENERAL_ERROR;
  const auto get = reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library, "C_GetFunctionList"));
  if (get == nullptr || get(&real) != CKR_OK) return CKR_GENERAL_ERROR;
  wrapped = *real;
  wrapped.C_GetSlotList = get_slot_list;
  wrapped.C_Login = login;
  wrapped.C_SignInit = sign_init;
  *functions = &wrapped;
  return CKR_OK;
}

/// Takes the token out: its sessions and logins are gone. `in`: 1 puts it back.
void removable_token_set(int in) {
  away = in == 0;
  if (!away) return;
  CK_ULONG count = 8;
  CK_SLOT_ID slots[8];
  if (real->C_GetSlotList(CK_TRUE, slots, &count) != CKR_OK) return;
  for (CK_ULONG i = 0; i < count; ++i) real->C_CloseAllSessions(slots[i]);
}

int removable_token_logins() {
  return logins;
}
}
