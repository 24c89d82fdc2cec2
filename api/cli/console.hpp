#pragma once

#include <string>
#include <string_view>

#include "api/cli/commands.hpp"
#include "pipeline/base/error.hpp"

namespace sohoa::api::cli {

/// Vietnamese where the environment's language is Vietnamese, English elsewhere.
enum class Language { vietnamese, english };
[[nodiscard]] Language terminal_language();

/// `vietnamese` or `english`, as the terminal wants it.
[[nodiscard]] std::string_view say(std::string_view vietnamese, std::string_view english);

/// Prints "sohoa: message" on standard error and gives the exit code for it.
Exit complain(const Error& error);

/// One line at the foot of a terminal, written over again and again; nothing where standard error is no terminal. One
/// thread.
class StatusLine {
 public:
  StatusLine();
  ~StatusLine() { clear(); }
  void show(std::string_view text);
  /// Takes the line away, so that others can write.
  void clear();
  [[nodiscard]] bool visible() const { return terminal_; }

 private:
  const bool terminal_;
  bool shown_ = false;
};

/// "45 s", "2 min", "1 h 5 min".
[[nodiscard]] std::string duration_text(double seconds);

}  // namespace sohoa::api::cli
