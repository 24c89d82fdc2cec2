// Seals, signatures and stamps. Stamp ink is transparent: it is multiplied onto the paper, so black text stays black
// under it, and it is laid on unevenly through a mask of smooth noise. No real seal is imitated: the ring's text calls
// it a specimen, and a plain star stands for the arms.

#include "datasets/marks.hpp"

#include <cassert>
#include <cmath>
#include <numbers>

#include "pipeline/issue/qr_code.hpp"

namespace sohoa::datasets {
namespace {

constexpr double pi = std::numbers::pi;

Ink stamp_red(Random& random) {
  return {random.uniform(0.78, 0.90), random.uniform(0.08, 0.20), random.uniform(0.10, 0.20)};
}

void set_ink(cairo_t* context, Ink ink) {
  cairo_set_source_rgb(context, ink.red, ink.green, ink.blue);
}

/// Lays what `draw` draws, with origin and angle, onto the sheet like stamp ink.
template <typename Draw>
void stamp_on(Sheet& sheet, Point origin, double angle, double reach, Random& random, Draw&& draw) {
  constexpr int cells = 48;
  auto* context = sheet.context();
  cairo_save(context);
  cairo_translate(context, origin.x, origin.y);
  cairo_rotate(context, angle);
  cairo_rectangle(context, -reach, -reach, 2 * reach, 2 * reach);
  cairo_clip(context);
  cairo_push_group(context);
  draw(context);
  cairo_pop_group_to_source(context);

  const CairoSurface mask(cairo_image_surface_create(CAIRO_FORMAT_A8, cells, cells));
  auto* alpha = cairo_image_surface_get_data(mask.get());
  const int stride = cairo_image_surface_get_stride(mask.get());
  const double weakest = random.uniform(0.45, 0.8);
  for (int y = 0; y < cells; ++y) {
    for (int x = 0; x < cells; ++x)
      alpha[y * stride + x] = static_cast<std::uint8_t>(255 * random.uniform(weakest, 1.0));
  }
  cairo_surface_mark_dirty(mask.get());
  cairo_pattern_t* pattern = cairo_pattern_create_for_surface(mask.get());
  cairo_matrix_t to_cells;
  cairo_matrix_init_scale(&to_cells, cells / (2 * reach), cells / (2 * reach));
  cairo_matrix_translate(&to_cells, reach, reach);
  cairo_pattern_set_matrix(pattern, &to_cells);
  cairo_pattern_set_extend(pattern, CAIRO_EXTEND_PAD);
  cairo_set_operator(context, CAIRO_OPERATOR_MULTIPLY);
  cairo_mask(context, pattern);
  cairo_pattern_destroy(pattern);
  cairo_restore(context);
}

void circle(cairo_t* context, double radius, double width) {
  cairo_new_path(context);
  cairo_arc(context, 0, 0, radius, 0, 2 * pi);
  cairo_set_line_width(context, width);
  cairo_stroke(context);
}

void star(cairo_t* context, Point center, double radius) {
  cairo_new_path(context);
  for (int i = 0; i < 10; ++i) {
    const double r = i % 2 == 0 ? radius : radius * 0.4;
    const double angle = -pi / 2 + i * pi / 5;
    cairo_line_to(context, center.x + r * std::cos(angle), center.y + r * std::sin(angle));
  }
  cairo_close_path(context);
  cairo_fill(context);
}

/// Letters upright along a circle, spread evenly from `start`, clockwise.
void ring_text(cairo_t* context, const std::string& text, double radius, double start) {
  select_font(context, "Liberation Sans", {Face::bold, 8.6});
  cairo_text_extents_t whole;
  cairo_text_extents(context, text.c_str(), &whole);
  const double stretch = 2 * pi * radius / whole.x_advance;
  double done = 0;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t next = i + 1;
    while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0) == 0x80) ++next;
    const auto letter = text.substr(i, next - i);
    cairo_text_extents_t extents;
    cairo_text_extents(context, letter.c_str(), &extents);
    cairo_save(context);
    cairo_rotate(context, start + (done + extents.x_advance / 2) * stretch / radius);
    cairo_move_to(context, -extents.x_advance / 2, -radius);
    cairo_show_text(context, letter.c_str());
    cairo_restore(context);
    done += extents.x_advance;
    i = next;
  }
}

void seal_face(cairo_t* context, Ink ink) {
  set_ink(context, ink);
  circle(context, seal_radius - 1, 2.0);
  circle(context, seal_radius - 4, 0.8);
  circle(context, seal_radius - 19, 1.0);
  ring_text(context, "MẪU THỬ NGHIỆM • KHÔNG CÓ GIÁ TRỊ PHÁP LÝ • ", seal_radius - 14.5, -pi / 2);
  circle(context, 20, 0.7);
  star(context, {0, -2}, 12);
  for (const double side : {-1.0, 1.0}) {  // ears of rice, roughly
    for (int i = 0; i < 7; ++i) {
      const double angle = pi / 2 + side * (0.25 + 0.24 * i);
      cairo_new_path(context);
      cairo_move_to(context, 22.5 * std::cos(angle), 22.5 * std::sin(angle));
      cairo_line_to(context, 27 * std::cos(angle + side * 0.12), 27 * std::sin(angle + side * 0.12));
      cairo_set_line_width(context, 2.2);
      cairo_stroke(context);
    }
  }
}

Outline outline_at(const Sheet& sheet, Point origin, double angle, const std::vector<Point>& corners) {
  std::vector<Point> points;
  const double scale = sheet.dpi() / 72;
  for (const auto& p : corners)
    points.push_back({(origin.x + p.x * std::cos(angle) - p.y * std::sin(angle)) * scale,
                      (origin.y + p.x * std::sin(angle) + p.y * std::cos(angle)) * scale});
  return hull_of(std::move(points));
}

/// The corners of a frame drawn with a line of width `line`, which reaches half of it outwards.
std::vector<Point> rectangle(double width, double height, double line = 0) {
  const double out = line / 2;
  return {{-out, -out}, {width + out, -out}, {width + out, height + out}, {-out, height + out}};
}

/// Draws a stamp's lines in its own coordinates and gathers their words.
class StampText {
 public:
  StampText(Sheet& sheet, DrawnStamp& stamp, std::string family)
      : sheet_(sheet), stamp_(stamp), family_(std::move(family)) {}

  void print(const std::string& text, Point at, const TextStyle& style, Ink ink) {
    TrueLine line;
    line.baseline_start = to_pixels(at);
    double x = at.x;
    for (std::size_t start = 0; start < text.size();) {
      const auto end = std::min(text.find(' ', start), text.size());
      const auto word = text.substr(start, end - start);
      line.words.push_back({word, hull_of(sheet_.text(word, {x, at.y}, family_, style, ink)), false});
      x += advance(word + " ", style);
      start = end + 1;
    }
    line.baseline_end = to_pixels({x, at.y});
    stamp_.block.lines.push_back(std::move(line));
  }

  /// "Số:" and the digits beside it, on a dotted line.
  void print_and_write(const std::string& label, const std::string& digits, Point at, Ink ink, Ink pen,
                       Random& random) {
    const TextStyle style{Face::regular, 10};
    print(label, at, style, ink);
    const double x = at.x + advance(label + " ", style);
    const double dots_end = 104;
    for (double dot = x; dot < dots_end; dot += 2.6) {
      cairo_new_path(sheet_.context());
      cairo_arc(sheet_.context(), dot, at.y + 0.8, 0.4, 0, 2 * pi);
      set_ink(sheet_.context(), ink);
      cairo_fill(sheet_.context());
    }
    auto& line = stamp_.block.lines.back();
    const double room = std::min(6.2 * static_cast<double>(digits.size()), incoming_stamp_width - 7 - x);
    auto points = sheet_.pen(digits, {x + 3, at.y - 1.5}, {room, 9.5}, pen, random);
    line.words.push_back({digits, hull_of(std::move(points)), true});
    line.baseline_end = to_pixels({x + room, at.y});
  }

 private:
  double advance(const std::string& text, const TextStyle& style) {
    select_font(sheet_.context(), family_, style);
    cairo_text_extents_t extents;
    cairo_text_extents(sheet_.context(), text.c_str(), &extents);
    return extents.x_advance;
  }
  [[nodiscard]] Point to_pixels(Point p) const {
    cairo_user_to_device(sheet_.context(), &p.x, &p.y);
    return p;
  }

  Sheet& sheet_;
  DrawnStamp& stamp_;
  std::string family_;
};

void frame(Sheet& sheet, double width, double height, double line, Ink ink) {
  cairo_new_path(sheet.context());
  cairo_rectangle(sheet.context(), 0, 0, width, height);
  sheet.stroke(line, ink);
}

}  // namespace

Ink draw_pen_ink(Random& random) {
  if (random.chance(0.35)) return {0.08, 0.08, 0.1};
  return {random.uniform(0.05, 0.2), random.uniform(0.12, 0.28), random.uniform(0.55, 0.8)};
}

TrueMark draw_seal(Sheet& sheet, Point center, Random& random) {
  const Ink ink = stamp_red(random);
  const double angle = random.uniform(-0.3, 0.3);
  stamp_on(sheet, center, angle, seal_radius + 3, random, [&](cairo_t* context) { seal_face(context, ink); });
  std::vector<Point> ring;
  for (int i = 0; i < 72; ++i)
    ring.push_back({seal_radius * std::cos(i * pi / 36), seal_radius * std::sin(i * pi / 36)});
  return {"seal", outline_at(sheet, center, 0, ring)};
}

TrueMark draw_signature(Sheet& sheet, Point center, double width, Random& random) {
  const Ink ink = draw_pen_ink(random);
  const double nib = random.uniform(1.1, 1.8);
  const double height = width * random.uniform(0.28, 0.55);
  std::vector<Point> points;
  // A tall start, loops that grow smaller, and a long tail.
  double x = center.x - width * 0.45;
  const int loops = random.between(3, 6);
  for (int i = 0; i < loops; ++i) {
    const double tall = height * (i == 0 ? 1.0 : random.uniform(0.3, 0.75));
    points.push_back({x, center.y + tall * random.uniform(0.2, 0.45)});
    points.push_back({x + width * 0.09, center.y - tall * random.uniform(0.45, 0.65)});
    points.push_back({x + width * random.uniform(0.0, 0.05), center.y - tall * random.uniform(0.0, 0.2)});
    x += width * random.uniform(0.07, 0.14);
  }
  points.push_back({x, center.y + height * 0.15});
  points.push_back({x + width * 0.15, center.y + height * random.uniform(-0.1, 0.2)});
  points.push_back({x + width * random.uniform(0.35, 0.6), center.y - height * random.uniform(0.0, 0.5)});
  cairo_new_path(sheet.context());
  add_curve(sheet.context(), points);
  auto ink_points = sheet.stroke(nib, ink);
  if (random.chance(0.5)) {  // an underline, or a stroke through it
    const double y = center.y + height * random.uniform(0.1, 0.4);
    cairo_new_path(sheet.context());
    add_curve(sheet.context(), {{center.x - width * 0.35, y}, {center.x, y - 3}, {center.x + width * 0.55, y - 9}});
    const auto more = sheet.stroke(nib * 0.9, ink);
    ink_points.insert(ink_points.end(), more.begin(), more.end());
  }
  return {"signature", hull_of(std::move(ink_points))};
}

DrawnStamp draw_incoming_stamp(Sheet& sheet, const IncomingStamp& stamp, Point top_left, Random& random) {
  constexpr double width = incoming_stamp_width, height = incoming_stamp_height, head = 13;
  const Ink ink = random.chance(0.5) ? stamp_red(random) : Ink{0.12, 0.16, 0.62};
  const Ink pen = draw_pen_ink(random);
  const double angle = random.uniform(-0.05, 0.05);
  DrawnStamp drawn{{BlockKind::stamp, {}},
                   {"stamp", outline_at(sheet, top_left, angle, rectangle(width, height, 1.1))}};
  cairo_save(sheet.context());
  cairo_translate(sheet.context(), top_left.x, top_left.y);
  cairo_rotate(sheet.context(), angle);
  frame(sheet, width, height, 1.1, ink);
  cairo_move_to(sheet.context(), 0, head);
  cairo_line_to(sheet.context(), width, head);
  cairo_move_to(sheet.context(), 34, head);
  cairo_line_to(sheet.context(), 34, height);
  sheet.stroke(0.8, ink);
  StampText text(sheet, drawn, "Liberation Sans");
  const double letters = static_cast<double>(stamp.agency.size());
  text.print(stamp.agency, {4, 9.5}, {Face::bold, std::min(7.5, 170 / letters)}, ink);
  text.print("ĐẾN", {5, 40}, {Face::bold, 11}, ink);
  text.print_and_write("Số:", stamp.number, {39, 29}, ink, pen, random);
  text.print_and_write("Ngày:", stamp.date, {39, 46}, ink, pen, random);
  cairo_restore(sheet.context());
  return drawn;
}

DrawnStamp draw_urgency_stamp(Sheet& sheet, const std::string& text, Point top_left, Random& random) {
  const Ink ink = stamp_red(random);
  const TextStyle style{Face::bold, 14};
  const double width = FontBook("Liberation Serif").width(text, style) + 14;
  const double angle = random.uniform(-0.06, 0.06);
  DrawnStamp drawn{{BlockKind::stamp, {}},
                   {"stamp", outline_at(sheet, top_left, angle, rectangle(width, urgency_stamp_height, 1.4))}};
  cairo_save(sheet.context());
  cairo_translate(sheet.context(), top_left.x, top_left.y);
  cairo_rotate(sheet.context(), angle);
  frame(sheet, width, urgency_stamp_height, 1.4, ink);
  StampText(sheet, drawn, "Liberation Serif").print(text, {7, 17}, style, ink);
  cairo_restore(sheet.context());
  return drawn;
}

DrawnStamp draw_card_code(Sheet& sheet, const std::string& text, Point top_left) {
  const auto code = issue::qr_code(text);
  assert(code);  // a card's text is a tenth of what a code holds
  const Ink ink{0, 0, 0};
  const TextStyle style{Face::bold, 11};
  DrawnStamp drawn{{BlockKind::stamp, {}},
                   {"qr", outline_at(sheet, top_left, 0, rectangle(card_code_side, card_code_side))}};
  cairo_save(sheet.context());
  cairo_translate(sheet.context(), top_left.x, top_left.y);
  StampText(sheet, drawn, "Liberation Sans").print("MẪU", {card_code_side / 2 - 13, -5}, style, ink);
  // One path for all modules, so that no light comes through between them.
  const double module = card_code_side / code->side;
  cairo_new_path(sheet.context());
  for (int i = 0; i < code->side * code->side; ++i) {
    if (code->dark[static_cast<std::size_t>(i)]) {
      cairo_rectangle(sheet.context(), i % code->side * module, i / code->side * module, module, module);
    }
  }
  set_ink(sheet.context(), ink);
  cairo_fill(sheet.context());
  cairo_restore(sheet.context());
  return drawn;
}

DrawnStamp draw_e_signature(Sheet& sheet, const std::vector<std::string>& lines, Point top_right, Random& random) {
  const Ink ink = random.chance(0.5) ? Ink{0.1, 0.15, 0.75} : Ink{0.75, 0.1, 0.1};
  const TextStyle style{Face::regular, 6.5};
  const FontBook fonts("Liberation Sans");
  double width = 0;
  for (const auto& line : lines) width = std::max(width, fonts.width(line, style));
  const Point at{top_right.x - width, top_right.y};
  const double height = 8.2 * static_cast<double>(lines.size());
  DrawnStamp drawn{{BlockKind::stamp, {}}, {"stamp", outline_at(sheet, at, 0, rectangle(width, height))}};
  StampText text(sheet, drawn, "Liberation Sans");
  for (std::size_t i = 0; i < lines.size(); ++i)
    text.print(lines[i], {at.x, at.y + 6.5 + 8.2 * static_cast<double>(i)}, style, ink);
  return drawn;
}

}  // namespace sohoa::datasets
