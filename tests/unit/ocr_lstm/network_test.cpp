#include "ocr/lstm/network.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "ocr/lstm/traineddata.hpp"
#include "tests/unit/ocr_lstm/small_network.hpp"

namespace sohoa::ocr::lstm {
namespace {

Network small() {
  std::mt19937 random(3);
  return test::random_network(random, 16, 8, {8, 12}, 20);
}

TEST(NetworkTest, IsReadAsItWasWritten) {
  const auto network = small();
  const auto read = Network::parse(test::network_bytes(network));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->height, 36);
  EXPECT_EQ(read->convolution.weights, network.convolution.weights);
  EXPECT_EQ(read->column.forget_gate.weights, network.column.forget_gate.weights);
  ASSERT_EQ(read->along.size(), 2u);
  EXPECT_EQ(read->along[0].direction, Direction::forward);
  EXPECT_EQ(read->along[1].direction, Direction::backward);
  EXPECT_EQ(read->along[1].output_gate.weights, network.along[1].output_gate.weights);
  EXPECT_EQ(read->output.outputs, 20);
  EXPECT_EQ(read->null_code, 19);
  EXPECT_EQ(read->sample_iteration, 4711);
  EXPECT_NEAR(read->output.scales[7] / network.output.scales[7], 1, 1e-6);
}

TEST(NetworkTest, TruncatedAnywhereIsRefused) {
  const auto bytes = test::network_bytes(small());
  // The three floats at the end are not needed for reading.
  for (std::size_t length = 0; length + 12 < bytes.size(); length += length < 400 ? 1 : 97) {
    const auto read = Network::parse(ByteView(bytes).first(length));
    ASSERT_FALSE(read) << length;
    EXPECT_EQ(read.error().code, ErrorCode::invalid_input) << length;
  }
}

TEST(NetworkTest, DamagedAnywhereIsReadOrRefused) {
  const auto bytes = test::network_bytes(small());
  std::mt19937 random(5);
  int refused = 0;
  for (int i = 0; i < 3000; ++i) {
    auto damaged = bytes;
    for (int k = 0; k < 3; ++k)
      damaged[random() % std::min<std::size_t>(damaged.size(), 900)] = static_cast<std::uint8_t>(random());
    refused += Network::parse(damaged) ? 0 : 1;
  }
  EXPECT_GT(refused, 300);
}

TEST(NetworkTest, OfAnotherFamilyIsUnsupported) {
  const auto replaced = [](std::string_view from, std::string_view to) {
    auto bytes = test::network_bytes(small());
    const auto at = std::search(bytes.begin(), bytes.end(), from.begin(), from.end());
    EXPECT_NE(at, bytes.end());
    std::copy(to.begin(), to.end(), at);
    return Network::parse(bytes);
  };
  for (const auto& [from, to] : {std::pair{"Tanh", "Relu"},
                                 {"Maxpool", "Replica"},
                                 {"XYTranspose", "TTBReversed"},
                                 {"Softmax", "Logisti"},
                                 {"RTLReversed", "XYTranspose"}}) {
    const auto read = replaced(from, to);
    ASSERT_FALSE(read) << to;
    EXPECT_EQ(read.error().code, ErrorCode::unsupported) << to;
  }
}

TEST(NetworkTest, OfTheInstalledModelHasItsPublishedShape) {
  const auto data = TrainedData::load(SOHOA_VIE_MODEL);
  ASSERT_TRUE(data);
  const auto network = Network::parse(*data->component(Component::network));
  ASSERT_TRUE(network) << network.error().message;
  EXPECT_EQ(network->column.cells, 48);
  ASSERT_EQ(network->along.size(), 3u);
  EXPECT_EQ(network->along[1].direction, Direction::backward);
  EXPECT_EQ(network->along[2].cells, 192);
  EXPECT_EQ(network->output.outputs, 269);
  EXPECT_EQ(network->null_code, 268);
}

TEST(TrainedDataTest, GivesComponentsByTheirPlaceInTheTable) {
  Bytes bytes;
  test::append(bytes, std::int32_t{24});
  const std::int64_t begin = 4 + 24 * 8;
  for (int i = 0; i < 24; ++i) {
    test::append(bytes, i == 17 ? begin + 3 : i == 21 ? begin : std::int64_t{-1});
  }
  for (const char c : {'a', 'b', 'c', 'd', 'e'}) bytes.push_back(static_cast<std::uint8_t>(c));
  const auto data = TrainedData::parse(bytes);
  ASSERT_TRUE(data);
  EXPECT_EQ(as_text(*data->component(Component::unicharset)), "abc");
  EXPECT_EQ(as_text(*data->component(Component::network)), "de");
  EXPECT_FALSE(data->component(Component::word_dawg));
  for (std::size_t length = 0; length < static_cast<std::size_t>(begin); ++length) {
    EXPECT_FALSE(TrainedData::parse(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length))));
  }
  auto beyond = bytes;
  beyond[4 + 17 * 8 + 4] = 1;  // 4 GiB further
  EXPECT_FALSE(TrainedData::parse(beyond));
}

TEST(TrainedDataTest, NamesTheFileThatIsNotThere) {
  const auto data = TrainedData::load("/nowhere/xyz.traineddata");
  ASSERT_FALSE(data);
  EXPECT_EQ(data.error().code, ErrorCode::not_found);
  EXPECT_THAT(data.error().message, testing::HasSubstr("xyz.traineddata"));
}

}  // namespace
}  // namespace sohoa::ocr::lstm
