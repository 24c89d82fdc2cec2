#include "pipeline/base/wire.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace sohoa {
namespace {

enum class Fruit : std::uint8_t { apple, pear };

struct Basket {
  std::string name;
  std::vector<std::uint16_t> weights;
  std::optional<double> price;
  std::variant<Error, Fruit> content = Fruit::pear;
  bool ripe = false;
  static constexpr auto fields = [](auto& self) {
    return std::tie(self.name, self.weights, self.price, self.content, self.ripe);
  };
};

}  // namespace

template <>
inline constexpr int wire::enum_last<Fruit> = static_cast<int>(Fruit::pear);

namespace {

Basket sample() {
  return {"giỏ", {1, 2, 65535}, 2.5, Fruit::pear, true};
}

TEST(Wire, GivesBackWhatWasWritten) {
  const auto basket = wire::from_bytes<Basket>(wire::to_bytes(sample()));
  ASSERT_TRUE(basket);
  EXPECT_EQ(basket->name, "giỏ");
  EXPECT_EQ(basket->weights, (std::vector<std::uint16_t>{1, 2, 65535}));
  EXPECT_EQ(basket->price, 2.5);
  EXPECT_EQ(std::get<Fruit>(basket->content), Fruit::pear);
  EXPECT_TRUE(basket->ripe);
}

TEST(Wire, RejectsEveryPrefixAndEveryAddition) {
  auto bytes = wire::to_bytes(sample());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(wire::from_bytes<Basket>(ByteView(bytes).first(size))) << size;
  }
  bytes.push_back(0);
  EXPECT_FALSE(wire::from_bytes<Basket>(bytes));
}

TEST(Wire, RejectsACountBeyondTheBytesThatAreLeft) {
  const Bytes bytes{0xff, 0xff, 0xff, 0xff, 'a'};
  EXPECT_FALSE(wire::from_bytes<std::string>(bytes));
  EXPECT_FALSE(wire::from_bytes<std::vector<std::uint8_t>>(bytes));
  EXPECT_FALSE(wire::from_bytes<std::vector<std::string>>(bytes));
}

TEST(Wire, RejectsValuesOutOfRange) {
  EXPECT_FALSE(wire::from_bytes<Fruit>(Bytes{2}));
  EXPECT_FALSE(wire::from_bytes<bool>(Bytes{2}));
  EXPECT_FALSE((wire::from_bytes<std::variant<Error, Fruit>>(Bytes{2, 0})));
  EXPECT_FALSE(wire::from_bytes<double>(wire::to_bytes(std::numeric_limits<double>::infinity())));
  EXPECT_FALSE(wire::from_bytes<float>(wire::to_bytes(std::numeric_limits<float>::quiet_NaN())));
}

}  // namespace
}  // namespace sohoa
