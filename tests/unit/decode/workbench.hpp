#pragma once

#include <string>
#include <vector>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/unique_fd.hpp"
#include "pipeline/decode/decode_page.hpp"
#include "pipeline/decode/inspect.hpp"

namespace sohoa::test {

/// A source file as the worker gets it: bytes behind a descriptor, and what intake found out.
struct Source {
  UniqueFd fd;
  SourceFile file;
};

/// A file of the shared data, by its path in there. Its format is told by its first bytes.
Source shared(const std::string& path);
/// Bytes made in the test.
Source made(const Bytes& bytes, const std::string& name = "made");
Bytes bytes_of_file(const std::string& path);

/// Decodes one page with a fresh decoder.
Result<PageImage> decode(const Source& source, std::uint32_t page = 1, const Limits& limits = {});

/// All files under a folder of the shared data with one of the endings, sorted.
std::vector<std::string> shared_files(const std::string& folder, const std::vector<std::string>& endings);

/// A PDF that shows the canvas, and over it what `over` draws (content operators; /F1 is Helvetica), by a writer that
/// knows nothing of the project's own.
Bytes pdf_of(const PageCanvas& canvas, const std::string& over = {});

/// What a viewer shows: a page drawn by pdftocairo at `dpi`, by other code than the engine's.
Raster viewed(const Bytes& pdf, std::uint32_t page, int dpi);

/// Mean absolute difference of two rasters of (nearly) the same size, 0..255, over their common part.
double difference(const Raster& a, const Raster& b);

/// A command's standard output.
Bytes output_of(const std::string& command);

/// A folder for this test program's files.
std::string scratch();

}  // namespace sohoa::test
