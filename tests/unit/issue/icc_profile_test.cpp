#include "pipeline/issue/icc_profile.hpp"

#include <gtest/gtest.h>
#include <lcms2.h>

#include <array>
#include <memory>

namespace sohoa::issue {
namespace {

struct CloseProfile {
  void operator()(void* profile) const { cmsCloseProfile(profile); }
};
struct DeleteTransform {
  void operator()(void* transform) const { cmsDeleteTransform(transform); }
};
using Profile = std::unique_ptr<void, CloseProfile>;
using Transform = std::unique_ptr<void, DeleteTransform>;

class IccProfileTest : public testing::Test {
 protected:
  const Bytes bytes_ = srgb_icc_profile();
  Profile profile_{cmsOpenProfileFromMem(bytes_.data(), static_cast<cmsUInt32Number>(bytes_.size()))};
};

TEST_F(IccProfileTest, IsASmallVersion2DisplayProfile) {
  ASSERT_TRUE(profile_);
  EXPECT_EQ(cmsGetDeviceClass(profile_.get()), cmsSigDisplayClass);
  EXPECT_EQ(cmsGetColorSpace(profile_.get()), cmsSigRgbData);
  EXPECT_EQ(cmsGetPCS(profile_.get()), cmsSigXYZData);
  EXPECT_NEAR(cmsGetProfileVersion(profile_.get()), 2.1, 1e-6);
  EXPECT_TRUE(cmsIsMatrixShaper(profile_.get()));
  EXPECT_LT(bytes_.size(), 1200u);
  EXPECT_EQ(bytes_.size() % 4, 0u);
}

struct Colour {
  const char* name;
  std::array<double, 3> rgb;
  std::array<double, 3> xyz;  ///< published values for sRGB adapted to D50
};
class IccColours : public IccProfileTest, public testing::WithParamInterface<Colour> {};

TEST_P(IccColours, HaveTheStandardsValues) {
  const Profile to(cmsCreateXYZProfile());
  const Transform transform(
      cmsCreateTransform(profile_.get(), TYPE_RGB_DBL, to.get(), TYPE_XYZ_DBL, INTENT_RELATIVE_COLORIMETRIC, 0));
  ASSERT_TRUE(transform);
  std::array<double, 3> xyz{};
  cmsDoTransform(transform.get(), GetParam().rgb.data(), xyz.data(), 1);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(xyz[i], GetParam().xyz[i], 0.0005) << "component " << i;
}

INSTANTIATE_TEST_SUITE_P(All, IccColours,
                         testing::Values(Colour{"white", {1, 1, 1}, {0.9642, 1.0, 0.8249}},
                                         Colour{"black", {0, 0, 0}, {0, 0, 0}},
                                         Colour{"red", {1, 0, 0}, {0.4361, 0.2225, 0.0139}},
                                         Colour{"green", {0, 1, 0}, {0.3851, 0.7169, 0.0971}},
                                         Colour{"blue", {0, 0, 1}, {0.1431, 0.0606, 0.7141}},
                                         Colour{"middle_grey", {0.5, 0.5, 0.5}, {0.2064, 0.2140, 0.1766}}),
                         [](const auto& row) { return row.param.name; });

TEST_F(IccProfileTest, AgreesWithTheColourEnginesOwnSrgb) {
  const Profile own(cmsCreate_sRGBProfile());
  const Transform transform(
      cmsCreateTransform(profile_.get(), TYPE_RGB_8, own.get(), TYPE_RGB_8, INTENT_RELATIVE_COLORIMETRIC, 0));
  ASSERT_TRUE(transform);
  for (int value = 0; value < 256; value += 5) {
    const auto level = static_cast<std::uint8_t>(value);
    const std::array<std::uint8_t, 3> from = {level, static_cast<std::uint8_t>(255 - level), 128};
    std::array<std::uint8_t, 3> to{};
    cmsDoTransform(transform.get(), from.data(), to.data(), 1);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(from[i], to[i], 1) << "level " << value;
  }
}

}  // namespace
}  // namespace sohoa::issue
