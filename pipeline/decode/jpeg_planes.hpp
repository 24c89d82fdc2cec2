#pragma once

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/decode/planes.hpp"
#include "pipeline/model/limits.hpp"

namespace sohoa::decode {

/// A JPEG's own planes, of grey or Y Cb Cr images of 8 bits: neither enlarged nor turned into R G B. Data that ends
/// early gives grey from there on. Errors: unsupported (R G B, CMYK, odd sampling), invalid_input (broken),
/// resource_exhausted (limits).
Result<Planes> decode_jpeg_planes(ByteView bytes, const Limits& limits);

}  // namespace sohoa::decode
