#pragma once

#include "pipeline/pdf/judge.hpp"

namespace sohoa::pdf {

/// How the file is written: header, trailers, cross-reference sections, objects, streams, strings, names, limits (ISO
/// 19005-2, 6.1). All revisions are looked at, as what an update replaced still stands in the file.
void check_syntax(Judge& judge);

/// The limits and spellings of strings, names and numbers, also in content streams (6.1.6, 6.1.13).
void check_token(Judge& judge, const Token& token, const std::string& where);

}  // namespace sohoa::pdf
