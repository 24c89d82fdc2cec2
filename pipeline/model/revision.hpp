#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/base/clock.hpp"
#include "pipeline/model/actor.hpp"
#include "pipeline/model/fields.hpp"
#include "pipeline/model/ids.hpp"

namespace sohoa {

/// A word set right. Blanks in `text` part several words, "" takes the word away; where no word stands at `box` it is
/// put in. `box`: pixels of the page as it is shown, not negative.
struct WordCorrection {
  PageNumber page;
  PixelRect box;
  std::string text;
  std::string was;  ///< what stood there
  bool operator==(const WordCorrection&) const = default;
};

/// A field set right. Of a field that a document may have several of, `was` says which; with "" it is a further one.
/// With `value` "" the document has none.
struct FieldCorrection {
  FieldName name = FieldName::issuing_agency;
  std::string value;
  std::string was;
  bool operator==(const FieldCorrection&) const = default;
};

/// What made a further version of a document: words and fields set right, or pages read again. All of it stays locked:
/// whoever reads the pages again keeps these words and fields.
struct Revision {
  std::uint32_t version = 2;  ///< of the document; the first has no revision
  Actor by;
  WallTime at{};
  std::vector<WordCorrection> words;
  std::vector<FieldCorrection> fields;
  bool read_again = false;
  bool operator==(const Revision&) const = default;
};

/// What an officer asks for: a revision without its time, and of words without what stood there. Its version is the one
/// after that which was looked at.
struct RevisionRequest {
  DocumentId document;
  Revision revision;
};

}  // namespace sohoa
