#pragma once

#include "api/service/catalogue_service.hpp"
#include "api/service/dossier_service.hpp"
#include "api/service/duplicate_service.hpp"
#include "api/service/indicator_service.hpp"

namespace sohoa::api {

/// The use cases that follow the journal, together. Any thread.
struct OfficeServices {
  CatalogueService& catalogue;
  DossierService& dossiers;
  IndicatorService& indicators;
  DuplicateService& duplicates;
};

}  // namespace sohoa::api
