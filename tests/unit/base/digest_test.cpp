#include "pipeline/base/digest.hpp"

#include <gtest/gtest.h>

namespace sohoa {
namespace {

TEST(Digest, IsSha256) {
  // FIPS 180-4's example "abc".
  EXPECT_EQ(sha256(as_bytes("abc")).hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256().update(as_bytes("a")).update(as_bytes("bc")).finish(), sha256(as_bytes("abc")));
}

TEST(Digest, ReadsItsOwnText) {
  const auto digest = sha256(as_bytes("số hóa"));
  EXPECT_EQ(*Digest::from_hex(digest.hex()), digest);
  EXPECT_FALSE(Digest::from_hex(digest.hex().substr(1)));
  EXPECT_FALSE(Digest::from_hex(std::string(64, 'g')));
}

}  // namespace
}  // namespace sohoa
