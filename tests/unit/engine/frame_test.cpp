#include "pipeline/engine/frame.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <thread>

namespace sohoa::engine {
namespace {

using namespace std::chrono_literals;

class FrameTest : public testing::Test {
 protected:
  FrameTest() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
    near_ = UniqueFd(ends[0]);
    far_ = UniqueFd(ends[1]);
  }
  static Deadline soon() { return std::chrono::steady_clock::now() + 200ms; }

  UniqueFd near_, far_;
};

TEST_F(FrameTest, CrossesTheSocketWhole) {
  const Bytes sent(3'000'000, 42);
  std::jthread sender([&] { EXPECT_TRUE(send_frame(near_.get(), sent, {}, no_deadline())); });
  const auto got = receive_frame(far_.get(), no_deadline());
  ASSERT_TRUE(got);
  EXPECT_EQ(got->body, sent);
}

TEST_F(FrameTest, EndsAtTheDeadline) {
  const auto got = receive_frame(far_.get(), soon());
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, ErrorCode::cancelled);
}

TEST_F(FrameTest, SaysThatThePeerIsGone) {
  near_.reset();
  EXPECT_EQ(receive_frame(far_.get(), soon()).error().code, ErrorCode::unavailable);
  EXPECT_EQ(send_frame(far_.get(), Bytes(10), {}, soon()).error().code, ErrorCode::unavailable);
}

TEST_F(FrameTest, SaysThatThePeerWentInTheMiddle) {
  const std::string half = "SHOA\x01\0\0\0\x10";
  EXPECT_EQ(::write(near_.get(), half.data(), half.size()), static_cast<ssize_t>(half.size()));
  near_.reset();
  EXPECT_EQ(receive_frame(far_.get(), soon()).error().code, ErrorCode::unavailable);
}

struct Row {
  const char* name;
  Bytes header;
  bool good;
};

class FrameHeaderTest : public testing::TestWithParam<Row> {};

TEST_P(FrameHeaderTest, IsCheckedBeforeItIsBelieved) {
  EXPECT_EQ(parse_frame_header(GetParam().header).has_value(), GetParam().good);
}

INSTANTIATE_TEST_SUITE_P(Headers, FrameHeaderTest,
                         testing::Values(Row{"good", {'S', 'H', 'O', 'A', 1, 0, 0, 0, 5, 0, 0, 0}, true},
                                         Row{"magic", {'S', 'H', 'O', 'B', 1, 0, 0, 0, 5, 0, 0, 0}, false},
                                         Row{"version", {'S', 'H', 'O', 'A', 2, 0, 0, 0, 5, 0, 0, 0}, false},
                                         Row{"descriptors", {'S', 'H', 'O', 'A', 1, 0, 5, 0, 5, 0, 0, 0}, false},
                                         Row{"size", {'S', 'H', 'O', 'A', 1, 0, 0, 0, 1, 0, 0, 0x40}, false},
                                         Row{"short", {'S', 'H', 'O', 'A'}, false}),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace sohoa::engine
