#pragma once

#include <string>
#include <vector>

#include "api/service/dossier_service.hpp"

namespace sohoa::api {

// What officers and services ask for, as JSON; texts are brought to NFC.
// Errors of all: invalid_input, naming the member: missing, wrong, or none that is known.

/// Dossiers out of an object or a list of them; the README's "Dossiers" shows one. Errors name the dossier as well.
Result<std::vector<ReceptionRequest>> read_receptions(const std::string& json);
/// {"officer", "document", "fields": {"number_symbol", "issue_date" ...}}; without `component` also "result", its type.
Result<FilingRequest> read_filing(const std::string& json, const DossierCode& dossier, const ComponentCode& component);
/// {"officer" or "service", "dossier", "component", "paper" or "portal_code", "purpose", "on"}
Result<ReuseRequest> read_reuse(const std::string& json);
/// {"officer", "paper", "reason"}
Result<DossierChange> read_cancellation(const std::string& json);
/// {"officer", "status"}
Result<DossierChange> read_status(const std::string& json, const DossierCode& dossier);
/// {"officer", "results"}: the dossier was handed to the portal with so many results.
Result<DossierChange> read_sync(const std::string& json, const DossierCode& dossier);

}  // namespace sohoa::api
