#pragma once

#include "pipeline/pdf/judge.hpp"

namespace sohoa::pdf {

/// What an ICC profile says of itself (ICC.1, 7.2).
struct IccHeader {
  std::string device_class;  ///< "mntr"
  std::string space;         ///< "RGB "
  int major = 0;             ///< of its version
};
[[nodiscard]] std::optional<IccHeader> icc_header(const Judge& judge, const Object& stream);

/// The output intents (ISO 19005-2, 6.2.3); sets judge.output_space.
void check_output_intents(Judge& judge);

/// A colour space that is used with these resources (6.2.4): device colours need the output intent's space, or a
/// default space of the resources.
void check_colour_space(Judge& judge, const Object& space, const Object& resources, const std::string& where);
/// "DeviceRGB", "DeviceCMYK" or "DeviceGray" is used.
void check_device_space(Judge& judge, std::string_view name, const Object& resources, const std::string& where);

/// Whether painting in the space is painting in CMYK by a profile (6.2.4.2).
[[nodiscard]] bool is_icc_cmyk(const Judge& judge, const Object& space);

}  // namespace sohoa::pdf
