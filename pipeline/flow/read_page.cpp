#include "pipeline/flow/read_page.hpp"

#include <algorithm>
#include <array>

#include <cmath>
#include <new>

#include "pipeline/barcodes/read_barcodes.hpp"
#include "pipeline/base/clock.hpp"
#include "pipeline/decode/decode_page.hpp"
#include "pipeline/decode/inspect.hpp"
#include "pipeline/decode/source_bytes.hpp"
#include "pipeline/decode/unpack.hpp"
#include "pipeline/imaging/ink_map.hpp"
#include "pipeline/imaging/make_upright.hpp"
#include "pipeline/imaging/page_hash.hpp"
#include "pipeline/imaging/place_page.hpp"
#include "pipeline/model/sheet.hpp"
#include "pipeline/pdf/check_pdfa.hpp"
#include "pipeline/pdf/find_signatures.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::flow {
namespace {

/// Notes the CPU seconds since the last step under the step's name.
class StageClock {
 public:
  void done(std::string stage) {
    const double now = cpu_seconds();
    times_.push_back({std::move(stage), now - last_});
    last_ = now;
  }
  [[nodiscard]] std::vector<StageTime> take() { return std::move(times_); }

 private:
  double last_ = cpu_seconds();
  std::vector<StageTime> times_;
};

/// A box keeps its size and follows its centre: the frame of a slightly turned box would be too high.
PixelRect moved(const PixelRect& box, const Matrix& map) {
  const double scale_x = std::hypot(map.a, map.b);
  const double scale_y = std::hypot(map.c, map.d);
  const auto center = map({box.center_x(), box.center_y()});
  const double width = box.width * scale_x;
  const double height = box.height * scale_y;
  return {static_cast<std::int32_t>(std::lround(center.x - width / 2)),
          static_cast<std::int32_t>(std::lround(center.y - height / 2)),
          std::max(1, static_cast<std::int32_t>(std::lround(width))),
          std::max(1, static_cast<std::int32_t>(std::lround(height)))};
}

/// A right-angled turn exchanges width and height.
PixelRect moved_by_turn(const PixelRect& box, const Matrix& map) {
  const auto one = map({static_cast<double>(box.x), static_cast<double>(box.y)});
  const auto other = map({static_cast<double>(box.right()), static_cast<double>(box.bottom())});
  const auto x = static_cast<std::int32_t>(std::lround(std::min(one.x, other.x)));
  const auto y = static_cast<std::int32_t>(std::lround(std::min(one.y, other.y)));
  return {x, y, static_cast<std::int32_t>(std::lround(std::abs(other.x - one.x))),
          static_cast<std::int32_t>(std::lround(std::abs(other.y - one.y)))};
}

template <typename MoveBox>
void move(std::vector<Block>& blocks, const Matrix& map, MoveBox&& move_box) {
  for (auto& block : blocks) {
    block.box = move_box(block.box, map);
    for (auto& line : block.lines) {
      line.box = move_box(line.box, map);
      line.baseline_start = map(line.baseline_start);
      line.baseline_end = map(line.baseline_end);
      for (auto& word : line.words) word.box = move_box(word.box, map);
    }
  }
}

void normalise(std::vector<Block>& blocks) {
  for (auto& block : blocks) {
    for (auto& line : block.lines) {
      for (auto& word : line.words) word.text = text::folded_spaces(text::nfc(word.text));
      std::erase_if(line.words, [](const Word& word) { return word.text.empty(); });
    }
    std::erase_if(block.lines, [](const TextLine& line) { return line.words.empty(); });
  }
  std::erase_if(blocks, [](const Block& block) { return block.lines.empty(); });
}

Result<PdfaReport> checked(const CheckPdfaRequest& request, int source) {
  SOHOA_TRY(const auto bytes, decode::SourceBytes::map(source, request.limits));
  return pdf::check_pdfa(bytes.view());
}

Result<PdfSignatures> found_in(const FindSignaturesRequest& request, int source) {
  SOHOA_TRY(const auto bytes, decode::SourceBytes::map(source, request.limits));
  return pdf::find_signatures(bytes.view());
}

/// What a source file is; where it bears signatures, they are looked at while it is at hand.
Result<SourceInspection> looked_at(const InspectRequest& request, int source) {
  SOHOA_TRY(auto inspection, inspect(source, request.source, request.limits));
  if (!inspection.carries_signature || request.source.format != SourceFormat::pdf) return inspection;
  auto found = found_in({request.source, request.limits}, source);
  if (found) inspection.signatures = std::move(*found);
  if (!found) inspection.notes.push_back("its signatures could not be looked at: " + found.error().message);
  return inspection;
}

template <typename T>
void append(std::vector<T>& all, std::vector<T> more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// What a page shows beside its scan, a signature's logo say, is ink too. An image covers the unit square (ISO 32000-1,
/// 8.9.5); one that covers more than half of the page is the scan.
void add_pictures(std::optional<InkMap>& ink, const PageCanvas& canvas) {
  if (!ink || canvas.width <= 0 || canvas.height <= 0) return;
  const double column = canvas.width / InkMap::side, row = canvas.height / InkMap::side;
  for (const auto& picture : canvas.images) {
    const auto& place = picture.placement;
    const std::array corners{place({0, 0}), place({1, 0}), place({0, 1}), place({1, 1})};
    const auto by_x = [](const Point& a, const Point& b) { return a.x < b.x; };
    const auto by_y = [](const Point& a, const Point& b) { return a.y < b.y; };
    const auto [left, right] = std::minmax_element(corners.begin(), corners.end(), by_x);
    const auto [bottom, top] = std::minmax_element(corners.begin(), corners.end(), by_y);
    if ((right->x - left->x) * (top->y - bottom->y) > canvas.width * canvas.height / 2) continue;
    for (int r = 0; r < InkMap::rows; ++r) {
      const double upper = canvas.height - r * row;
      if (upper < bottom->y || upper - row > top->y) continue;
      for (int c = 0; c < InkMap::side; ++c) {
        if ((c + 1) * column >= left->x && c * column <= right->x) ink->set(r, c);
      }
    }
  }
}

}  // namespace

struct PageReader::State {
  explicit State(Recognizer& its_recognizer) : recognizer(its_recognizer) {}

  Result<ReadPage> read(const ReadRequest& request, int source);
  Result<PageCanvas> show(const CanvasRequest& request, int source);
  Result<ReadPage> keep_own_text(PageImage image, StageClock& clock);
  Result<ReadPage> recognize(PageImage image, const ReadOptions& options, StageClock& clock);

  Recognizer& recognizer;
  PageDecoder decoder;
};

PageReader::PageReader(Recognizer& recognizer) : state_(std::make_unique<State>(recognizer)) {}
PageReader::~PageReader() = default;

/// THE ORDER of one page.
Result<ReadPage> PageReader::State::read(const ReadRequest& request, int source) {
  StageClock clock;
  SOHOA_TRY(auto image, decoder.decode(source, request.source, request.page, request.limits));
  clock.done("decode");
  auto page = image.text_source == TextSource::born_digital ? keep_own_text(std::move(image), clock)
                                                            : recognize(std::move(image), request.options, clock);
  if (!page) return page;
  page->page.number = request.page;
  normalise(page->page.blocks);
  page->page.times = clock.take();
  return page;
}

Result<PageCanvas> PageReader::State::show(const CanvasRequest& request, int source) {
  SOHOA_TRY(auto image, decoder.decode(source, request.source, request.page, request.limits));
  return turned(std::move(image.canvas), request.turn);
}

/// A born-digital page's text is better than any reading of it.
Result<ReadPage> PageReader::State::keep_own_text(PageImage image, StageClock& clock) {
  ReadPage result;
  auto& page = result.page;
  SOHOA_TRY(page.barcodes, barcodes::read_barcodes(image.pixels, image.dpi));
  clock.done("barcodes");
  page.hash = imaging::page_hash(image.pixels);
  page.ink = imaging::ink_map(image.pixels, Turn::none);
  clock.done("hash");
  page.width = image.pixels.width();
  page.height = image.pixels.height();
  page.dpi = image.dpi;
  page.text_source = TextSource::born_digital;
  page.quality.dpi = image.dpi;
  page.quality.colour = image.colour;
  page.quality.sharpness = 1;
  page.quality.contrast = 1;
  page.blocks = std::move(image.own_text);
  page.findings = std::move(image.findings);
  result.canvas = std::move(image.canvas);
  return result;
}

Result<ReadPage> PageReader::State::recognize(PageImage image, const ReadOptions& options, StageClock& clock) {
  SOHOA_TRY(auto upright, imaging::make_upright(image));
  std::optional<InkMap> ink;
  if (!upright.quality.blank) ink = imaging::ink_map(image.pixels, upright.quality.turn);
  image.pixels = {};  // colour pixels are the largest thing here, and not needed any more
  clock.done("imaging");

  std::vector<Barcode> codes;
  if (!upright.quality.blank) {
    SOHOA_TRY(codes, barcodes::read_barcodes(upright.pixels, upright.dpi));
    clock.done("barcodes");
  }
  std::optional<PageHash> hash;
  if (!upright.quality.blank) {
    hash = imaging::page_hash(upright.pixels);
    clock.done("hash");
  }
  Reading reading;
  if (!upright.quality.blank && !sheet_on(codes)) {  // what a sheet says, its codes have said
    SOHOA_TRY(reading, recognizer.read(upright, options.languages));
    clock.done("recognize");
  }
  move(reading.blocks, upright.to_page, moved);
  for (auto& code : codes) code.box = moved(code.box, upright.to_page);
  const auto turn = upright.quality.turn;
  const bool sideways = turn == Turn::clockwise_90 || turn == Turn::clockwise_270;
  const double width = sideways ? upright.page_height : upright.page_width;
  const double height = sideways ? upright.page_width : upright.page_height;
  move(image.own_text, imaging::turning(turn, width, height), moved_by_turn);

  ReadPage result;
  auto& page = result.page;
  page.width = upright.page_width;
  page.height = upright.page_height;
  page.dpi = upright.page_dpi;
  page.text_source = reading.engine.empty() ? TextSource::none : TextSource::recognized;
  page.engine = std::move(reading.engine);
  page.blocks = std::move(reading.blocks);
  page.barcodes = std::move(codes);
  page.hash = hash;
  page.ink = ink;
  append(page.blocks, std::move(image.own_text));
  page.quality = std::move(upright.quality);
  page.findings = std::move(image.findings);
  append(page.findings, std::move(upright.findings));
  append(page.findings, std::move(reading.findings));
  if (sheet_on(page.barcodes)) {
    page.findings.push_back({"sheet", Severity::note, "a separator or cover sheet: its words are not read"});
  }
  result.canvas = turned(std::move(image.canvas), turn);
  add_pictures(page.ink, result.canvas);
  return result;
}

PageReply PageReader::answer(const PageRequest& request, std::span<const UniqueFd> fds) {
  const auto reply_of = [](auto&& result) -> PageReply {
    if (result) return *std::forward<decltype(result)>(result);
    return result.error();
  };
  if (fds.empty()) return Error{ErrorCode::invalid_input, "request without its file"};
  const int source = fds[0].get();
  try {
    if (const auto* look = std::get_if<InspectRequest>(&request)) {
      return reply_of(looked_at(*look, source));
    }
    if (const auto* open_up = std::get_if<UnpackRequest>(&request)) {
      if (fds.size() < 2) return Error{ErrorCode::invalid_input, "request without its output"};
      return reply_of(unpack(source, open_up->source, open_up->limits, fds[1].get()));
    }
    if (const auto* show = std::get_if<CanvasRequest>(&request)) return reply_of(state_->show(*show, source));
    if (const auto* check = std::get_if<CheckPdfaRequest>(&request)) return reply_of(checked(*check, source));
    if (const auto* find = std::get_if<FindSignaturesRequest>(&request)) return reply_of(found_in(*find, source));
    return reply_of(state_->read(std::get<ReadRequest>(request), source));
  } catch (const std::bad_alloc&) {
    return Error{ErrorCode::resource_exhausted, "the page needs more memory than a page worker has"};
  }
}

Bytes PageReader::answer(ByteView request, std::span<const UniqueFd> fds) {
  const auto decoded = wire::from_bytes<PageRequest>(request);
  return wire::to_bytes(decoded ? answer(*decoded, fds) : PageReply(decoded.error()));
}

}  // namespace sohoa::flow
