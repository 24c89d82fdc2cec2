#pragma once

#include <cstdint>
#include <optional>

#include "pipeline/base/bytes.hpp"
#include "pipeline/sign/der_writer.hpp"

namespace sohoa::sign::der {

/// One element as it stands in the input; it must outlive this.
struct Element {
  std::uint8_t tag = 0;
  ByteView content;
  ByteView whole;  ///< with tag and length

  [[nodiscard]] bool is(Tag wanted) const { return tag == static_cast<std::uint8_t>(wanted); }
};

/// Reads the elements of a constructed one, one after another. Trusts nothing: lengths that go beyond the input, tags
/// of more than one byte and, other than in BER's indefinite form, lengths longer than need be fail. After a failure
/// nothing more is read, so that a caller may ask `ok` once, at the end.
class Reader {
 public:
  explicit Reader(ByteView content) : rest_(content) {}

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  /// Read wholly and without a failure.
  [[nodiscard]] bool done() const { return ok_ && rest_.empty(); }
  /// The next is of this tag.
  [[nodiscard]] bool sees(Tag tag) const {
    return ok_ && !rest_.empty() && rest_.front() == static_cast<std::uint8_t>(tag);
  }

  Element next();
  Element next(Tag tag);  ///< fails on another tag
  std::optional<Element> next_if(Tag tag);
  /// Reads within the next element.
  Reader inside(Tag tag) { return Reader(next(tag).content, ok_); }
  /// An unsigned INTEGER of 8 bytes at most; 0 and a failure where it is another.
  std::uint64_t number();
  void fail() {
    ok_ = false;
    rest_ = {};
  }

 private:
  Reader(ByteView content, bool ok) : rest_(ok ? content : ByteView{}), ok_(ok) {}
  std::optional<Element> take(int depth);
  std::optional<std::size_t> length_of_indefinite(ByteView content, int depth) const;

  ByteView rest_;
  bool ok_ = true;
};

/// The bytes of an OCTET STRING, in BER perhaps in pieces.
[[nodiscard]] std::optional<Bytes> octets(const Element& element);

}  // namespace sohoa::sign::der
