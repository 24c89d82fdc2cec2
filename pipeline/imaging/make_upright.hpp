#pragma once

#include "pipeline/base/result.hpp"
#include "pipeline/model/page_image.hpp"

namespace sohoa::imaging {

/// When a step acts. The defaults suit administrative papers.
struct ImagingOptions {
  Dpi reading_dpi{300};  ///< what pages outside the next two bounds are brought to
  Dpi enlarge_below{200};
  Dpi shrink_above{400};
  /// Less is left: readers follow a line that far, and Tesseract 5.3 cuts marks off lines that are quite level
  /// (README.md).
  double least_skew_degrees = 0.5;
  float sure_skew = 0.4F;                 ///< confidence, 0..1, from which a skew is undone
  std::int64_t most_pixels = 40'000'000;  ///< of the result; a larger page is shrunk
};

/// Makes a page fit for reading: border and shade taken away, seals and stamps in red or blue removed, black on white,
/// turned upright, deskewed, brought to a resolution that reads well; and says what the page is worth. Every step that
/// is unsure leaves the page as it is, and the quality report says so. A blank page comes back grey and otherwise
/// untouched. One thread, no state; OpenCV's own threads are switched off for the process. Memory: at most 5 bytes a
/// page pixel above the input. Errors: invalid_input (no pixels, neither 1 nor 3 channels, no dpi); resource_exhausted
/// (memory); internal (OpenCV).
[[nodiscard]] Result<UprightPage> make_upright(const PageImage& page, const ImagingOptions& options = {});

}  // namespace sohoa::imaging
