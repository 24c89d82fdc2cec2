#pragma once

#include <string_view>

#include "pipeline/model/pdf_signature.hpp"
#include "pipeline/model/signature_report.hpp"

namespace sohoa {

[[nodiscard]] std::string_view name_of(PdfChange::Kind kind);  ///< "page"
[[nodiscard]] Sentence sentence(PdfChange::Kind kind);

}  // namespace sohoa
