#include "pipeline/model/image_stream.hpp"

#include <gtest/gtest.h>

namespace sohoa {
namespace {

struct Row {
  Turn turn;
  Point top_left;  ///< where the unturned page's top left corner comes to lie
  double width, height;
};

class Turned : public testing::TestWithParam<Row> {};

TEST_P(Turned, MovesTheTopLeftCornerClockwise) {
  PageCanvas canvas{200, 100, {}};
  canvas.images.push_back({{}, {200, 0, 0, 100, 0, 0}});
  const auto result = turned(canvas, GetParam().turn);
  EXPECT_EQ(result.width, GetParam().width);
  EXPECT_EQ(result.height, GetParam().height);
  EXPECT_EQ(result.images[0].placement({0, 1}), GetParam().top_left);
}

INSTANTIATE_TEST_SUITE_P(All, Turned,
                         testing::Values(Row{Turn::none, {0, 100}, 200, 100},
                                         Row{Turn::clockwise_90, {100, 200}, 100, 200},
                                         Row{Turn::half, {200, 0}, 200, 100},
                                         Row{Turn::clockwise_270, {0, 0}, 100, 200}));

}  // namespace
}  // namespace sohoa
