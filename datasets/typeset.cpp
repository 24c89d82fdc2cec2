// Sets a document on A4 pages. The head and the title are set on page 1 from the top down; the body becomes a list of
// lines with the space before each, which is filled into pages; the foot is set as one piece after the last line, and
// where it does not fit, the body's last two lines go with it to a new page, as typists do. Sizes and places are those
// of Decree 30/2020, annex I: body 13-14 points, motto 12-13 bold, recipients 11-12, rules of a third of the line under
// the agency and the abstract, and of the whole line under the motto.

#include "datasets/typeset.hpp"

#include <algorithm>

#include "datasets/paragraph.hpp"

namespace sohoa::datasets {
namespace {

constexpr double left_share = 0.40;  ///< of the text's width: the left column of head and foot

/// A line of the body on its way to a page.
struct FlowLine {
  PlacedLine line;
  double gap_before = 0;
  double height = 0;
  BlockKind kind = BlockKind::body;
  bool opens_block = false;
  std::vector<PlacedRule> rules;  ///< y relative to the baseline
};

class Typesetter {
 public:
  Typesetter(const DocumentText& document, const PageStyle& style, const FontBook& fonts)
      : document_(document), style_(style), fonts_(fonts), width_(style.right - style.left) {}

  std::vector<PlacedPage> typeset() {
    pages_.emplace_back();
    y_ = style_.top;
    head();
    title();
    addressees();
    clear_stamp();
    if (!document_.card_code.empty()) pages_.front().code_top = y_ + 22;
    body();
    fill_pages();
    foot();
    number_pages();
    return std::move(pages_);
  }

 private:
  [[nodiscard]] double left_width() const { return width_ * left_share; }
  [[nodiscard]] double left_center() const { return style_.left + left_width() / 2 - 6; }
  [[nodiscard]] double right_center() const { return style_.left + left_width() + (width_ - left_width()) / 2 + 6; }
  [[nodiscard]] TextStyle body_style(Face face) const { return {face, style_.body_size}; }

  PlacedBlock& open(BlockKind kind) { return pages_.back().blocks.emplace_back(PlacedBlock{kind, {}}); }

  /// One line centered around `center`; the size shrinks where it is wider than `room` (typists condense it).
  PlacedLine centered(const std::string& text, TextStyle style, double center, double room) {
    const double natural = fonts_.width(text, style);
    if (natural > room) style.size *= room / natural;
    auto lines = break_lines({{text, style}}, {0, 1e6, 0, Alignment::left}, fonts_);
    center_around(lines.front(), center, fonts_);
    return std::move(lines.front());
  }

  void put(PlacedBlock& block, PlacedLine line, double baseline) {
    line.baseline = baseline;
    block.lines.push_back(std::move(line));
  }

  void rule_under(const PlacedLine& line, double baseline, double share) {
    constexpr double below = 5.5;  // clear of the dots under letters
    const double from = line.words.front().x;
    const double to = right_end(line.words.back(), fonts_);
    const double half = (to - from) * share / 2;
    const double center = (from + to) / 2;
    pages_.back().rules.push_back({{center - half, baseline + below}, {center + half, baseline + below}, 0.75});
  }

  /// The blank for a pen: the first word's digits get room of their own.
  void leave_blank(PlacedLine& line, std::size_t word, std::size_t bytes, double room) {
    auto& at = line.words[word];
    const double printed = fonts_.width(at.text.substr(0, bytes), at.style);
    at.pen_bytes = bytes;
    at.pen_width = room;
    for (std::size_t i = word + 1; i < line.words.size(); ++i) line.words[i].x += room - printed;
  }

  void head() {
    constexpr double pitch = 15.5;
    auto& block = open(BlockKind::head);
    const double top = y_ + 12;
    double left_y = top;
    for (const auto& text : document_.parent_agency) left_y = agency_line(block, text, {Face::regular, 13}, left_y);
    for (const auto& text : document_.agency) left_y = agency_line(block, text, {Face::bold, 13}, left_y);
    rule_under(block.lines.back(), left_y - pitch, 0.42);
    const double number_y = std::max(left_y, top + 2 * pitch) + 12;
    number(block, number_y);
    left_y = number_y + pitch;
    if (document_.type == DocumentType::letter) left_y = letter_subject(block, left_y);
    motto(block, top, pitch);
    place_and_date(block, number_y);
    pages_.back().head_bottom = left_y - pitch;
    y_ = std::max(left_y, number_y + pitch) + 6;
    if (!document_.urgency.empty()) y_ = std::max(y_, pages_.back().head_bottom + urgency_stamp_height + 16);
  }

  /// Condensed where it is a little too wide, else broken.
  double agency_line(PlacedBlock& block, const std::string& text, TextStyle style, double y) {
    constexpr double pitch = 15.5;
    const double room = left_width() + 8;
    if (fonts_.width(text, style) < 1.12 * room) {
      put(block, centered(text, style, left_center(), room), y);
      return y + pitch;
    }
    for (auto& line :
         break_balanced({{text, style}}, {left_center() - room / 2, room, 0, Alignment::centered}, fonts_)) {
      put(block, std::move(line), y);
      y += pitch;
    }
    return y;
  }

  void number(PlacedBlock& block, double baseline) {
    auto line =
        centered("Số: " + document_.number + document_.symbol, {Face::regular, 13}, left_center(), left_width());
    if (style_.number_by_pen) {
      leave_blank(line, 1, document_.number.size(), 11.0 * static_cast<double>(document_.number.size()) + 6);
      center_around(line, left_center(), fonts_);
    }
    put(block, std::move(line), baseline);
  }

  double letter_subject(PlacedBlock& block, double y) {
    for (auto& line :
         break_balanced({{document_.abstract, {Face::regular, 12}}},
                        {left_center() - left_width() / 2, left_width(), 0, Alignment::centered}, fonts_)) {
      put(block, std::move(line), y);
      y += 14;
    }
    return y;
  }

  void motto(PlacedBlock& block, double top, double pitch) {
    const double room = (style_.right - right_center()) * 2;
    put(block, centered("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", {Face::bold, 13}, right_center(), room), top);
    put(block, centered("Độc lập - Tự do - Hạnh phúc", {Face::bold, 14}, right_center(), room), top + pitch);
    rule_under(block.lines.back(), top + pitch, 1.0);
  }

  void place_and_date(PlacedBlock& block, double baseline) {
    const double room = (style_.right - right_center()) * 2;
    auto line = centered(document_.place + ", ngày " + document_.printed_day() + " tháng " + document_.printed_month() +
                             " năm " + std::to_string(document_.year),
                         {Face::italic, 13.5}, right_center(), room);
    if (style_.day_by_pen) {
      leave_blank(line, line.words.size() - 5, 2, 24);
      center_around(line, right_center(), fonts_);
    }
    put(block, std::move(line), baseline);
  }

  void title() {
    if (document_.type == DocumentType::letter) return;
    auto& block = open(BlockKind::title);
    y_ += 22;
    const double center = (style_.left + style_.right) / 2;
    put(block, centered(std::string(info_of(document_.type).heading), {Face::bold, 14}, center, width_), y_);
    pages_.back().title_baseline = y_;
    for (auto& line : break_balanced({{document_.abstract, body_style(Face::bold)}},
                                     {style_.left + width_ * 0.1, width_ * 0.8, 0, Alignment::centered}, fonts_)) {
      y_ += 17;
      put(block, std::move(line), y_);
    }
    if (block.lines.size() > 1) rule_under(block.lines.back(), y_, 0.35);
    double left = center;
    for (const auto& line : block.lines) left = std::min(left, line.words.front().x);
    pages_.back().title_left = left;
    y_ += 12;
  }

  void addressees() {
    if (document_.addressees.empty()) return;
    auto& block = open(BlockKind::addressees);
    y_ += 20;
    const double first_baseline = y_;
    const auto style = body_style(Face::regular);
    if (document_.addressees.size() == 1) {
      auto lines = break_lines({{"Kính gửi: " + document_.addressees.front(), style}},
                               {style_.left + width_ * 0.12, width_ * 0.8, 0, Alignment::centered}, fonts_);
      for (auto& line : lines) {
        put(block, std::move(line), y_);
        y_ += style_.line_pitch;
      }
      y_ -= style_.line_pitch - 8;
      note_room(block, first_baseline);
      return;
    }
    const double left = style_.left + width_ * 0.24;
    put(block, break_lines({{"Kính gửi:", style}}, {left, width_, 0, Alignment::left}, fonts_).front(), y_);
    const double items = left + fonts_.width("Kính gửi:", style) + 6;
    for (std::size_t i = 0; i < document_.addressees.size(); ++i) {
      const bool last = i + 1 == document_.addressees.size();
      for (auto& line : break_lines({{"- " + document_.addressees[i] + (last ? "." : ";"), style}},
                                    {items, style_.right - items, 0, Alignment::left}, fonts_)) {
        y_ += style_.line_pitch;
        put(block, std::move(line), y_);
      }
    }
    y_ += 8;
    note_room(block, first_baseline);
  }

  /// A letter has no title: its incoming stamp stands beside the addressees.
  void note_room(const PlacedBlock& block, double baseline) {
    if (document_.type != DocumentType::letter) return;
    pages_.back().title_baseline = baseline;
    pages_.back().title_left = style_.right;
    for (const auto& line : block.lines)
      pages_.back().title_left = std::min(pages_.back().title_left, line.words.front().x);
  }

  void clear_stamp() {
    if (!document_.incoming || !style_.clear_of_stamps) return;
    y_ = std::max(y_, pages_.back().title_baseline + incoming_stamp_height);
  }

  void body() {
    bool after_centered = false;
    for (std::size_t i = 0; i < document_.paragraphs.size(); ++i) {
      if (document_.table && i == document_.table_after) {
        table();
        after_centered = true;
      }
      const auto& paragraph = document_.paragraphs[i];
      const bool is_centered = paragraph.kind == ParagraphKind::centered;
      flow_paragraph(paragraph, i == 0 || is_centered || after_centered);
      after_centered = is_centered;
    }
    if (document_.table && document_.table_after == document_.paragraphs.size()) table();
  }

  void flow_paragraph(const Paragraph& paragraph, bool opens_block) {
    const bool is_centered = paragraph.kind == ParagraphKind::centered;
    const bool bold = is_centered || paragraph.kind == ParagraphKind::heading;
    const auto face = paragraph.kind == ParagraphKind::zone    ? Face::mono
                      : bold                                   ? Face::bold
                      : paragraph.kind == ParagraphKind::basis ? Face::italic
                                                               : Face::regular;
    const auto lead_face = face == Face::italic ? Face::bold_italic : Face::bold;
    const bool zone = paragraph.kind == ParagraphKind::zone;
    const Measure measure{style_.left, width_, is_centered || zone ? 0 : style_.indent,
                          is_centered ? Alignment::centered : Alignment::justified};
    double gap = is_centered ? style_.paragraph_gap + 5 : style_.paragraph_gap;
    for (auto& line :
         break_lines({{paragraph.lead, body_style(lead_face)}, {paragraph.text, body_style(face)}}, measure, fonts_)) {
      flow_.push_back({std::move(line), gap, style_.line_pitch, BlockKind::body, opens_block, {}});
      gap = 0;
      opens_block = false;
    }
  }

  void table() {
    constexpr double row_height = 19;
    constexpr double above = 13.5;  ///< from a row's upper rule to its baseline
    const auto& table = *document_.table;
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      FlowLine row{{}, r == 0 ? 8.0 : 0.0, row_height, BlockKind::table, r == 0, {}};
      double x = style_.left;
      for (std::size_t c = 0; c < table.widths.size(); ++c) {
        const double cell = width_ * table.widths[c];
        const bool middle = r == 0 || c != 1;
        auto line = centered(table.rows[r][c], {r == 0 ? Face::bold : Face::regular, 12}, x + cell / 2, cell - 8);
        const double shift = middle ? 0 : x + 5 - line.words.front().x;
        for (auto& word : line.words) {
          word.x += shift;
          row.line.words.push_back(std::move(word));
        }
        row.rules.push_back({{x, -above}, {x, row_height - above}, 0.6});
        x += cell;
      }
      row.rules.push_back({{x, -above}, {x, row_height - above}, 0.6});
      row.rules.push_back({{style_.left, row_height - above}, {x, row_height - above}, 0.6});
      row.rules.push_back({{style_.left, -above}, {x, -above}, 0.6});
      flow_.push_back(std::move(row));
    }
  }

  void fill_pages() {
    bool fresh_page = false;
    const double foot = foot_height();
    for (std::size_t i = 0; i < flow_.size(); ++i) {
      auto& line = flow_[i];
      // The last two lines stay with the foot.
      const double needed = line.height + (i + 2 == flow_.size()   ? line.height + foot
                                           : i + 1 == flow_.size() ? foot
                                                                   : 0);
      const bool keeps = i + 2 >= flow_.size() && i + 1 != flow_.size();
      const bool full = y_ + line.gap_before + line.height > style_.bottom;
      if (full || (keeps && y_ + line.gap_before + needed > style_.bottom)) {
        pages_.emplace_back();
        y_ = style_.top;
        fresh_page = true;
      }
      place(line, fresh_page);
      fresh_page = false;
    }
  }

  void place(FlowLine& line, bool fresh_page) {
    y_ += (fresh_page ? 0 : line.gap_before) + line.height;
    auto& page = pages_.back();
    if (fresh_page || line.opens_block || page.blocks.empty() || page.blocks.back().kind != line.kind) open(line.kind);
    for (auto rule : line.rules) {
      rule.from.y += y_;
      rule.to.y += y_;
      page.rules.push_back(rule);
    }
    put(page.blocks.back(), std::move(line.line), y_);
  }

  static constexpr double recipient_pitch = 12.6;

  std::vector<PlacedLine> recipient_lines() const {
    std::vector<PlacedLine> all;
    for (const auto& name : document_.recipients) {
      for (auto& line : break_lines({{"- " + name, {Face::regular, 11}}},
                                    {style_.left, left_width() + 10, 0, Alignment::left}, fonts_))
        all.push_back(std::move(line));
    }
    return all;
  }

  double foot_height() const {
    const double left = 20 + 15 + recipient_pitch * static_cast<double>(recipient_lines().size());
    const double right = 20 + 16.5 * static_cast<double>(document_.signer.authority.size()) + style_.signature_gap + 16;
    return std::max(left, right);
  }

  void foot() {
    const double top = y_ + 24;
    if (!document_.recipients.empty()) {
      auto& block = open(BlockKind::recipients);
      put(block,
          break_lines({{"Nơi nhận:", {Face::bold_italic, 12}}}, {style_.left, left_width(), 0, Alignment::left}, fonts_)
              .front(),
          top);
      double y = top + 14;
      for (auto& line : recipient_lines()) {
        put(block, std::move(line), y);
        y += recipient_pitch;
      }
    }
    if (document_.second_signer) sign(*document_.second_signer, left_center(), top, false);
    sign(document_.signer, right_center(), top, true);
  }

  void sign(const Signer& signer, double center, double top, bool sealed) {
    auto& block = open(BlockKind::signer);
    double y = top;
    for (const auto& text : signer.authority) {
      put(block, centered(text, {Face::bold, 13.5}, center, width_ - left_width()), y);
      y += 16.5;
    }
    const double title_y = y - 16.5;
    const double name_y = title_y + style_.signature_gap;
    put(block, centered(signer.name, {Face::bold, 14}, center, width_ - left_width()), name_y);
    pages_.back().signatures.push_back({center, title_y, name_y, sealed});
  }

  void number_pages() {
    for (std::size_t i = 1; i < pages_.size(); ++i) {
      auto line = centered(std::to_string(i + 1), {Face::regular, 13}, page_width / 2, 100);
      line.baseline = style_.top - 16;
      pages_[i].blocks.insert(pages_[i].blocks.begin(), PlacedBlock{BlockKind::page_number, {std::move(line)}});
    }
  }

  const DocumentText& document_;
  const PageStyle& style_;
  const FontBook& fonts_;
  double width_;
  std::vector<PlacedPage> pages_;
  std::vector<FlowLine> flow_;
  double y_ = 0;  ///< the last baseline on the last page
};

}  // namespace

const char* name_of(BlockKind kind) {
  static constexpr const char* names[] = {"head",       "title",  "addressees",  "body", "table",
                                          "recipients", "signer", "page_number", "stamp"};
  return names[static_cast<std::size_t>(kind)];
}

PageStyle draw_style(Random& random) {
  PageStyle style;
  const double font = random.uniform(0, 1);
  style.family = font < 0.72   ? "Liberation Serif"
                 : font < 0.86 ? "FreeSerif"
                 : font < 0.93 ? "Liberation Sans"
                               : "Linux Libertine O";
  style.body_size = random.pick({13.0, 13.5, 14.0, 14.0});
  style.line_pitch = style.body_size * random.uniform(1.16, 1.38);
  style.paragraph_gap = random.uniform(2, 7);
  style.indent = random.uniform(26, 38);
  style.left = random.uniform(28, 34) * points_per_mm;
  style.right = page_width - random.uniform(16, 20) * points_per_mm;
  style.top = random.uniform(20, 24) * points_per_mm;
  style.bottom = page_height - random.uniform(20, 24) * points_per_mm;
  // Eleven signed papers: 34 to 47 mm, half of them up to 37. The seal must find room there; typists who leave less
  // have it stamped over the name.
  style.signature_gap = random.uniform(33, random.chance(0.5) ? 37 : 46) * points_per_mm;
  style.number_by_pen = random.chance(0.5);
  style.day_by_pen = style.number_by_pen && random.chance(0.8);
  return style;
}

std::vector<PlacedPage> typeset(const DocumentText& document, const PageStyle& style, const FontBook& fonts) {
  return Typesetter(document, style, fonts).typeset();
}

}  // namespace sohoa::datasets
