#pragma once

#include <vector>

#include "pipeline/base/result.hpp"
#include "pipeline/decode/pdf_file.hpp"
#include "pipeline/model/raster.hpp"

namespace sohoa::decode {

/// Which of a page's things are drawn.
enum class Layers {
  all,       ///< the page as a viewer shows it
  base,      ///< only the images named in RenderTask::base
  overlays,  ///< everything; where the base is drawn, RenderTask::paper is put down in its place
};

struct RenderTask {
  double dpi = 200;
  PixelRect part;  ///< pixels of the page at dpi
  Layers layers = Layers::all;
  std::vector<Ref> base;
  Raster paper;  ///< overlays: what of the base as it was decoded lies around `part`, at dpi / paper_scale
  std::int32_t paper_x = 0, paper_y = 0;  ///< its place on the page
  std::int32_t paper_scale = 1;
};

/// Draws a part of the page in RGB. Errors: resource_exhausted (time, memory).
Result<Raster> render(PdfFile& file, PageNumber number, const RenderTask& task, Deadline& deadline);

/// The whole page's size in pixels at `dpi`.
[[nodiscard]] PixelRect page_pixels(const PageSize& size, double dpi);

/// `wanted`, or less where the page would have more than `most_pixels`.
[[nodiscard]] double affordable_dpi(const PageSize& size, double wanted, double most_pixels);

}  // namespace sohoa::decode
