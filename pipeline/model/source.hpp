#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "pipeline/base/digest.hpp"
#include "pipeline/base/wire.hpp"
#include "pipeline/model/pdf_signature.hpp"

namespace sohoa {

/// What the first bytes say a file is.
enum class SourceFormat : std::uint8_t { pdf, tiff, jpeg, png, webp, heic, jpeg2000, bmp, gif, zip };

/// "application/pdf" ...
[[nodiscard]] std::string_view media_type(SourceFormat format);

/// One file as it came, its bytes durable in the object store.
struct SourceFile {
  std::string name;  ///< as the sender called it, without folders of the sender's machine
  Digest digest;
  std::uint64_t size = 0;
  SourceFormat format = SourceFormat::pdf;

  static constexpr auto fields = [](auto& self) { return std::tie(self.name, self.digest, self.size, self.format); };
};

/// What a look at a source file's structure told, without decoding a page.
struct SourceInspection {
  std::uint32_t pages = 0;
  std::uint64_t largest_page_pixels = 0;    ///< an estimate, at the resolution it would be decoded in
  bool carries_signature = false;           ///< a PDF with a signed signature field
  std::vector<std::string> notes;           ///< "encrypted with an empty password" ...
  std::optional<PdfSignatures> signatures;  ///< of a PDF that carries some

  static constexpr auto fields = [](auto& self) {
    return std::tie(self.pages, self.largest_page_pixels, self.carries_signature, self.notes, self.signatures);
  };
};

/// One file out of a ZIP; its bytes stand in the output file that the unpacker was given.
struct UnpackedEntry {
  std::string name;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;

  static constexpr auto fields = [](auto& self) { return std::tie(self.name, self.offset, self.size); };
};

/// One entry of a ZIP that was not taken, and why.
struct RefusedEntry {
  std::string name;
  Error error;

  static constexpr auto fields = [](auto& self) { return std::tie(self.name, self.error); };
};

struct Unpacked {
  std::vector<UnpackedEntry> entries;
  std::vector<RefusedEntry> refused;

  static constexpr auto fields = [](auto& self) { return std::tie(self.entries, self.refused); };
};

template <>
inline constexpr int wire::enum_last<SourceFormat> = static_cast<int>(SourceFormat::zip);

}  // namespace sohoa
