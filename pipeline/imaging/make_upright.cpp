// The order, and why. What decides is measured on the page reduced to about 150 dpi (glyphs, skew, border) and 75 dpi
// (paper, inks), where it costs a quarter and a sixteenth; the full page is passed over by SIMD loops only:
//   shrink what is too large -> paper -> inks (need white paper) -> border, tones (need grey without seals) -> blank?
//   -> glyphs -> direction and skew (from clean glyphs) -> the full page: grey by that plan -> specks -> one resampling
//   that turns, deskews and scales. A blank page is left as it came.
// Measured on one core of 2020s servers, A4 at 300 dpi: see README.md.

#include "pipeline/imaging/make_upright.hpp"

#include <algorithm>
#include <cmath>
#include <new>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <string>

#include "pipeline/imaging/black_seal.hpp"
#include "pipeline/imaging/despeckle.hpp"
#include "pipeline/imaging/glyphs.hpp"
#include "pipeline/imaging/grey_page.hpp"
#include "pipeline/imaging/mat.hpp"
#include "pipeline/imaging/measures.hpp"
#include "pipeline/imaging/place_page.hpp"
#include "pipeline/imaging/reading_direction.hpp"
#include "pipeline/imaging/reduce.hpp"
#include "pipeline/imaging/scan_border.hpp"
#include "pipeline/imaging/shades.hpp"

namespace sohoa::imaging {
namespace {

constexpr std::int32_t survey_side = 1800;  // pixels of the longer side: 150 dpi for A4

/// The page at two small sizes, on white paper.
struct Survey {
  GreyPlan plan;
  Raster grey;  ///< about 150 dpi, by the plan
  Dpi grey_dpi;
  double to_page = 1;  ///< pixels of the ink map -> pixels of the page
  float contrast = 0;
  std::optional<BlackSeal> black_seal;  ///< on the ink map; also among the plan's seals
};

Survey survey(const Shades& page, Dpi dpi) {
  const int factor = factor_for(page.luma, survey_side);
  const auto small = reduced(page, factor);
  const auto smaller = colours_of(reduced(small, 2));
  Survey found;
  found.grey_dpi = {dpi.value / factor};
  found.to_page = factor * 2.0;
  const Dpi map_dpi{dpi.value / found.to_page};
  auto& plan = found.plan;
  plan.paper = measure_paper(smaller);
  if (page.coloured()) plan.inks = separate_inks(on_white_paper(smaller, plan.paper), map_dpi);

  found.contrast = contrast_of(small.luma);
  const auto clean = grey_page(small, plan);
  plan.border = find_scan_border(clean).mask;
  plan.tones = measure_tones(clean);
  found.grey = finished(clean, plan.border, plan.tones);
  if (plan.inks.seals.empty()) {
    found.black_seal = find_black_seal(reduced(found.grey, 2), map_dpi);
    if (found.black_seal) plan.inks.seals.push_back(found.black_seal->seal);
  }
  return found;
}

/// The full page, grey, for reading.
Raster grey_for_reading(const Shades& page, const Survey& found, Dpi dpi) {
  auto grey = grey_page(page, found.plan);
  if (!found.black_seal) return grey;
  const auto on_page = [&](double place) { return (place + 0.5) * found.to_page - 0.5; };
  const auto& [center, radius, coverage] = found.black_seal->rim;
  return without_black_seal(grey, {{on_page(center.x), on_page(center.y)}, radius * found.to_page, coverage}, dpi);
}

/// Both directions at once: pixels of the working page -> pixels of the page image once turned.
PixelRect mapped(const PixelRect& box, const Matrix& map) {
  const auto a = map({static_cast<double>(box.x), static_cast<double>(box.y)});
  const auto b = map({static_cast<double>(box.right()), static_cast<double>(box.bottom())});
  const auto x = static_cast<std::int32_t>(std::lround(std::min(a.x, b.x)));
  const auto y = static_cast<std::int32_t>(std::lround(std::min(a.y, b.y)));
  return {x, y, static_cast<std::int32_t>(std::lround(std::abs(a.x - b.x))),
          static_cast<std::int32_t>(std::lround(std::abs(a.y - b.y)))};
}

Matrix scaling(double x, double y) {
  return {x, 0, 0, y, 0, 0};
}

/// A page too fine to read is shrunk before anything else.
Raster workable(const Raster& page, Dpi dpi, const ImagingOptions& options) {
  double scale = dpi.value > options.shrink_above.value ? options.reading_dpi.value / dpi.value : 1;
  const double pixels = static_cast<double>(page.width()) * page.height();
  scale = std::min(scale, std::sqrt(static_cast<double>(options.most_pixels) / pixels));
  if (scale >= 1) return page;
  return shrunk(page, std::max(1, static_cast<std::int32_t>(std::lround(page.width() * scale))),
                std::max(1, static_cast<std::int32_t>(std::lround(page.height() * scale))));
}

double enlargement(const Raster& page, Dpi dpi, const ImagingOptions& options) {
  if (dpi.value >= options.enlarge_below.value) return 1;
  const double pixels = static_cast<double>(page.width()) * page.height();
  const double wanted = std::min(options.reading_dpi.value / dpi.value, 4.0);
  return std::max(1.0, std::min(wanted, std::sqrt(static_cast<double>(options.most_pixels) / pixels)));
}

void describe(const QualityReport& quality, std::int64_t specks, std::vector<Finding>& findings) {
  const auto note = [&](std::string code, Severity severity, std::string message) {
    findings.push_back({std::move(code), severity, std::move(message)});
  };
  if (quality.blank) return note("blank_page", Severity::note, "the page is blank");
  if (quality.dpi.value < 150) {
    note("low_resolution", Severity::warning,
         std::to_string(std::lround(quality.dpi.value)) + " dpi, 200 are asked for");
  }
  if (quality.contrast < 0.35F) note("low_contrast", Severity::warning, "ink hardly differs from paper");
  if (quality.cut_edges) note("cut_edges", Severity::warning, "text touches the page's edge");
  if (quality.turn == Turn::none && quality.turn_confidence < 0.5F) {
    note("direction_unsure", Severity::note, "which way up the page stands could not be told; it was left as it is");
  }
  if (specks > 0) note("despeckled", Severity::note, std::to_string(specks) + " specks were left out for reading");
}

/// Nothing but pale imprints of a seal from the sheet that lay on it, whose ink may have soaked in to black.
bool nothing_written(const Survey& found) {
  constexpr float well_printed = 0.95F;
  constexpr float hardly_seen = 0.6F;   // the ring met may be an inner one:
  constexpr double whole_seal_mm = 20;  // so half the width of an office's seal counts, from the middle
  constexpr double rim_mm = 1.35;
  const double mm = found.grey_dpi.value / 25.4;
  constexpr double scale = 2;  // ink map -> found.grey
  std::vector<PixelRect> imprints;
  for (const auto& [box, confidence] : found.plan.inks.seals) {
    if (confidence >= well_printed) return false;
    const double half = std::max(scale * std::max(box.width, box.height) / 2 + rim_mm * mm,
                                 confidence < hardly_seen ? whole_seal_mm * mm : 0);
    imprints.push_back({static_cast<std::int32_t>(scale * box.center_x() - half),
                        static_cast<std::int32_t>(scale * box.center_y() - half), static_cast<std::int32_t>(2 * half),
                        static_cast<std::int32_t>(2 * half)});
  }
  return is_blank(found.grey, found.grey_dpi, imprints);
}

struct Upright {
  Turn turn = Turn::none;
  double skew_degrees = 0;
};

Upright decide(const Survey& found, const Glyphs& glyphs, const ImagingOptions& options, QualityReport& quality) {
  const auto direction = find_direction(glyphs);
  auto skew = direction.skew;
  if (skew.confidence < options.sure_skew && direction.turn == Turn::none) {
    if (const auto by_rows = skew_of_pixels(found.grey); by_rows.confidence > skew.confidence) skew = by_rows;
  }
  quality.turn = direction.turn;
  quality.turn_confidence = direction.confidence;
  quality.skew_confidence = skew.confidence;
  const bool act = skew.confidence >= options.sure_skew && std::abs(skew.degrees) >= options.least_skew_degrees;
  quality.skew_degrees = act ? static_cast<float>(skew.degrees) : 0;
  return {direction.turn, act ? skew.degrees : 0};
}

Result<UprightPage> make(const PageImage& page, const ImagingOptions& options) {
  const auto shades = shades_of(workable(page.pixels, page.dpi, options), page.chroma);
  const auto& work = shades.luma;
  const double work_scale = static_cast<double>(work.width()) / page.pixels.width();
  const double work_scale_y = static_cast<double>(work.height()) / page.pixels.height();
  const Dpi work_dpi{page.dpi.value * work_scale};
  const auto found = survey(shades, work_dpi);

  UprightPage upright;
  auto& quality = upright.quality;
  quality.dpi = page.dpi;
  quality.dpi_estimated = page.dpi_estimated;
  quality.colour = page.colour;
  quality.contrast = found.contrast;
  quality.blank = nothing_written(found);

  Despeckled cleaned{work, 0};
  Upright way;
  if (!quality.blank) {
    cleaned = despeckle(grey_for_reading(shades, found, work_dpi), work_dpi);
    const auto glyphs = find_glyphs(found.grey);
    quality.cut_edges = has_cut_edges(glyphs);
    way = decide(found, glyphs, options, quality);
  }
  quality.sharpness = sharpness_of(cleaned.page);
  const double scale = quality.blank ? 1 : enlargement(work, work_dpi, options);
  auto placed = place_page(cleaned.page, {way.turn, way.skew_degrees, scale});

  const bool quarter = way.turn == Turn::clockwise_90 || way.turn == Turn::clockwise_270;
  upright.page_width = quarter ? page.pixels.height() : page.pixels.width();
  upright.page_height = quarter ? page.pixels.width() : page.pixels.height();
  upright.page_dpi = page.dpi;
  upright.dpi = {work_dpi.value * scale};
  upright.to_page = then(placed.to_turned, quarter ? scaling(1 / work_scale_y, 1 / work_scale)
                                                   : scaling(1 / work_scale, 1 / work_scale_y));
  upright.pixels = std::move(placed.pixels);
  const auto map_to_page = then(scaling(found.to_page / work_scale, found.to_page / work_scale_y),
                                turning(way.turn, page.pixels.width(), page.pixels.height()));
  for (const auto& seal : found.plan.inks.seals) {
    quality.seals.push_back(
        {intersection(mapped(seal.box, map_to_page), {0, 0, upright.page_width, upright.page_height}),
         seal.confidence});
  }
  upright.findings = page.findings;
  describe(quality, cleaned.specks, upright.findings);
  return upright;
}

}  // namespace

Result<UprightPage> make_upright(const PageImage& page, const ImagingOptions& options) {
  if (page.pixels.empty() || page.pixels.width() < 1 || page.pixels.height() < 1) {
    return Error{ErrorCode::invalid_input, "page without pixels"};
  }
  if (page.pixels.channels() != 1 && page.pixels.channels() != 3) {
    return Error{ErrorCode::invalid_input, std::to_string(page.pixels.channels()) + " channels"};
  }
  if (!(page.dpi.value >= 1) || page.dpi.value > 1e5)
    return Error{ErrorCode::invalid_input, "page without a resolution"};
  try {
    cv::setNumThreads(0);
    return make(page, options);
  } catch (const std::bad_alloc&) {
    return Error{ErrorCode::resource_exhausted, "no memory for the page"};
  } catch (const cv::Exception& failure) {
    return Error{failure.code == cv::Error::StsNoMem ? ErrorCode::resource_exhausted : ErrorCode::internal,
                 "imaging: " + failure.err};
  }
}

}  // namespace sohoa::imaging
