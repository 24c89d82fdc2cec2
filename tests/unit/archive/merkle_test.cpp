#include "archive/merkle.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace sohoa::merkle {
namespace {

std::string hex(const Digest& digest) {
  return digest.hex();
}

/// RFC 6962, 2.1, word for word.
Digest naive_root(const std::vector<Bytes>& leaves, std::size_t from, std::size_t to) {
  if (from == to) return sha256({});
  if (to - from == 1) {
    Bytes data{0x00};
    data.insert(data.end(), leaves[from].begin(), leaves[from].end());
    return sha256(data);
  }
  std::size_t k = 1;
  while (2 * k < to - from) k *= 2;
  const auto left = naive_root(leaves, from, from + k);
  const auto right = naive_root(leaves, from + k, to);
  Bytes data{0x01};
  data.insert(data.end(), left.bytes.begin(), left.bytes.end());
  data.insert(data.end(), right.bytes.begin(), right.bytes.end());
  return sha256(data);
}

class MerkleTest : public ::testing::Test {
 protected:
  void append(const Bytes& data) {
    const auto nodes = completed_by(size_, leaf_hash(data), read());
    ASSERT_TRUE(nodes) << nodes.error().message;
    for (const auto& node : *nodes) {
      EXPECT_TRUE(stored_.emplace(node.id, node.hash).second) << "a node is written once";
    }
    ++size_;
  }
  std::string root_at(std::uint64_t size) {
    const auto hash = root(size, read());
    return hash ? hash->hex() : hash.error().message;
  }
  ReadNode read() {
    return [this](NodeId id) -> Result<Digest> {
      const auto at = stored_.find(id);
      if (at == stored_.end()) return Error{ErrorCode::not_found, "asked for a node that is not complete"};
      return at->second;
    };
  }
  std::map<NodeId, Digest> stored_;
  std::uint64_t size_ = 0;
};

// The inputs and roots of Certificate Transparency's reference tests.
TEST_F(MerkleTest, GivesTheKnownRoots) {
  const std::vector<Bytes> leaves{
      {},
      {0x00},
      {0x10},
      {0x20, 0x21},
      {0x30, 0x31},
      {0x40, 0x41, 0x42, 0x43},
      {0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57},
      {0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f}};
  const char* roots[] = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                         "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                         "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                         "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                         "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                         "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                         "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                         "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                         "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  EXPECT_EQ(hex(empty_root()), roots[0]);
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    append(leaves[i]);
    EXPECT_EQ(root_at(i + 1), roots[i + 1]);
  }
}

TEST_F(MerkleTest, AgreesWithTheRecursiveDefinitionAtEverySizeAndForEveryEarlierOne) {
  std::vector<Bytes> leaves;
  for (std::uint8_t i = 0; i < 140; ++i) {
    leaves.push_back(Bytes(i, i));
    append(leaves.back());
  }
  for (std::size_t size = 0; size <= leaves.size(); ++size) {
    EXPECT_EQ(root_at(size), hex(naive_root(leaves, 0, size))) << size;
  }
}

TEST_F(MerkleTest, StoresLessThanTwoNodesALeaf) {
  for (std::uint8_t i = 0; i < 100; ++i) append({i});
  EXPECT_EQ(stored_.size(), 100U + 50 + 25 + 12 + 6 + 3 + 1);
}

TEST_F(MerkleTest, PassesOnWhatReadingANodeFailedWith) {
  const auto failing = [](NodeId) -> Result<Digest> { return Error{ErrorCode::data_loss, "gone"}; };
  EXPECT_EQ(completed_by(1, {}, failing).error().message, "gone");
  EXPECT_EQ(root(3, failing).error().message, "gone");
  EXPECT_TRUE(completed_by(2, {}, failing)) << "an even leaf completes nothing but itself";
}

TEST_F(MerkleTest, FoldsTheLargestTree) {
  const auto zero = [](NodeId) -> Result<Digest> { return Digest{}; };
  EXPECT_TRUE(root(~std::uint64_t{0}, zero));
  EXPECT_EQ(completed_by(~std::uint64_t{0} >> 1, {}, zero)->size(), 64U);
}

}  // namespace
}  // namespace sohoa::merkle
