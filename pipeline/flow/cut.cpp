#include "pipeline/flow/cut.hpp"

#include <algorithm>

namespace sohoa::flow {
namespace {

/// Walks over a stack's pages with at most one part open.
class Cutting {
 public:
  Cutting(std::span<const PageFacts> pages, const Split& split, const std::string& dossier)
      : pages_(pages), split_(split), next_{0, 0, dossier, ""} {
    // A stack that nobody put sheets in is one paper, blank backs and all.
    trims_ = split.at == Split::At::sheets &&
             std::any_of(pages.begin(), pages.end(), [](const PageFacts& page) { return page.sheet.has_value(); });
  }

  Cut run() {
    for (std::uint32_t number = 1; number <= pages_.size(); ++number) take(number);
    close();
    return std::move(cut_);
  }

 private:
  void take(std::uint32_t number) {
    const auto& page = pages_[number - 1];
    if (page.sheet) {
      close();
      ++cut_.sheets;
      if (page.sheet->kind == Sheet::Kind::cover) next_ = {0, 0, page.sheet->dossier, page.sheet->component};
    } else if (page.blank && split_.at == Split::At::blank) {
      close();
      ++cut_.blank_pages;
    } else {
      if (next_.pages++ == 0) next_.first_page = number;
      if (split_.at == Split::At::count && next_.pages == split_.pages) close();
    }
  }

  void close() {
    auto part = next_;
    next_.pages = 0;
    if (trims_) trim(part);
    if (part.pages > 0) cut_.parts.push_back(std::move(part));
  }

  void trim(CutPart& part) {
    const auto blank = [&](std::uint32_t number) { return pages_[number - 1].blank; };
    const auto before = part.pages;
    while (part.pages > 0 && blank(part.first_page + part.pages - 1)) --part.pages;
    for (; part.pages > 0 && blank(part.first_page); --part.pages) ++part.first_page;
    cut_.blank_pages += before - part.pages;
  }

  const std::span<const PageFacts> pages_;
  const Split split_;
  bool trims_ = false;
  CutPart next_;  ///< the open part; no page of it yet where `pages` is 0
  Cut cut_;
};

}  // namespace

PageFacts facts_of(const RecognizedPage& page) {
  PageFacts facts{sheet_on(page.barcodes), page.quality.blank};
  const bool patched = std::any_of(page.barcodes.begin(), page.barcodes.end(),
                                   [](const Barcode& one) { return one.format == BarcodeFormat::patch_t; });
  if (!facts.sheet && patched) facts.sheet = Sheet{};
  return facts;
}

StackSums Cut::sums() const {
  StackSums sums{static_cast<std::uint32_t>(parts.size()), 0, sheets, blank_pages};
  for (const auto& part : parts) sums.document_pages += part.pages;
  return sums;
}

Cut cut(std::span<const PageFacts> pages, const Split& split, const std::string& dossier) {
  return Cutting(pages, split, dossier).run();
}

}  // namespace sohoa::flow
