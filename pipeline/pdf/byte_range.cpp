#include "pipeline/pdf/byte_range.hpp"

#include <algorithm>

namespace sohoa::pdf {
namespace {

/// The four numbers, which must not overflow when two are added.
std::string read_numbers(const View& view, const Object& signature, std::array<std::uint64_t, 4>& range) {
  const auto elements = view.get(signature, "ByteRange").elements();
  if (elements.empty()) return "it has no ByteRange";
  if (elements.size() != range.size()) return "its ByteRange does not have four numbers";
  for (std::size_t i = 0; i < range.size(); ++i) {
    const Object& number = view.resolved(elements[i]);
    if (!number.is_integer() || number.integer < 0 || number.integer > (std::int64_t{1} << 60)) {
      return "its ByteRange has something that is no offset";
    }
    range[i] = static_cast<std::uint64_t>(number.integer);
  }
  return "";
}

/// Where Contents stands in the file: it must be written in the dictionary itself, in hexadecimal digits.
bool is_placed(const View& view, const Object& contents) {
  const auto bytes = view.file().bytes();
  return contents.is_string() && contents.hex && contents.end <= bytes.size() && contents.begin < contents.end &&
         bytes[contents.begin] == '<' && bytes[contents.end - 1] == '>';
}

/// The revision whose end-of-file marker, with the white space behind it or not, is the last that is covered.
std::uint32_t revision_that_ends(const File& file, std::uint64_t end) {
  const auto& revisions = file.revisions();
  const auto found = std::find_if(revisions.begin(), revisions.end(),
                                  [&](const Revision& one) { return one.marker <= end && end <= one.end; });
  return found == revisions.end() ? 0 : static_cast<std::uint32_t>(found - revisions.begin() + 1);
}

std::string fault_of(const View& view, const Object& contents, const ByteRange& found) {
  const auto& [first, first_size, second, second_size] = found.range;
  const auto size = view.file().bytes().size();
  if (first != 0) return "its ByteRange does not start at the first byte";
  if (second < first_size) return "the two parts of its ByteRange overlap";
  if (second + second_size > size) return "its ByteRange goes beyond the end of the file";
  if (!is_placed(view, contents)) return "its Contents is not written in hexadecimal within it";
  if (first_size != contents.begin || second != contents.end)
    return "its ByteRange leaves out more or less than Contents";
  if (found.revision == 0) return "its ByteRange ends where no revision of the file ends";
  return "";
}

}  // namespace

ByteRange byte_range_of(const View& view, const Object& signature) {
  ByteRange found;
  found.fault = read_numbers(view, signature, found.range);
  if (!found.fault.empty()) return found;
  const auto end = found.range[2] + found.range[3];
  found.revision = revision_that_ends(view.file(), end);
  found.covers_file = end == view.file().bytes().size();
  found.fault = fault_of(view, signature.at("Contents"), found);
  return found;
}

}  // namespace sohoa::pdf
