// Holds the frame: who may include whom, which library belongs to which folder, and what the coordinator must not link.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
const fs::path root = SOHOA_SOURCE_DIR;

/// Folder -> the folders of ours that it may include, itself apart. What is not listed here must not exist.
const std::map<std::string, std::set<std::string>> allowed = {
    {"pipeline/base", {}},
    {"pipeline/model", {"pipeline/base"}},
    {"pipeline/ports", {"pipeline/base", "pipeline/model"}},
    {"pipeline/text", {"pipeline/base"}},
    {"pipeline/store", {"pipeline/base"}},
    {"pipeline/catalogue", {"pipeline/base", "pipeline/model", "pipeline/text"}},
    {"pipeline/rules", {"pipeline/base", "pipeline/model"}},
    {"pipeline/barcodes", {"pipeline/base", "pipeline/model"}},
    {"pipeline/sheets", {"pipeline/base", "pipeline/model", "pipeline/text", "pipeline/issue"}},
    {"pipeline/engine", {"pipeline/base"}},
    {"pipeline/intake", {"pipeline/base", "pipeline/model", "pipeline/ports"}},
    {"pipeline/decode", {"pipeline/base", "pipeline/model"}},
    {"pipeline/imaging", {"pipeline/base", "pipeline/model"}},
    {"pipeline/issue", {"pipeline/base", "pipeline/model", "pipeline/ports", "pipeline/text"}},
    {"pipeline/pdf", {"pipeline/base", "pipeline/model", "pipeline/text"}},
    {"pipeline/sign", {"pipeline/base", "pipeline/model", "pipeline/ports", "pipeline/text"}},
    {"pipeline/flow",
     {"pipeline/base", "pipeline/model", "pipeline/ports", "pipeline/text", "pipeline/engine", "pipeline/intake",
      "pipeline/decode", "pipeline/imaging", "pipeline/barcodes", "pipeline/issue", "pipeline/pdf"}},
    {"ocr", {"pipeline/base", "pipeline/model", "pipeline/ports", "pipeline/text"}},
    {"archive", {"pipeline/base", "pipeline/model", "pipeline/ports", "pipeline/text", "pipeline/store"}},
    {"indexer",
     {"pipeline/base", "pipeline/model", "pipeline/ports", "pipeline/text", "pipeline/store", "pipeline/catalogue"}},
    {"datasets", {"pipeline/base", "pipeline/model", "pipeline/text", "pipeline/sheets", "pipeline/issue"}},
    {"api",
     {"pipeline/base", "pipeline/model", "pipeline/ports", "pipeline/text", "pipeline/engine", "pipeline/intake",
      "pipeline/decode", "pipeline/flow", "pipeline/catalogue", "pipeline/rules", "pipeline/sheets", "pipeline/sign",
      "ocr", "archive", "indexer"}},
};

/// Library, by the start of its headers' names -> the folders that may include it.
const std::map<std::string, std::set<std::string>> libraries = {
    {"openssl/", {"pipeline/base", "pipeline/sign", "datasets"}},
    {"curl/", {"pipeline/sign"}},
    {"p11-kit/", {"pipeline/sign"}},
    {"unicode/", {"pipeline/text"}},
    {"seccomp.h", {"pipeline/engine"}},
    {"poppler/", {"pipeline/decode"}},
    {"vips/", {"pipeline/decode"}},
    {"qpdf/", {"pipeline/pdf"}},
    {"archive.h", {"pipeline/decode"}},
    {"archive_entry.h", {"pipeline/decode"}},
    {"opencv2/", {"pipeline/imaging", "datasets"}},
    {"leptonica/", {"pipeline/imaging", "ocr"}},
    {"allheaders.h", {"pipeline/imaging", "ocr"}},
    {"tesseract/", {"ocr"}},
    {"ZXing/", {"pipeline/barcodes"}},
    {"qrencode.h", {"pipeline/issue"}},
    {"rocksdb/", {"pipeline/store"}},
    {"boost/", {"api"}},
    {"toml++/", {"api"}},
    {"CLI/", {"api"}},
    {"fmt/", {"api"}},
    {"nlohmann/", {"api", "archive", "pipeline/issue", "pipeline/catalogue", "datasets"}},
    {"cairo", {"datasets"}},
    {"lzma.h", {"datasets"}},
    {"tiffio.h", {"pipeline/decode", "datasets"}},
    {"jpeglib.h", {"pipeline/decode"}},
    {"zlib.h", {"pipeline/decode", "pipeline/issue"}},
};

struct Include {
  fs::path file;
  std::string name;
};

std::string folder_of(const fs::path& relative) {
  auto part = relative.begin();
  const auto first = part->string();
  if (first != "pipeline") return first;
  return first + "/" + (++part)->string();
}

std::vector<Include> includes_below(const std::set<std::string>& tops) {
  static const std::regex directive(R"(^\s*#\s*include\s*[<"]([^">]+)[">])");
  std::vector<Include> includes;
  for (const auto& top : tops) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const auto extension = entry.path().extension();
      if (extension != ".cpp" && extension != ".hpp") continue;
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line);) {
        std::smatch match;
        if (std::regex_search(line, match, directive)) includes.push_back({fs::relative(entry.path(), root), match[1]});
      }
    }
  }
  return includes;
}

const std::vector<Include>& all_includes() {
  static const auto includes = includes_below({"pipeline", "ocr", "archive", "indexer", "api", "datasets"});
  return includes;
}

TEST(Architecture, FoldersIncludeOnlyWhatTheyMay) {
  ASSERT_GT(all_includes().size(), 500);
  for (const auto& [file, name] : all_includes()) {
    if (!fs::exists(root / name)) continue;
    const auto from = folder_of(file);
    const auto to = folder_of(name);
    ASSERT_TRUE(allowed.contains(from)) << from << " is not in the table";
    EXPECT_TRUE(from == to || allowed.at(from).contains(to)) << file << " includes " << name;
  }
}

TEST(Architecture, EachLibraryIsIncludedInItsFolderOnly) {
  std::set<std::string> seen;
  for (const auto& [file, name] : all_includes()) {
    for (const auto& [library, folders] : libraries) {
      if (!name.starts_with(library)) continue;
      seen.insert(library);
      EXPECT_TRUE(folders.contains(folder_of(file))) << file << " includes " << name;
    }
  }
  EXPECT_TRUE(seen.contains("rocksdb/") && seen.contains("tesseract/") && seen.contains("opencv2/"));
}

TEST(Architecture, PublicHeadersShowNoLibrary) {
  // What a folder's users include; handles and other private headers may show the library.
  const std::array public_headers{"archive/rocks_archive.hpp",
                                  "archive/check.hpp",
                                  "indexer/owner_store.hpp",
                                  "indexer/near_duplicates.hpp",
                                  "indexer/statistics.hpp",
                                  "ocr/page_recognizer.hpp",
                                  "pipeline/decode/decode_page.hpp",
                                  "pipeline/decode/inspect.hpp",
                                  "pipeline/decode/unpack.hpp",
                                  "pipeline/decode/initialise.hpp",
                                  "pipeline/imaging/make_upright.hpp",
                                  "pipeline/barcodes/read_barcodes.hpp",
                                  "pipeline/sheets/sheet_document.hpp",
                                  "pipeline/issue/issue_document.hpp",
                                  "pipeline/sign/open_signer.hpp",
                                  "pipeline/sign/signature_verifier.hpp",
                                  "pipeline/sign/revocation_client.hpp",
                                  "pipeline/sign/timestamp_client.hpp",
                                  "pipeline/sign/validation_collector.hpp",
                                  "api/http/server.hpp"};
  std::map<std::string, std::vector<std::string>> included_by;
  for (const auto& [file, name] : all_includes()) included_by[file.string()].push_back(name);
  for (const std::string header : public_headers) {
    ASSERT_TRUE(fs::exists(root / header)) << header;
    std::vector<std::string> open{header};
    for (std::set<std::string> seen; !open.empty();) {
      const auto one = open.back();
      open.pop_back();
      if (!seen.insert(one).second) continue;
      for (const auto& [library, folders] : libraries) {
        EXPECT_FALSE(one.starts_with(library)) << header << " shows " << one;
      }
      for (const auto& name : included_by[one]) open.push_back(name);
    }
  }
}

std::string linked_libraries(const std::string& program) {
  std::array<char, 4096> piece{};
  std::string text;
  FILE* pipe = ::popen(("ldd " + std::string(SOHOA_BINARY_DIR) + "/" + program).c_str(), "r");
  for (std::size_t got = 0; (got = std::fread(piece.data(), 1, piece.size(), pipe)) > 0;)
    text.append(piece.data(), got);
  EXPECT_EQ(::pclose(pipe), 0);
  return text;
}

TEST(Architecture, TheCoordinatorLinksNoDecoderOfUntrustedBytes) {
  const auto libraries_of_sohoa = linked_libraries("sohoa");
  const auto libraries_of_page = linked_libraries("sohoa-page");
  for (const char* decoder : {"libpoppler", "libvips", "liblept", "libopencv", "libtesseract", "libqpdf", "libtiff",
                              "libarchive", "libjpeg", "libZXing"}) {
    EXPECT_EQ(libraries_of_sohoa.find(decoder), std::string::npos) << decoder;
  }
  EXPECT_NE(libraries_of_sohoa.find("librocksdb"), std::string::npos);
  EXPECT_NE(libraries_of_page.find("libpoppler"), std::string::npos);
  EXPECT_EQ(libraries_of_page.find("librocksdb"), std::string::npos);
}

TEST(Architecture, TheTopLevelIsWhatTheCardSays) {
  std::set<std::string> folders;
  for (const auto& entry : fs::directory_iterator(root)) {
    const auto name = entry.path().filename().string();
    if (entry.is_directory() && !name.starts_with('.')) folders.insert(name);
  }
  for (const char* generated : {"build", "out", "sohoa-data"}) folders.erase(generated);
  EXPECT_EQ(folders, (std::set<std::string>{"pipeline", "ocr", "archive", "indexer", "api", "tests", "datasets"}));
}

TEST(Architecture, EveryFolderSaysWhatItIsFor) {
  for (const auto& [folder, uses] : allowed) EXPECT_TRUE(fs::exists(root / folder / "README.md")) << folder;
}

}  // namespace
