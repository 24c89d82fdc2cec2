#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>

#include "pipeline/base/bytes.hpp"

namespace sohoa {

/// Objects by number, as they are written between obj and endobj; "" frees one.
using MadeObjects = std::map<int, std::string>;

inline std::string made_stream(const std::string& entries, const std::string& data) {
  return "<<" + entries + "/Length " + std::to_string(data.size()) + ">>\nstream\n" + data + "\nendstream";
}

/// A PDF written by revisions, without anything that a writer would do by itself; offsets are right.
class MadePdf {
 public:
  explicit MadePdf(std::string header = "%PDF-1.7\n%\xC4\x90\xE1\xBB\x81\n") : bytes_(std::move(header)) {}

  /// One more revision: these objects, a table of them, a trailer.
  MadePdf& revision(const MadeObjects& objects, const std::string& trailer) {
    std::map<int, std::size_t> offsets;
    for (const auto& [number, body] : objects) {
      if (body.empty()) {
        offsets[number] = 0;
        continue;
      }
      offsets[number] = bytes_.size();
      bytes_ += std::to_string(number) + " 0 obj\n" + body + "\nendobj\n";
    }
    table(offsets, trailer);
    return *this;
  }
  /// A table and a trailer alone, pointing wherever the test wants; an offset of 0 frees.
  MadePdf& table(const std::map<int, std::size_t>& offsets, const std::string& trailer) {
    const auto begin = bytes_.size();
    bytes_ += "xref\n";
    if (last_table_ == 0) bytes_ += "0 1\n0000000000 65535 f \n";
    for (const auto& [number, offset] : offsets) {
      size_ = std::max(size_, number + 1);
      char entry[32];
      std::snprintf(entry, sizeof entry, "%010zu %05d %c \n", offset, offset == 0 ? 1 : 0, offset == 0 ? 'f' : 'n');
      bytes_ += std::to_string(number) + " 1\n" + entry;
    }
    bytes_ += "trailer\n<</Size " + std::to_string(size_) + trailer +
              (last_table_ == 0 ? "" : "/Prev " + std::to_string(last_table_)) + ">>\nstartxref\n" +
              std::to_string(begin) + "\n%%EOF\n";
    last_table_ = begin;
    return *this;
  }

  /// Sets the ByteRange of the signature written last: the gap is its Contents, the end that of the file.
  MadePdf& close_signature() {
    const auto place = bytes_.rfind("/ByteRange [0 ");
    const auto gap = bytes_.find("/Contents <", place) + 10;
    const auto gap_end = bytes_.find('>', gap) + 1;
    char numbers[64];
    std::snprintf(numbers, sizeof numbers, "/ByteRange [0 %010zu %010zu %010zu]", gap, gap_end,
                  bytes_.size() - gap_end);
    bytes_.replace(place, std::string(numbers).size(), numbers);
    return *this;
  }

  MadePdf& raw(const std::string& bytes) {
    bytes_ += bytes;
    return *this;
  }
  [[nodiscard]] const std::string& text() const { return bytes_; }
  [[nodiscard]] std::string& text() { return bytes_; }
  [[nodiscard]] std::size_t last_table() const { return last_table_; }
  [[nodiscard]] std::size_t offset_of(int number) const {
    return bytes_.rfind("\n" + std::to_string(number) + " 0 obj\n") + 1;
  }

 private:
  std::string bytes_;
  std::size_t last_table_ = 0;
  int size_ = 1;
};

/// ContentInfo of SignedData with one certificate and one signer, each empty, in hexadecimal digits with padding.
inline std::string made_cms() {
  return "<302906092A864886F70D010702A01C301A0201013100300B06092A864886F70D010701A002300031023000" +
         std::string(32, '0') + ">";
}

/// A signature dictionary whose ByteRange is still to be set.
inline std::string made_signature(const std::string& more = "") {
  return "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached" + more +
         "/M(D:20261122221503+07'00')/ByteRange [0 0000000000 0000000000 0000000000]/Contents " + made_cms() + ">>";
}

}  // namespace sohoa
