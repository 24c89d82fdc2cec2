#pragma once

#include <string>
#include <vector>

#include "pipeline/model/catalogue.hpp"
#include "pipeline/model/dossier.hpp"

namespace sohoa::api::portal {

/// What the National Public Service Portal is told of one dossier.
struct Message {
  DossierCode dossier;
  std::string json;                   ///< the payload of DongBoHoSoMC, domain.md section 8 [practice]
  std::vector<DocumentId> documents;  ///< that it links to
  std::uint32_t results = 0;          ///< results among them
};

/// Dates are yyyyMMddHHmmss in Vietnam's time. A document's link is `link_base` + "/api/v1/documents/<id>/pdf".
/// LoaiDoiTuong: 1 person, 2 organisation [open]. Pure, any thread.
[[nodiscard]] Message message_for(const Dossier& dossier, const Catalogue& catalogue, const std::string& link_base);

}  // namespace sohoa::api::portal
