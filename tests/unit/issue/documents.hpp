#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/base/guarded.hpp"
#include "pipeline/model/document.hpp"
#include "pipeline/ports/object_store.hpp"

namespace sohoa {

/// Keeps objects in memory. Like every store it is written to by several threads: results are committed side by side.
class MemoryStore : public ObjectStore {
 public:
  Result<std::unique_ptr<ObjectWriter>> create() override {
    return std::unique_ptr<ObjectWriter>(std::make_unique<Writer>(*this));
  }
  Result<UniqueFd> open(const Digest&) const override { return Error{ErrorCode::unsupported, "in memory only"}; }
  bool contains(const Digest& digest) const override {
    return objects_.with([&](const auto& objects) { return objects.contains(digest.hex()); });
  }

  [[nodiscard]] ByteView bytes(const StoredObject& object) const {
    return objects_.with([&](const auto& objects) -> ByteView { return objects.at(object.digest.hex()); });
  }
  [[nodiscard]] std::string text(const StoredObject& object) const { return std::string(as_text(bytes(object))); }
  [[nodiscard]] std::size_t size() const {
    return objects_.with([](const auto& objects) { return objects.size(); });
  }
  /// From now on the store is full once it has taken this many bytes more.
  void fail_after(std::uint64_t bytes) { room_ = bytes; }

 private:
  class Writer : public ObjectWriter {
   public:
    explicit Writer(MemoryStore& store) : store_(store) {}
    Result<void> write(ByteView piece) override {
      if (piece.size() > store_.room_) return Error{ErrorCode::resource_exhausted, "disk full"};
      store_.room_ -= piece.size();
      bytes_.insert(bytes_.end(), piece.begin(), piece.end());
      return {};
    }
    Result<StoredObject> commit() override {
      const StoredObject object{sha256(bytes_), bytes_.size()};
      store_.objects_.with([&](auto& objects) { objects[object.digest.hex()] = std::move(bytes_); });
      return object;
    }

   private:
    MemoryStore& store_;
    Bytes bytes_;
  };

  Guarded<std::map<std::string, Bytes>> objects_;
  std::uint64_t room_ = UINT64_MAX;
};

/// Pages made on demand.
class MadePages : public PageSource {
 public:
  using Make = std::function<Result<ReadPage>(PageNumber)>;
  MadePages(std::uint32_t count, Make make) : count_(count), make_(std::move(make)) {}
  explicit MadePages(std::vector<Result<ReadPage>> pages) : count_(static_cast<std::uint32_t>(pages.size())) {
    make_ = [pages = std::move(pages)](PageNumber number) { return pages.at(number.value - 1); };
  }

  std::uint32_t page_count() const override { return count_; }
  Result<ReadPage> page(PageNumber number) override { return make_(number); }

 private:
  std::uint32_t count_;
  Make make_;
};

inline DigitizedDocument document_of(PageSource& pages) {
  DigitizedDocument document;
  document.source = {"Quyết định 47.pdf", sha256(as_bytes("the original")), 12345, SourceFormat::pdf};
  document.id = DocumentId::of(document.source.digest);
  document.inspection.pages = pages.page_count();
  document.dossier = "000.00.01.H12-221130-0001";
  document.digitized_at = WallTime(std::chrono::milliseconds(1795360503120));  // 2026-11-22 22:15:03.120 in Vietnam
  document.pages = &pages;
  return document;
}

/// A4 at 100 dpi, white, without text.
inline ReadPage blank_page() {
  ReadPage read;
  read.page.width = 827;
  read.page.height = 1169;
  read.page.dpi = {100};
  read.page.text_source = TextSource::recognized;
  read.page.engine = "test 1";
  read.canvas.width = 595.28;
  read.canvas.height = 841.89;
  return read;
}

/// A level line of words, each given by its text, left edge and width; baseline four fifths down.
struct LaidWord {
  std::string text;
  int x, width;
};
inline TextLine laid_line(int y, int height, const std::vector<LaidWord>& words) {
  TextLine line;
  for (const auto& word : words) line.words.push_back({word.text, {word.x, y, word.width, height}, 96.5F});
  line.box = line.words.front().box;
  for (const auto& word : line.words) line.box = united(line.box, word.box);
  const double baseline = y + 0.8 * height;
  line.baseline_start = {double(line.box.x), baseline};
  line.baseline_end = {double(line.box.right()), baseline};
  return line;
}
inline Block block_of(std::vector<TextLine> lines, BlockRole role = BlockRole::body) {
  Block block{role, lines.front().box, std::move(lines)};
  for (const auto& line : block.lines) block.box = united(block.box, line.box);
  return block;
}

/// The head of a Vietnamese administrative document, a body, and a stamp that is kept apart.
inline ReadPage letter() {
  ReadPage read = blank_page();
  read.page.blocks = {
      block_of({laid_line(80, 20, {{"ỦY", 80, 30}, {"BAN", 118, 44}, {"NHÂN", 170, 60}, {"DÂN", 238, 42}}),
                laid_line(110, 20, {{"Số:", 110, 30}, {"47/QĐ-UBND", 146, 120}})}),
      block_of({laid_line(80, 20, {{"CỘNG", 400, 62}, {"HÒA", 470, 44}, {"XÃ", 522, 30}, {"HỘI", 560, 40}})}),
      block_of(
          {laid_line(260, 24,
                     {{"Căn", 100, 44},
                      {"cứ", 152, 26},
                      {"Luật", 186, 50},
                      {"tổ", 244, 20},
                      {"chức", 272, 56},
                      {"chính", 336, 62},
                      {"quyền", 406, 72}}),
           laid_line(300, 24, {{"địa", 100, 34}, {"phương", 142, 84}, {"ngày", 234, 54}, {"19/6/2015;", 296, 118}})}),
      block_of({laid_line(700, 16, {{"Người", 560, 50}, {"ký:", 616, 24}, {"Văn", 646, 34}, {"phòng", 686, 54}})},
               BlockRole::e_signature)};
  return read;
}

}  // namespace sohoa
