#pragma once

#include <optional>

#include "api/service/catalogue_service.hpp"
#include "api/service/dossier_service.hpp"
#include "api/service/duplicate_service.hpp"
#include "api/service/indicator_service.hpp"
#include "api/service/issuing_service.hpp"
#include "api/service/verification.hpp"

namespace sohoa::api {

/// What signs, and what looks at signatures. Any thread; each call may wait for tokens and for networks.
struct SigningServices {
  IssuingService& issuing;
  VerificationService& verification;
};

/// The use cases beside those of documents, together. Any thread.
struct OfficeServices {
  CatalogueService& catalogue;
  DossierService& dossiers;
  IndicatorService& indicators;
  DuplicateService& duplicates;
  std::optional<SigningServices> signing{};  ///< none: nothing is issued or verified here
};

}  // namespace sohoa::api
