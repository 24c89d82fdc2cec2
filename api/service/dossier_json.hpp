#pragma once

#include <string>
#include <vector>

#include "api/service/dossier_service.hpp"
#include "api/service/indicator_service.hpp"

namespace sohoa::api {

// One JSON object each, in one line: what `--json` prints and HTTP sends.
[[nodiscard]] std::string to_json(const Dossier& dossier);
[[nodiscard]] std::string to_json(const ReceivedDossier& received, const DossierCode& code);
[[nodiscard]] std::string to_json(const std::vector<ComponentOffer>& offers);
[[nodiscard]] std::string to_json(const FoundPaper& paper);
[[nodiscard]] std::string to_json(const Filing& filing);
[[nodiscard]] std::string to_json(const EntryReceipt& receipt);
[[nodiscard]] std::string to_json(const IndicatorLine& line);
[[nodiscard]] std::string to_json(const WorkLine& line);
/// `next` is null at the end. Its bytes are keys of the index: they go back as they came.
[[nodiscard]] std::string to_json(const DossierPage& page);

// Members that a refusal carries beside its reason.
[[nodiscard]] std::string to_json(const std::vector<RuleFinding>& findings);
[[nodiscard]] std::string to_json(const std::vector<catalogue::Problem>& problems);

}  // namespace sohoa::api
