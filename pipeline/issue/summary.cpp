#include "pipeline/issue/summary.hpp"

#include <algorithm>

#include "pipeline/model/review.hpp"

namespace sohoa::issue {
namespace {

constexpr std::size_t most_codes = 100;  // findings come from page workers, which are not trusted with our memory

std::string pages(std::uint32_t count) {
  return std::to_string(count) + (count == 1 ? " page" : " pages");
}

}  // namespace

void Summary::add_page(const RecognizedPage& page) {
  switch (page.text_source) {
    case TextSource::recognized: ++counts_.recognized; break;
    case TextSource::born_digital: ++counts_.born_digital; break;
    case TextSource::none: ++counts_.without_text; break;
  }
  const QualityReport& quality = page.quality;
  counts_.blank += quality.blank;
  counts_.with_seals += !quality.seals.empty();
  counts_.turned += quality.turn != Turn::none;
  counts_.cut_edges += quality.cut_edges;
  counts_.dpi_estimated += quality.dpi_estimated;
  if (const double dpi = page.dpi.value; dpi > 0) {
    counts_.lowest_dpi = counts_.lowest_dpi == 0 ? dpi : std::min(counts_.lowest_dpi, dpi);
    counts_.highest_dpi = std::max(counts_.highest_dpi, dpi);
  }
  for (const auto& block : page.blocks) {
    for (const auto& line : block.lines) {
      counts_.words += line.words.size();
      if (page.text_source != TextSource::recognized || is_apart(block.role)) continue;
      for (const auto& word : line.words) {
        confidence_sum_ += word.confidence;
        counts_.doubtful_words += is_doubtful(word);
      }
      confidence_words_ += line.words.size();
    }
  }
  for (const auto& finding : page.findings) {
    const auto known = findings_.find(finding.code);
    if (known == findings_.end() && findings_.size() == most_codes) continue;
    auto& repeated = findings_[finding.code];
    if (repeated.pages == 0) repeated = {finding, page.number.value, 0};
    repeated.first.severity = std::max(repeated.first.severity, finding.severity);
    ++repeated.pages;
  }
}

double Summary::mean_confidence() const {
  return confidence_words_ == 0 ? 100.0 : confidence_sum_ / static_cast<double>(confidence_words_);
}

std::vector<std::string> Summary::notes() const {
  std::vector<std::string> notes = notes_;
  if (!failed_.empty()) {
    notes.push_back(pages(static_cast<std::uint32_t>(failed_.size())) + " could not be read, the first is page " +
                    std::to_string(failed_.front().page.value) + ": " + failed_.front().error.message);
  }
  for (const auto& [code, repeated] : findings_) {
    if (repeated.first.severity == Severity::note) continue;
    notes.push_back(code + " on " + pages(repeated.pages) + ", first on page " + std::to_string(repeated.first_page) +
                    ": " + repeated.first.message);
  }
  return notes;
}

}  // namespace sohoa::issue
