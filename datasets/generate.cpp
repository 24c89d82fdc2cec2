#include "datasets/generate.hpp"

#include <algorithm>

#include "datasets/compose.hpp"
#include "datasets/draw.hpp"
#include "pipeline/base/file.hpp"

namespace sohoa::datasets {
namespace {

std::string with_zeros(std::uint32_t value, std::size_t digits) {
  auto text = std::to_string(value);
  if (text.size() < digits) text.insert(0, digits - text.size(), '0');
  return text;
}

/// Bytes of body: a third of the documents on one page, most on two, some on three.
std::size_t draw_body_size(Random& random) {
  const double kind = random.uniform(0, 1);
  return static_cast<std::size_t>(kind < 0.4    ? random.between(500, 1300)
                                  : kind < 0.85 ? random.between(2200, 5000)
                                                : random.between(6000, 9000));
}

struct Composition {
  DocumentText text;
  std::vector<PlacedPage> pages;
};

/// Composes and typesets, with less text each time, until it fits.
Composition compose_to_fit(DocumentType type, const Corpus& corpus, std::uint32_t most_pages, Stratum stratum,
                           const PageStyle& style, Random& random) {
  constexpr int most_tries = 12;
  const FontBook fonts(style.family);
  std::size_t size = draw_body_size(random);
  Composition made;
  for (int attempt = 0; attempt < most_tries; ++attempt, size = size * 2 / 3) {
    made.text = compose(type, corpus, size, random);
    made.pages = typeset(made.text, style, fonts);
    const bool may_cover = stratum == Stratum::degraded || stratum == Stratum::poor;
    if (made.text.incoming && made.pages.front().stamp_left() < least_stamp_left && !may_cover) {
      made.text.incoming.reset();
      made.pages = typeset(made.text, style, fonts);
    }
    if (most_pages == 0 || made.pages.size() <= most_pages) break;
  }
  return made;
}

PageStyle style_for(Stratum stratum, Random& random) {
  auto style = draw_style(random);
  style.family = available_family(style.family);
  style.clear_of_stamps = stratum != Stratum::poor && stratum != Stratum::degraded;
  // Clean pages leave the seal room between title and name; it covers the signature alone.
  if (stratum == Stratum::clean) style.signature_gap = random.uniform(128, 134);
  return style;
}

Result<void> write_text(const std::filesystem::path& path, const std::string& text) {
  return write_file(path, as_bytes(text));
}

Result<Bytes> encode(const std::vector<ScanPage>& pages, const GenerateOptions& options) {
  switch (options.format) {
    case ImageFormat::png: return encode_png(pages.front());
    case ImageFormat::jpg: return encode_jpeg(pages.front(), options.jpeg_quality);
    case ImageFormat::pdf: return encode_pdf(pages, options.jpeg_quality);
    case ImageFormat::tif: return encode_tiff(pages);
  }
  return Error{ErrorCode::internal, "unknown image format"};
}

void name_files(TrueDocument& truth, ImageFormat format) {
  const bool one_file = format == ImageFormat::pdf || format == ImageFormat::tif;
  for (std::uint32_t page = 1; page <= truth.pages.size(); ++page) {
    const auto stem = one_file ? truth.name : truth.name + "-p" + with_zeros(page, 3);
    truth.files.push_back(stem + "." + std::string(extension_of(format)));
    truth.gt_files.push_back(stem + ".gt.txt");
  }
}

}  // namespace

GeneratedDocument generate_document(const Corpus& corpus, const GenerateOptions& options, std::uint32_t index) {
  Random random = Random(options.seed).fork(index);
  static const std::vector<Stratum> all_strata = {Stratum::clean, Stratum::degraded, Stratum::poor,
                                                  Stratum::seal,  Stratum::turned,   Stratum::bilevel};
  const auto& strata = options.strata.empty() ? all_strata : options.strata;
  const auto stratum = strata[index % strata.size()];
  const auto type =
      options.types.empty() ? random.pick(administrative_types()).type : options.types[index % options.types.size()];

  Random style_random = random.fork(1), text_random = random.fork(2), draw_random = random.fork(3),
         scan_random = random.fork(4), paper_random = random.fork(5);
  if (options.scan > 0) scan_random = scan_random.fork(options.scan), paper_random = paper_random.fork(options.scan);
  const auto sheets = options.sheets.value_or(stratum);
  const auto style = style_for(sheets, style_random);
  auto made = compose_to_fit(type, corpus, options.most_pages, sheets, style, text_random);

  std::vector<DrawnPage> drawn;
  for (std::uint32_t page = 1; page <= made.pages.size(); ++page) {
    const auto seal = sheets == Stratum::clean  ? SealPlace::beside_text
                      : sheets == Stratum::seal ? SealPlace::over_text
                                                : SealPlace::as_stamped;
    const DrawOptions draw{options.dpi, PageNumber{page}, seal};
    drawn.push_back(draw_page(made.pages[page - 1], made.text, style, draw, draw_random));
  }
  GeneratedDocument document;
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    const Raster back = drawn[(i + 1) % drawn.size()].pixels;
    auto pixels = degrade(drawn[i].pixels, back, stratum, drawn[i].truth, {paper_random, scan_random.fork(i)});
    document.pages.push_back({std::move(pixels), drawn[i].truth.dpi});
    document.truth.pages.push_back(std::move(drawn[i].truth));
  }
  auto& truth = document.truth;
  truth.name =
      "syn-" + with_zeros(index + 1, 4) + "-" + std::string(info_of(type).key) + "-" + std::string(name_of(stratum));
  truth.seed = options.seed;
  truth.stratum = name_of(stratum);
  truth.font = style.family;
  truth.number_by_pen = style.number_by_pen;
  truth.day_by_pen = style.day_by_pen;
  name_files(truth, options.format);
  document.text = std::move(made.text);
  return document;
}

Result<void> write_document(const GeneratedDocument& document, const GenerateOptions& options,
                            const std::filesystem::path& folder) {
  const auto& truth = document.truth;
  if (options.format == ImageFormat::png || options.format == ImageFormat::jpg) {
    for (std::size_t i = 0; i < document.pages.size(); ++i) {
      SOHOA_TRY(const auto bytes, encode({document.pages[i]}, options));
      SOHOA_DO(write_file(folder / truth.files[i], bytes));
      SOHOA_DO(write_text(folder / truth.gt_files[i], ground_truth_text(truth.pages[i])));
    }
  } else {
    SOHOA_TRY(const auto bytes, encode(document.pages, options));
    SOHOA_DO(write_file(folder / truth.files.front(), bytes));
    std::string text;
    for (const auto& page : truth.pages) text += (text.empty() ? "" : "\f") + ground_truth_text(page);
    SOHOA_DO(write_text(folder / truth.gt_files.front(), text));
  }
  return write_text(folder / (truth.name + ".truth.json"), truth_json(truth, document.text));
}

}  // namespace sohoa::datasets
