#pragma once

namespace sohoa {

enum class OpenMode {
  read_write,  ///< the one writer of a data directory; it is made where it is not there
  read_only,   ///< sees what was committed before it was opened; works beside a writer and changes nothing
};

}  // namespace sohoa
