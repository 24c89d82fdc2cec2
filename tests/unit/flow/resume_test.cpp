// What a process that was killed in the middle of a stack leaves pending: the stack, and parts of it that were entered
// and not archived. The stack's own job ends its parts; were they begun by themselves, each would be the whole stack.
#include <gtest/gtest.h>

#include "archive/rocks_archive.hpp"
#include "pipeline/flow/digitizer.hpp"
#include "tests/unit/archive/samples.hpp"

namespace sohoa::flow {
namespace {

using test::must;

TEST(Resume, BeginsAStackAndNotItsParts) {
  const test::TemporaryFolder folder("resume");
  test::HastyFiles files;
  const auto archive = must(RocksArchive::open(folder / "data", OpenMode::read_write, {&files}));
  const auto source = must(test::try_source(archive->objects(), "stack"));
  SubmissionTerms terms;
  terms.split = *split_of("sheets");
  const auto submission = must(archive->open_submission(terms));
  const auto stack = must(archive->add_item(submission, test::pending_item(source)));
  for (std::uint32_t number = 1; number <= 3; ++number) {
    auto part = test::pending_item(source);
    part.name += "#" + std::to_string(number);
    part.depth = 1;
    part.part = StackPart{number, 2 * number, 1, ""};
    part.stack = stack.index;
    must(archive->add_item(submission, std::move(part)));
  }
  ASSERT_EQ(must(archive->pending()).size(), 4U);

  engine::Zygote::Options page;
  page.executable = SOHOA_BINARY_DIR "/sohoa-page";
  Digitizer::Options options;
  options.work_folder = folder / "work";
  options.crew.workers = 1;
  Digitizer digitizer(*archive, must(engine::Zygote::start(std::move(page))), std::move(options));
  EXPECT_EQ(must(digitizer.resume()), 1U);
  EXPECT_EQ(must(digitizer.resume()), 0U) << "it is in hand";
}

}  // namespace
}  // namespace sohoa::flow
