#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <map>
#include <thread>

#include "tests/unit/decode/workbench.hpp"

namespace sohoa::test {
namespace {

constexpr std::uint32_t most_pages = 20;  // of one file
constexpr double most_seconds = 10;       // CPU, for one page

/// What became of one file, told by exit codes of the process that read it.
enum Outcome { read = 0, some_pages_failed = 1, refused = 2, slow = 3 };

double cpu_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

Outcome outcome_of(const Source& source) {
  const auto inspection = inspect(source.fd.get(), source.file, {});
  if (!inspection) return inspection.error().code == ErrorCode::internal ? slow : refused;
  PageDecoder decoder;
  auto outcome = read;
  for (std::uint32_t number = 1; number <= std::min(inspection->pages, most_pages); ++number) {
    const double before = cpu_seconds();
    const auto page = decoder.decode(source.fd.get(), source.file, {number}, {});
    if (cpu_seconds() - before > most_seconds) return slow;
    if (!page) {
      if (page.error().code == ErrorCode::internal) return slow;
      outcome = some_pages_failed;
    } else if (page->pixels.empty() || page->dpi.value <= 0 || page->canvas.width <= 0) {
      return slow;
    }
  }
  return outcome;
}

/// The files of a folder, each in a process of its own, as page workers read them: a crash is seen and costs only
/// itself. This process sets the decoders up and never decodes: libvips' threads do not live on in a child.
void survives(const std::string& folder, const std::vector<std::string>& endings) {
  std::map<Outcome, int> outcomes;
  for (const auto& file : shared_files(folder, endings)) {
    const auto source = shared(file);
    const auto child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) ::_exit(outcome_of(source));
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status)) << file << ": signal " << (WIFSIGNALED(status) ? WTERMSIG(status) : 0);
    if (!WIFEXITED(status)) continue;
    const auto outcome = static_cast<Outcome>(WEXITSTATUS(status));
    EXPECT_NE(outcome, slow) << file << ": too slow, an internal error, or a page without pixels";
    ++outcomes[outcome];
  }
  ::testing::Test::RecordProperty("read", outcomes[read]);
  std::printf("%s: %d read, %d in part, %d refused\n", folder.c_str(), outcomes[read], outcomes[some_pages_failed],
              outcomes[refused]);
  EXPECT_GT(outcomes[read], outcomes[refused]);
}

TEST(Torture, SurvivesTheFilesOfOcrmypdf) {
  survives("torture/ocrmypdf", {".pdf", ".png", ".jpg"});
}
TEST(Torture, SurvivesTheFilesOfQpdf) {
  survives("torture/qpdf", {".pdf"});
}
TEST(Torture, SurvivesPngSuite) {
  survives("torture/pngsuite", {".png"});
}
TEST(Torture, SurvivesPdf20) {
  survives("torture/pdf20", {".pdf"});
}

/// Good files cut off at every part, and with bytes turned over: an Error or a page, never a crash.
TEST(Torture, SurvivesDamage) {
  for (const auto& file :
       {"torture/ocrmypdf/graph.pdf", "torture/ocrmypdf/lichtenstein.pdf", "torture/ocrmypdf/crom.png",
        "exif-orientation/Landscape_6.jpg", "torture/ocrmypdf/ccitt.pdf"}) {
    const auto good = shared(file);
    const auto bytes = bytes_of_file(std::string(SOHOA_SHARED_DATA) + "/" + file);
    for (std::size_t part = 1; part <= 12; ++part) {
      auto damaged = bytes;
      if (part <= 4)
        damaged.resize(bytes.size() * part / 5);
      else
        for (std::size_t i = part * 31; i < damaged.size(); i += 997 * part)
          damaged[i] = static_cast<std::uint8_t>(~damaged[i]);
      auto source = made(damaged);
      source.file.format = good.file.format;
      const auto child = ::fork();
      ASSERT_GE(child, 0);
      if (child == 0) ::_exit(outcome_of(source));
      int status = 0;
      ASSERT_EQ(::waitpid(child, &status, 0), child);
      EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) != slow) << file << ", damage " << part;
    }
  }
}

}  // namespace
}  // namespace sohoa::test
