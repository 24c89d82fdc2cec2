#include "tests/unit/decode/workbench.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>

#include "pipeline/base/file.hpp"
#include "pipeline/decode/initialise.hpp"

namespace sohoa::test {
namespace {

class Decoders final : public ::testing::Environment {
 public:
  void SetUp() override { initialise_decoders(); }
  void TearDown() override { std::filesystem::remove_all(scratch()); }
};
[[maybe_unused]] const auto* const environment = ::testing::AddGlobalTestEnvironment(new Decoders);

SourceFormat format_of(const Bytes& bytes) {
  const auto starts = [&](std::string_view magic, std::size_t at = 0) {
    return bytes.size() >= at + magic.size() && as_text(ByteView(bytes)).substr(at, magic.size()) == magic;
  };
  if (starts("\xFF\xD8")) return SourceFormat::jpeg;
  if (starts("\x89PNG")) return SourceFormat::png;
  if (starts(std::string_view("II*\0", 4)) || starts(std::string_view("MM\0*", 4))) return SourceFormat::tiff;
  if (starts("RIFF") && starts("WEBP", 8)) return SourceFormat::webp;
  if (starts("ftyp", 4)) return SourceFormat::heic;
  if (starts("jP  ", 4)) return SourceFormat::jpeg2000;
  if (starts("BM")) return SourceFormat::bmp;
  if (starts("GIF8")) return SourceFormat::gif;
  if (starts("PK")) return SourceFormat::zip;
  return SourceFormat::pdf;
}

void write(std::ostringstream& out, const std::string& dictionary, const Bytes& data,
           std::vector<std::size_t>& places) {
  places.push_back(static_cast<std::size_t>(out.tellp()));
  out << places.size() << " 0 obj\n<< " << dictionary << " /Length " << data.size() << " >>\nstream\n";
  out.write(reinterpret_cast<const char*>(data.data()), static_cast<std::streamsize>(data.size()));
  out << "\nendstream\nendobj\n";
}

std::string dictionary_of(const ImageStream& image) {
  std::ostringstream d;
  d << "/Type /XObject /Subtype /Image /Width " << image.width << " /Height " << image.height;
  if (image.codec != ImageCodec::jpx) d << " /BitsPerComponent " << int{image.bits};
  if (image.space == ColourSpace::indexed) {
    d << " /ColorSpace [/Indexed /DeviceRGB " << image.palette.size() / 3 - 1 << " <" << to_hex(image.palette) << ">]";
  } else {
    d << " /ColorSpace " << (image.space == ColourSpace::rgb ? "/DeviceRGB" : "/DeviceGray");
  }
  if (image.inverted) d << (image.space == ColourSpace::rgb ? " /Decode [1 0 1 0 1 0]" : " /Decode [1 0]");
  const auto yes = [](bool value) { return value ? "true" : "false"; };
  switch (image.codec) {
    case ImageCodec::jpeg: d << " /Filter /DCTDecode"; break;
    case ImageCodec::jpx: d << " /Filter /JPXDecode"; break;
    case ImageCodec::ccitt:
      d << " /Filter /CCITTFaxDecode /DecodeParms << /K " << image.ccitt_k << " /Columns " << image.width << " /Rows "
        << image.height << " /BlackIs1 " << yes(image.ccitt_black_is_1) << " /EncodedByteAlign "
        << yes(image.ccitt_byte_align) << " /EndOfLine " << yes(image.ccitt_end_of_line) << " /EndOfBlock "
        << yes(image.ccitt_end_of_block) << " >>";
      break;
    case ImageCodec::flate:
      d << " /Filter /FlateDecode /DecodeParms << /Predictor " << int{image.flate_predictor} << " /Colors "
        << (image.space == ColourSpace::rgb ? 3 : 1) << " /BitsPerComponent " << int{image.bits} << " /Columns "
        << image.width << " >>";
      break;
  }
  return d.str();
}

}  // namespace

Bytes bytes_of_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in.good()) << path;
  return Bytes(std::istreambuf_iterator<char>(in), {});
}

Source made(const Bytes& bytes, const std::string& name) {
  Source source;
  source.fd = UniqueFd(::memfd_create("source", MFD_CLOEXEC));
  EXPECT_TRUE(write_all(source.fd.get(), bytes));
  source.file = {name, sha256(bytes), bytes.size(), format_of(bytes)};
  return source;
}

Source shared(const std::string& path) {
  return made(bytes_of_file(std::string(SOHOA_SHARED_DATA) + "/" + path), path);
}

Result<PageImage> decode(const Source& source, std::uint32_t page, const Limits& limits) {
  return PageDecoder().decode(source.fd.get(), source.file, {page}, limits);
}

std::vector<std::string> shared_files(const std::string& folder, const std::vector<std::string>& endings) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(SOHOA_SHARED_DATA) + "/" + folder)) {
    const auto ending = entry.path().extension().string();
    if (std::find(endings.begin(), endings.end(), ending) != endings.end()) {
      files.push_back(folder + "/" + entry.path().filename().string());
    }
  }
  std::sort(files.begin(), files.end());
  EXPECT_FALSE(files.empty()) << folder;
  return files;
}

Bytes pdf_of(const PageCanvas& canvas, const std::string& over) {
  std::ostringstream out;
  out << "%PDF-1.7\n";
  std::vector<std::size_t> places;
  std::ostringstream content, names;
  content << std::fixed;  // PDF knows no exponents
  content.precision(8);
  for (const auto& [image, m] : canvas.images) {
    write(out, dictionary_of(image), image.data, places);
    names << "/I" << places.size() << " " << places.size() << " 0 R ";
    content << "q " << m.a << " " << m.b << " " << m.c << " " << m.d << " " << m.e << " " << m.f << " cm /I"
            << places.size() << " Do Q\n";
  }
  const auto text = content.str() + over;
  write(out, "", Bytes(text.begin(), text.end()), places);
  const auto contents = places.size();
  const auto object = [&](const std::string& body) {
    places.push_back(static_cast<std::size_t>(out.tellp()));
    out << places.size() << " 0 obj\n" << body << "\nendobj\n";
  };
  object("<< /Type /Page /Parent " + std::to_string(contents + 2) + " 0 R /MediaBox [0 0 " +
         std::to_string(canvas.width) + " " + std::to_string(canvas.height) + "] /Contents " +
         std::to_string(contents) + " 0 R /Resources << /XObject << " + names.str() +
         ">> /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>");
  object("<< /Type /Pages /Count 1 /Kids [" + std::to_string(contents + 1) + " 0 R] >>");
  object("<< /Type /Catalog /Pages " + std::to_string(contents + 2) + " 0 R >>");
  const auto table = out.tellp();
  out << "xref\n0 " << places.size() + 1 << "\n0000000000 65535 f \n";
  for (const auto place : places) {
    char line[32];
    std::snprintf(line, sizeof line, "%010zu 00000 n \n", place);
    out << line;
  }
  out << "trailer << /Size " << places.size() + 1 << " /Root " << places.size() << " 0 R >>\nstartxref\n"
      << table << "\n%%EOF\n";
  const auto pdf = out.str();
  return Bytes(pdf.begin(), pdf.end());
}

std::string scratch() {
  static const std::string folder = [] {
    std::string path = (std::filesystem::temp_directory_path() / "sohoa-decode-XXXXXX").string();
    EXPECT_NE(::mkdtemp(path.data()), nullptr);
    return path;
  }();
  return folder;
}

Bytes output_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
  EXPECT_NE(pipe, nullptr) << command;
  Bytes bytes, buffer(65536);
  std::size_t count = 0;
  while ((count = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0) {
    bytes.insert(bytes.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(count));
  }
  return bytes;
}

Raster viewed(const Bytes& pdf, std::uint32_t page, int dpi) {
  const auto path = scratch() + "/viewed";
  EXPECT_TRUE(write_file(path + ".pdf", pdf));
  const auto number = std::to_string(page);
  output_of("pdftocairo -png -singlefile -cropbox -r " + std::to_string(dpi) + " -f " + number + " -l " + number +
            " '" + path + ".pdf' '" + path + "' 2>/dev/null");
  const auto drawn = decode(made(bytes_of_file(path + ".png")));
  EXPECT_TRUE(drawn) << path;
  return drawn ? drawn->pixels : Raster();
}

double difference(const Raster& a, const Raster& b) {
  if (a.empty() || b.empty()) return 255;
  EXPECT_LE(std::abs(a.width() - b.width()), 2);
  EXPECT_LE(std::abs(a.height() - b.height()), 2);
  const auto width = std::min(a.width(), b.width());
  const auto height = std::min(a.height(), b.height());
  std::int64_t sum = 0;
  for (std::int32_t y = 0; y < height; ++y) {
    for (std::int32_t x = 0; x < width; ++x) {
      for (std::int32_t c = 0; c < 3; ++c) {
        const int u = a.row(y)[x * a.channels() + (a.channels() == 3 ? c : 0)];
        const int v = b.row(y)[x * b.channels() + (b.channels() == 3 ? c : 0)];
        sum += std::abs(u - v);
      }
    }
  }
  return static_cast<double>(sum) / (3.0 * width * height);
}

}  // namespace sohoa::test
