#include "tests/support/upright_pages.hpp"

#include <fcntl.h>

#include <array>

#include "pipeline/base/unique_fd.hpp"
#include "pipeline/decode/decode_page.hpp"
#include "pipeline/decode/inspect.hpp"
#include "pipeline/imaging/make_upright.hpp"
#include "pipeline/intake/sniff.hpp"

namespace sohoa::testing_support {

void for_each_upright_page(const std::filesystem::path& file, const std::function<void(UprightPage)>& use,
                           const StagesOfAPage& stages) {
  const UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  std::array<std::uint8_t, intake::sniff_bytes> head{};
  const auto count = fd.get() < 0 ? -1 : ::pread(fd.get(), head.data(), head.size(), 0);
  if (count <= 0) return;
  const auto format = intake::sniff(ByteView(head).first(static_cast<std::size_t>(count)));
  if (!format) return;
  SourceFile source;
  source.name = file.filename().string();
  source.size = std::filesystem::file_size(file);
  source.format = *format;
  const Limits limits;
  const auto inspection = inspect(fd.get(), source, limits);
  if (!inspection) return;
  PageDecoder decoder;
  for (std::uint32_t number = 1; number <= inspection->pages; ++number) {
    auto image = stages.decode([&] { return decoder.decode(fd.get(), source, PageNumber{number}, limits); });
    if (!image || image->text_source == TextSource::born_digital) continue;
    auto upright = stages.imaging([&] { return imaging::make_upright(*image); });
    if (upright) use(std::move(*upright));
  }
}

}  // namespace sohoa::testing_support
