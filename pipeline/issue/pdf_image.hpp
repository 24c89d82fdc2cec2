#pragma once

#include "pipeline/base/result.hpp"
#include "pipeline/issue/pdf_syntax.hpp"
#include "pipeline/model/image_stream.hpp"

namespace sohoa::issue::pdf {

/// Whether an image can be embedded without looking into its data: its measures, not its pixels, are checked.
/// Errors: invalid_input, naming what is wrong.
Result<void> check(const PlacedImage& placed);

/// The image XObject's dictionary (ISO 32000-1, 8.9.5) for the data as they are. `image` has passed check().
[[nodiscard]] Dictionary image_dictionary(const ImageStream& image);

}  // namespace sohoa::issue::pdf
