#include "api/cli/console.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "pipeline/text/unicode.hpp"

namespace sohoa::api::cli {

Language terminal_language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return std::string_view(value).starts_with("vi") ? Language::vietnamese : Language::english;
  }
  return Language::english;
}

std::string_view say(std::string_view vietnamese, std::string_view english) {
  return terminal_language() == Language::vietnamese ? vietnamese : english;
}

Exit complain(const Error& error) {
  fmt::print(stderr, "sohoa: {} ({})\n", error.message, name_of(error.code));
  return Exit::failed;
}

StatusLine::StatusLine() : terminal_(::isatty(STDERR_FILENO) == 1) {}

void StatusLine::show(std::string_view text) {
  if (!terminal_) return;
  winsize size{};
  ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size);
  auto points = text::code_points(text);
  const std::size_t width = size.ws_col > 1 ? size.ws_col - 1U : 79U;
  if (points.size() > width) points.resize(width);
  fmt::print(stderr, "\r\x1b[K{}", text::utf8(points));
  std::fflush(stderr);
  shown_ = true;
}

void StatusLine::clear() {
  if (!shown_) return;
  fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
  shown_ = false;
}

std::string duration_text(double seconds) {
  const auto whole = static_cast<long>(seconds + 0.5);
  if (whole < 90) return fmt::format("{} s", whole);
  if (whole < 5400) return fmt::format("{} min", (whole + 30) / 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

}  // namespace sohoa::api::cli
