#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "pipeline/base/result.hpp"
#include "pipeline/model/fingerprint.hpp"
#include "pipeline/model/ids.hpp"

namespace sohoa {

/// What two documents that look alike are to each other, as far as their fingerprints tell.
enum class Likeness : std::uint8_t {
  same_scan,  ///< the same picture, stored or packed another way
  rescan,     ///< the same sheets, scanned once more
  same_text,  ///< the same words on other pages: printed anew, or born digital
  part_of,    ///< one is a part of the other
};
[[nodiscard]] std::string_view name_of(Likeness likeness);  ///< "same_scan", "rescan", "same_text", "part_of"

/// A known document that may be the same paper.
struct SimilarDocument {
  DocumentId document;
  Likeness likeness = Likeness::rescan;
  double text = 0;                ///< 0..1: what the texts share of all that either has, estimated to +- 0.06
  std::uint32_t pages_alike = 0;  ///< pages that have one that looks alike in the other, each page once
  std::uint32_t pages = 0;        ///< of the one with fewer, those that are not blank; at most Fingerprint::most_pages
};

/// Which documents look like one another. Follows the journal. Any thread.
///
/// It proposes: papers off one form look alike too, and a fingerprint cannot always tell; the words can
/// (text/align_words.hpp).
class DuplicateIndex {
 public:
  virtual ~DuplicateIndex() = default;
  /// The most alike first, at most `limit`; `but` is left out. Documents without words are known by their pages alone.
  [[nodiscard]] virtual Result<std::vector<SimilarDocument>> similar(const Fingerprint& fingerprint,
                                                                     const DocumentId& but,
                                                                     std::size_t limit) const = 0;
};

}  // namespace sohoa
