#include "pipeline/engine/confinement.hpp"

#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <array>
#include <cerrno>
#include <memory>

#include "pipeline/base/file.hpp"

namespace sohoa::engine {
namespace {

// Calls a reader of pages never needs. A deny list, as a first form: what is parsed here is untrusted, so these answer
// EPERM.
constexpr std::array denied{SCMP_SYS(socket),
                            SCMP_SYS(socketpair),
                            SCMP_SYS(connect),
                            SCMP_SYS(bind),
                            SCMP_SYS(listen),
                            SCMP_SYS(accept),
                            SCMP_SYS(accept4),
                            SCMP_SYS(ptrace),
                            SCMP_SYS(execve),
                            SCMP_SYS(execveat),
                            SCMP_SYS(mount),
                            SCMP_SYS(umount2),
                            SCMP_SYS(unshare),
                            SCMP_SYS(setns),
                            SCMP_SYS(bpf),
                            SCMP_SYS(keyctl),
                            SCMP_SYS(kexec_load),
                            SCMP_SYS(init_module),
                            SCMP_SYS(reboot),
                            SCMP_SYS(swapon),
                            SCMP_SYS(io_uring_setup),
                            SCMP_SYS(process_vm_readv),
                            SCMP_SYS(process_vm_writev),
                            SCMP_SYS(perf_event_open),
                            SCMP_SYS(unlink),
                            SCMP_SYS(unlinkat),
                            SCMP_SYS(rename),
                            SCMP_SYS(renameat),
                            SCMP_SYS(renameat2),
                            SCMP_SYS(mkdir),
                            SCMP_SYS(mkdirat),
                            SCMP_SYS(chmod),
                            SCMP_SYS(fchmodat),
                            SCMP_SYS(truncate)};

Result<void> cap(int resource, std::uint64_t bytes) {
  if (bytes == 0) return {};
  const rlimit limit{bytes, bytes};
  if (::setrlimit(static_cast<__rlimit_resource>(resource), &limit) != 0) return system_error("setrlimit");
  return {};
}

struct ReleaseFilter {
  void operator()(void* filter) const { seccomp_release(filter); }
};

Result<void> deny_system_calls() {
  const std::unique_ptr<void, ReleaseFilter> filter(seccomp_init(SCMP_ACT_ALLOW));
  if (!filter) return Error{ErrorCode::internal, "seccomp filter cannot be made"};
  for (const int call : denied) {
    if (seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EPERM), call, 0) != 0) {
      return Error{ErrorCode::internal, "seccomp rule cannot be added"};
    }
  }
  if (seccomp_load(filter.get()) != 0) return Error{ErrorCode::internal, "seccomp filter cannot be loaded"};
  return {};
}

}  // namespace

Result<void> confine(const WorkerLimits& limits) {
  const rlimit no_core{0, 0};
  if (::setrlimit(RLIMIT_CORE, &no_core) != 0) return system_error("setrlimit");
#ifndef SOHOA_SANITIZED  // the sanitizers reserve terabytes of address space
  SOHOA_DO(cap(RLIMIT_AS, limits.address_space_bytes));
#endif
  SOHOA_DO(cap(RLIMIT_FSIZE, limits.file_bytes));
  SOHOA_DO(cap(RLIMIT_NOFILE, 64));
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return system_error("no_new_privs");
  return deny_system_calls();
}

}  // namespace sohoa::engine
