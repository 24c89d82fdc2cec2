#include "datasets/truth.hpp"

#include <algorithm>
#include <cmath>

#include "datasets/json.hpp"

namespace sohoa::datasets {
namespace {

void move(Outline& outline, const Matrix& matrix) {
  for (auto& point : outline) point = matrix(point);
}

void add_box(JsonWriter& json, const PixelRect& box) {
  json.key("box").begin_array().value(box.x).value(box.y).value(box.width).value(box.height).end_array();
}

PixelRect box_of(const TrueLine& line) {
  PixelRect box;
  for (const auto& word : line.words) box = united(box, datasets::box_of(word.outline));
  return box;
}
PixelRect box_of(const TrueBlock& block) {
  PixelRect box;
  for (const auto& line : block.lines) box = united(box, box_of(line));
  return box;
}

void add_line(JsonWriter& json, const TrueLine& line) {
  json.new_line().begin_object();
  add_box(json, box_of(line));
  json.key("baseline").begin_array();
  json.value(line.baseline_start.x).value(line.baseline_start.y).value(line.baseline_end.x).value(line.baseline_end.y);
  json.end_array().key("words").begin_array();
  for (const auto& word : line.words) {
    json.begin_object().member("text", word.text);
    add_box(json, datasets::box_of(word.outline));
    if (word.by_pen) json.member("by_pen", true);
    json.end_object();
  }
  json.end_array().end_object();
}

void add_steps(JsonWriter& json, const TruePage& page) {
  json.key("degradations").begin_array();
  for (const auto& step : page.steps) {
    json.begin_object().member("name", step.name);
    for (const auto& [name, value] : step.parameters) json.member(name, value);
    json.end_object();
  }
  json.end_array();
}

void add_page(JsonWriter& json, const TrueDocument& truth, std::size_t index) {
  const auto& page = truth.pages[index];
  json.new_line().begin_object().member("page", index + 1);
  json.member("file", truth.files[index]).member("gt_file", truth.gt_files[index]);
  json.member("width", page.width).member("height", page.height).member("dpi", page.dpi);
  json.member("skew_degrees", page.skew_degrees).member("turned_degrees", page.turned_degrees);
  add_steps(json, page);
  json.key("marks").begin_array();
  for (const auto& mark : page.marks) {
    json.begin_object().member("kind", mark.kind);
    add_box(json, datasets::box_of(mark.outline));
    json.end_object();
  }
  json.end_array().key("blocks").begin_array();
  for (const auto& block : page.blocks) {
    json.new_line().begin_object().member("kind", name_of(block.kind));
    add_box(json, box_of(block));
    json.key("lines").begin_array();
    for (const auto& line : block.lines) add_line(json, line);
    json.end_array().end_object();
  }
  json.end_array().end_object();
}

std::string joined(const std::vector<std::string>& lines, std::string_view between) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) text += (i == 0 ? "" : std::string(between)) + lines[i];
  return text;
}

bool has_seal(const TruePage& page) {
  return std::any_of(page.marks.begin(), page.marks.end(), [](const TrueMark& mark) { return mark.kind == "seal"; });
}

void add_fields(JsonWriter& json, const TrueDocument& truth, const DocumentText& text) {
  const auto sealed = std::find_if(truth.pages.begin(), truth.pages.end(), has_seal);
  json.key("fields").begin_object();
  json.member("issuing_agency", text.agency_name());
  json.member("parent_agency", joined(text.parent_agency, " "));
  json.member("number_symbol", text.number + text.symbol);
  json.member("place", text.place).member("issue_date", text.iso_date());
  json.member("document_type", info_of(text.type).heading);
  json.member("document_type_printed", text.type != DocumentType::letter);
  json.member("abstract", text.abstract);
  json.key("addressees").values(text.addressees);
  json.key("recipients").values(text.recipients);
  json.member("signer_name", text.signer.name).member("signer_title", joined(text.signer.authority, "\n"));
  json.member("signature_page", truth.pages.size());
  json.member("seal_present", sealed != truth.pages.end());
  json.member("signature_seal_on_page1", !truth.pages.empty() && has_seal(truth.pages.front()));
  json.member("number_handwritten", truth.number_by_pen).member("date_handwritten", truth.day_by_pen);
  json.member("incoming_number", text.incoming ? text.incoming->number : "");
  json.member("incoming_date", text.incoming ? text.incoming->date : "");
  json.member("urgency", text.urgency).member("validity", text.validity);
  json.key("personal_identifiers").values(text.personal_identifiers);
  json.key("old_identity_numbers").values(text.old_identity_numbers);
  json.key("tax_codes").values(text.tax_codes);
  json.key("travel_document_numbers").values(text.travel_document_numbers);
  json.key("owner_names").values(text.owner_names).member("card_code", text.card_code);
  json.end_object();
}

}  // namespace

PixelRect box_of(const Outline& outline) {
  if (outline.empty()) return {};
  double left = outline[0].x, right = left, top = outline[0].y, bottom = top;
  for (const auto& point : outline) {
    left = std::min(left, point.x);
    right = std::max(right, point.x);
    top = std::min(top, point.y);
    bottom = std::max(bottom, point.y);
  }
  const auto x = static_cast<std::int32_t>(std::floor(left));
  const auto y = static_cast<std::int32_t>(std::floor(top));
  return {x, y, static_cast<std::int32_t>(std::ceil(right)) - x, static_cast<std::int32_t>(std::ceil(bottom)) - y};
}

Outline hull_of(std::vector<Point> points) {
  std::sort(points.begin(), points.end(), [](Point a, Point b) { return a.x != b.x ? a.x < b.x : a.y < b.y; });
  points.erase(std::unique(points.begin(), points.end()), points.end());
  if (points.size() < 3) return points;
  const auto turns_left = [](Point a, Point b, Point c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) > 0;
  };
  Outline hull;
  const auto chain = [&](auto begin, auto end) {
    const auto base = hull.size();
    for (auto point = begin; point != end; ++point) {
      while (hull.size() >= base + 2 && !turns_left(hull[hull.size() - 2], hull.back(), *point)) hull.pop_back();
      hull.push_back(*point);
    }
    hull.pop_back();  // the chain's end starts the next one
  };
  chain(points.begin(), points.end());
  chain(points.rbegin(), points.rend());
  return hull;
}

void move(TruePage& page, const Matrix& matrix, std::int32_t width, std::int32_t height) {
  page.width = width;
  page.height = height;
  for (auto& mark : page.marks) move(mark.outline, matrix);
  for (auto& block : page.blocks) {
    for (auto& line : block.lines) {
      line.baseline_start = matrix(line.baseline_start);
      line.baseline_end = matrix(line.baseline_end);
      for (auto& word : line.words) move(word.outline, matrix);
    }
  }
}

std::string ground_truth_text(const TruePage& page) {
  std::string text;
  const auto add = [&](const TrueBlock& block) {
    if (!text.empty()) text += '\n';
    if (block.kind == BlockKind::stamp) text += "[stamp]\n";
    for (const auto& line : block.lines) {
      for (std::size_t i = 0; i < line.words.size(); ++i) text += (i == 0 ? "" : " ") + line.words[i].text;
      text += '\n';
    }
  };
  for (const auto& block : page.blocks) {
    if (block.kind != BlockKind::stamp) add(block);
  }
  for (const auto& block : page.blocks) {
    if (block.kind == BlockKind::stamp) add(block);
  }
  return text;
}

std::string truth_json(const TrueDocument& truth, const DocumentText& text) {
  JsonWriter json;
  json.begin_object().member("name", truth.name).member("seed", truth.seed).member("stratum", truth.stratum);
  json.member("type", info_of(text.type).key).member("font", truth.font);
  json.new_line();
  add_fields(json, truth, text);
  json.key("pages").begin_array();
  for (std::size_t i = 0; i < truth.pages.size(); ++i) add_page(json, truth, i);
  json.end_array().end_object();
  return json.take() + "\n";
}

}  // namespace sohoa::datasets
