// A file in one pass (ISO 32000-1, 7.5). A classic cross-reference table is used, not a stream: it costs 20 bytes an
// object (some 60 bytes a page), every reader of the coming decades takes it, PDF/A-1 checkers included, and an
// incremental update, as signatures need, can follow it in the same form. ISO 19005-2 adds: a comment of at least four
// bytes above 127 behind the header (6.1.2), an ID in the trailer (6.1.3), and line ends exactly around obj, endobj,
// stream and endstream (6.1.7.1, 6.1.9).

#include "pipeline/issue/pdf_stream_writer.hpp"

#include <algorithm>
#include <cassert>

namespace sohoa::issue::pdf {
namespace {

constexpr std::string_view header = "%PDF-1.7\n%\xC4\x90\xE1\xBB\x81\n";

}  // namespace

Result<void> StreamWriter::write(ByteView bytes) {
  hash_.update(bytes);
  return sink_.write(bytes);
}

Result<void> StreamWriter::begin() {
  return write(header);
}

Ref StreamWriter::reserve() {
  offsets_.push_back(0);
  return {static_cast<std::uint32_t>(offsets_.size())};
}

Result<void> StreamWriter::open_object(Ref ref) {
  assert(ref.number >= 1 && ref.number <= offsets_.size() && offsets_[ref.number - 1] == 0);
  offsets_[ref.number - 1] = sink_.position();
  return write(std::to_string(ref.number) + " 0 obj\n");
}

Result<void> StreamWriter::object(Ref ref, std::string_view body) {
  SOHOA_DO(open_object(ref));
  SOHOA_DO(write(body));
  return write("\nendobj\n");
}

Result<void> StreamWriter::stream(Ref ref, Dictionary dictionary, ByteView data) {
  dictionary.add("Length", static_cast<std::int64_t>(data.size()));
  SOHOA_DO(open_object(ref));
  SOHOA_DO(write(dictionary.text() + "\nstream\n"));
  SOHOA_DO(write(data));
  return write("\nendstream\nendobj\n");
}

Result<void> StreamWriter::finish(const Trailer& trailer) {
  const auto size = offsets_.size() + 1;
  const auto table = sink_.position();
  SOHOA_DO(write("xref\n0 " + std::to_string(size) + "\n0000000000 65535 f \n"));
  for (const auto offset : offsets_) {
    assert(offset != 0);
    SOHOA_DO(write(table_entry(offset)));
  }
  const Digest content = hash_.finish();
  hash_ = Sha256();
  Dictionary dictionary;
  dictionary.add("Size", static_cast<std::int64_t>(size)).add("Root", trailer.root).add("Info", trailer.info);
  dictionary.add("ID", '[' + hex_string(trailer.permanent_id) + hex_string(content.view().first(16)) + ']');
  SOHOA_DO(write("trailer\n" + dictionary.text() + "\nstartxref\n" + std::to_string(table) + "\n%%EOF\n"));
  return sink_.flush();
}

}  // namespace sohoa::issue::pdf
