#include "pipeline/model/source.hpp"

namespace sohoa {

std::string_view media_type(SourceFormat format) {
  switch (format) {
    case SourceFormat::pdf: return "application/pdf";
    case SourceFormat::tiff: return "image/tiff";
    case SourceFormat::jpeg: return "image/jpeg";
    case SourceFormat::png: return "image/png";
    case SourceFormat::webp: return "image/webp";
    case SourceFormat::heic: return "image/heic";
    case SourceFormat::jpeg2000: return "image/jp2";
    case SourceFormat::bmp: return "image/bmp";
    case SourceFormat::gif: return "image/gif";
    case SourceFormat::zip: return "application/zip";
  }
  return "application/octet-stream";
}

}  // namespace sohoa
