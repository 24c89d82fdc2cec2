#pragma once

#include <string>
#include <vector>

#include "api/service/dossier_service.hpp"
#include "api/service/indicator_service.hpp"

namespace sohoa::api {

/// Dossiers out of a JSON object or a list of them; the README's "Dossiers" shows one. Errors: invalid_input, naming
/// dossier and member.
Result<std::vector<ReceptionRequest>> read_receptions(const std::string& json);

// One JSON object each, in one line.
[[nodiscard]] std::string to_json(const Dossier& dossier);
[[nodiscard]] std::string to_json(const ReceivedDossier& received, const DossierCode& code);
[[nodiscard]] std::string to_json(const FoundPaper& paper);
[[nodiscard]] std::string to_json(const Filing& filing);
[[nodiscard]] std::string to_json(const EntryReceipt& receipt);
[[nodiscard]] std::string to_json(const IndicatorLine& line);
[[nodiscard]] std::string to_json(const WorkLine& line);

}  // namespace sohoa::api
