// Drawing with outlines: every glyph is filled as a path, so that its place is exact to a fraction of a pixel and the
// same path gives the outline for the ground truth. Pen digits are strokes through a few points of a hand-drawn model,
// jittered, slanted and joined by Catmull-Rom curves.

#include "datasets/sheet.hpp"

#include <cmath>
#include <map>

namespace sohoa::datasets {
namespace {

using Stroke = std::vector<Point>;

/// Models of the characters in a box 0.55 wide and 1 tall, y up.
const std::map<char, std::vector<Stroke>>& pen_models() {
  static const std::map<char, std::vector<Stroke>> models = {
      {'0', {{{.30, 1}, {.10, .8}, {.03, .45}, {.14, .05}, {.34, .02}, {.51, .3}, {.51, .7}, {.38, .97}, {.27, 1}}}},
      {'1', {{{.12, .74}, {.31, 1}}, {{.31, 1}, {.29, .5}, {.26, 0}}}},
      {'2',
       {{{.06, .78}, {.20, .98}, {.42, .95}, {.46, .72}, {.30, .38}, {.04, .03}},
        {{.04, .03}, {.26, .05}, {.53, .01}}}},
      {'3',
       {{{.08, .9}, {.28, 1}, {.46, .85}, {.38, .62}, {.20, .53}},
        {{.20, .53}, {.45, .45}, {.48, .18}, {.28, 0}, {.03, .1}}}},
      {'4',
       {{{.34, 1}, {.20, .68}, {.03, .35}},
        {{.03, .35}, {.30, .34}, {.56, .38}},
        {{.40, .62}, {.38, .3}, {.35, -.03}}}},
      {'5',
       {{{.14, .97}, {.10, .75}, {.08, .55}},
        {{.08, .55}, {.28, .62}, {.47, .42}, {.44, .14}, {.25, -.01}, {.03, .08}},
        {{.14, .97}, {.32, .97}, {.52, 1}}}},
      {'6', {{{.42, .98}, {.20, .75}, {.06, .4}, {.09, .1}, {.28, 0}, {.46, .16}, {.42, .4}, {.24, .47}, {.08, .28}}}},
      {'7', {{{.05, .94}, {.28, .97}, {.53, .96}}, {{.53, .96}, {.37, .55}, {.25, 0}}}},
      {'8',
       {{{.44, .88},
         {.25, 1},
         {.08, .82},
         {.23, .57},
         {.45, .34},
         {.42, .1},
         {.22, 0},
         {.05, .15},
         {.15, .42},
         {.38, .68},
         {.45, .86}}}},
      {'9',
       {{{.46, .78}, {.30, .99}, {.10, .86}, {.10, .62}, {.28, .52}, {.46, .76}}, {{.46, .78}, {.45, .4}, {.31, 0}}}},
      {'/', {{{.02, -.12}, {.2, .45}, {.40, 1.08}}}},
  };
  return models;
}

}  // namespace

void add_curve(cairo_t* context, const std::vector<Point>& points) {
  if (points.empty()) return;
  const auto at = [&](std::size_t i, int offset) {
    const auto index = static_cast<std::ptrdiff_t>(i) + offset;
    return points[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(index, 0, std::ssize(points) - 1))];
  };
  cairo_move_to(context, points[0].x, points[0].y);
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const Point before = at(i, -1), from = at(i, 0), to = at(i, 1), after = at(i, 2);
    cairo_curve_to(context, from.x + (to.x - before.x) / 6, from.y + (to.y - before.y) / 6,
                   to.x - (after.x - from.x) / 6, to.y - (after.y - from.y) / 6, to.x, to.y);
  }
}

Sheet::Sheet(double dpi)
    : dpi_(dpi),
      surface_(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(std::lround(page_width * dpi / 72)),
                                          static_cast<int>(std::lround(page_height * dpi / 72)))),
      context_(cairo_create(surface_.get())) {
  cairo_set_source_rgb(context(), 1, 1, 1);
  cairo_paint(context());
  cairo_scale(context(), dpi / 72, dpi / 72);
  cairo_set_line_cap(context(), CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(context(), CAIRO_LINE_JOIN_ROUND);
}

std::vector<Point> Sheet::path_points(double reach) const {
  const CairoPath path(cairo_copy_path_flat(context()));
  std::vector<Point> points;
  const auto add = [&](double x, double y) {
    cairo_user_to_device(context(), &x, &y);
    points.push_back({x, y});
  };
  constexpr double diagonal = 0.7071;
  for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
    if (path->data[i].header.type == CAIRO_PATH_CLOSE_PATH) continue;
    const double x = path->data[i + 1].point.x;
    const double y = path->data[i + 1].point.y;
    if (reach <= 0) {
      add(x, y);
      continue;
    }
    for (const double sx : {-1.0, 1.0}) {
      add(x + sx * reach, y);
      add(x, y + sx * reach);
      for (const double sy : {-1.0, 1.0}) add(x + sx * reach * diagonal, y + sy * reach * diagonal);
    }
  }
  return points;
}

std::vector<Point> Sheet::text(const std::string& utf8, Point baseline, const std::string& family,
                               const TextStyle& style, Ink ink) {
  select_font(context(), family, style);
  cairo_new_path(context());
  cairo_move_to(context(), baseline.x, baseline.y);
  cairo_text_path(context(), utf8.c_str());
  auto points = path_points(0);
  // text_path leaves the pen's end position as a lone point, which is no ink.
  if (!points.empty()) points.pop_back();
  cairo_set_source_rgb(context(), ink.red, ink.green, ink.blue);
  cairo_fill(context());
  return points;
}

std::vector<Point> Sheet::stroke(double width, Ink ink) {
  auto points = path_points(width / 2);
  cairo_set_line_width(context(), width);
  cairo_set_source_rgb(context(), ink.red, ink.green, ink.blue);
  cairo_stroke(context());
  return points;
}

std::vector<Point> Sheet::pen(const std::string& digits, Point baseline, Point size, Ink ink, Random& random) {
  const double cell = size.x / static_cast<double>(digits.size());
  const double slant = random.uniform(0.05, 0.35);
  const double nib = random.uniform(0.9, 1.5);
  std::vector<Point> all;
  double x = baseline.x;
  for (const char c : digits) {
    const double height = size.y * random.uniform(0.88, 1.1);
    const double width = std::min(cell * 1.35, height * 0.95) * random.uniform(0.85, 1.0);
    const double lift = random.uniform(-0.06, 0.08) * size.y;
    cairo_new_path(context());
    for (auto stroke_points : pen_models().at(c)) {
      for (auto& p : stroke_points) {
        const double px = p.x + random.uniform(-.03, .03) + slant * (p.y - 0.5);
        const double py = p.y + random.uniform(-.03, .03);
        p = {x + px * width, baseline.y - lift - py * height};
      }
      add_curve(context(), stroke_points);
    }
    const auto points = stroke(nib, ink);
    all.insert(all.end(), points.begin(), points.end());
    x += cell;
  }
  return all;
}

void Sheet::rule(const PlacedRule& rule, Ink ink) {
  cairo_new_path(context());
  cairo_move_to(context(), rule.from.x, rule.from.y);
  cairo_line_to(context(), rule.to.x, rule.to.y);
  cairo_set_line_cap(context(), CAIRO_LINE_CAP_BUTT);
  stroke(rule.width, ink);
  cairo_set_line_cap(context(), CAIRO_LINE_CAP_ROUND);
}

Raster Sheet::take() {
  cairo_surface_flush(surface_.get());
  const int width = cairo_image_surface_get_width(surface_.get());
  const int height = cairo_image_surface_get_height(surface_.get());
  const int stride = cairo_image_surface_get_stride(surface_.get());
  const auto* data = cairo_image_surface_get_data(surface_.get());
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) * height * 3);
  auto* to = pixels.data();
  for (int y = 0; y < height; ++y) {
    const auto* from = data + static_cast<std::ptrdiff_t>(y) * stride;
    for (int x = 0; x < width; ++x, from += 4, to += 3) {  // B G R x in memory on a little-endian machine
      to[0] = from[2];
      to[1] = from[1];
      to[2] = from[0];
    }
  }
  return {width, height, 3, std::move(pixels)};
}

}  // namespace sohoa::datasets
