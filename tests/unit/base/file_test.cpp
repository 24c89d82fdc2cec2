#include "pipeline/base/file.hpp"

#include <gtest/gtest.h>

#include "tests/support/program.hpp"

namespace sohoa {
namespace {

class FileTest : public testing::Test {
 protected:
  void SetUp() override {
    for (std::size_t i = 0; i < bytes_.size(); ++i) bytes_[i] = static_cast<std::uint8_t>(i * 31 + i / 251);
    ASSERT_TRUE(write_file(folder_ / "in", bytes_));
    auto file = open_for_reading(folder_ / "in");
    ASSERT_TRUE(file);
    file_ = std::move(*file);
  }

  testing_support::TemporaryFolder folder_{"file"};
  Bytes bytes_ = Bytes((2U << 20) + 7);
  UniqueFd file_;
};

TEST_F(FileTest, HandsARangeOverInPieces) {
  Bytes read;
  int pieces = 0;
  ASSERT_TRUE(read_pieces(file_.get(), 5, (2U << 20) + 1, [&](ByteView piece) -> Result<void> {
    ++pieces;
    read.insert(read.end(), piece.begin(), piece.end());
    return {};
  }));
  EXPECT_EQ(pieces, 3);
  EXPECT_TRUE(read == Bytes(bytes_.begin() + 5, bytes_.end() - 1));
}

TEST_F(FileTest, MissesWhatAFileDoesNotHave) {
  const auto done = read_pieces(file_.get(), 0, bytes_.size() + 3, [](ByteView) { return Result<void>(); });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::data_loss);
  EXPECT_EQ(done.error().message, "3 bytes are missing at the end");
}

TEST_F(FileTest, StopsWhereThePieceIsRefused) {
  int pieces = 0;
  const auto done = read_pieces(file_.get(), 0, bytes_.size(), [&](ByteView) -> Result<void> {
    ++pieces;
    return Error{ErrorCode::resource_exhausted, "full"};
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().message, "full");
  EXPECT_EQ(pieces, 1);
}

TEST_F(FileTest, CopiesOverWhatWasThere) {
  ASSERT_TRUE(write_file(folder_ / "out", Bytes(bytes_.size() + 9)));
  const auto out = open_anew(folder_ / "out");
  ASSERT_TRUE(out);
  ASSERT_TRUE(copy_bytes(file_.get(), bytes_.size(), out->get()));
  const auto copy = read_file(folder_ / "out", bytes_.size());
  ASSERT_TRUE(copy);
  EXPECT_TRUE(*copy == bytes_);
}

TEST_F(FileTest, NamesAFileThatCannotBeMade) {
  const auto out = open_anew(folder_ / "none/out");
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace sohoa
