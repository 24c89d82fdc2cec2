#pragma once

#include <string>
#include <string_view>

namespace sohoa::fields {

/// The family name that `read` is, or, of the frequent ones, is but for its marks; "" where there is none, or more than
/// one.
[[nodiscard]] std::string known_family(std::string_view read);

/// The family name that `read` was before a seal's ring or a pen stroke ran over its beginning: the nearest of the
/// frequent ones, or a rare one that lacks nothing but marks. A proposal for an officer, never sure; "" where none is
/// near.
[[nodiscard]] std::string nearest_family(std::string_view read);

}  // namespace sohoa::fields
