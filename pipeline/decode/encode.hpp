#pragma once

#include "pipeline/base/result.hpp"
#include "pipeline/model/image_stream.hpp"
#include "pipeline/model/quality.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::decode {

// Pixels -> what a PDF embeds. None of the streams is marked original. Errors: internal (the codec refused; memory).

/// CCITT Group 4 of a grey raster; samples under 128 are black.
Result<ImageStream> encode_ccitt(const Raster& grey);

/// Baseline JPEG; quality 1..100.
Result<ImageStream> encode_jpeg(const Raster& raster, int quality);

/// Flate with PNG row filters (PDF: /Predictor 15), without loss.
Result<ImageStream> encode_flate(const Raster& raster);

/// Flate of a grey raster cut down to 16 even levels, 4 bits a sample: a third of encode_flate on rendered text, and no
/// difference that an eye sees.
Result<ImageStream> encode_sixteen_greys(const Raster& grey);

/// The smallest form without loss: Group 4 where every sample is 0 or 255, a palette up to 256 colours, else Flate.
Result<ImageStream> encode_lossless(const Raster& raster);

/// Whichever is smaller: encode_lossless, or a JPEG of `quality`. For patches of mixed content.
Result<ImageStream> encode_smallest(const Raster& raster, int quality);

}  // namespace sohoa::decode
