#include "api/portal/payload.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace sohoa::api::portal {
namespace {

using Json = nlohmann::ordered_json;  // in the order in which the portal's own documents name them

/// "20251122081500"; "" where not known.
std::string portal_time(const std::optional<WallTime>& time) {
  if (!time) return "";
  std::string digits;
  for (const char c : iso8601(*time).substr(0, 19)) {
    if (c >= '0' && c <= '9') digits.push_back(c);
  }
  return digits;
}

std::string flag(bool value) {
  return value ? "1" : "0";
}

class Writer {
 public:
  Writer(const Dossier& dossier, const Catalogue& catalogue, const std::string& link_base)
      : dossier_(dossier),
        reception_(dossier.reception),
        procedure_(catalogue.procedure(reception_.procedure)),
        unit_(catalogue.unit(reception_.unit)),
        link_base_(link_base) {}

  Message message() {
    message_.dossier = reception_.code;
    Json json{{"MaHoSo", reception_.code.value},
              {"MaTTHC", reception_.procedure.value},
              {"TenTTHC", procedure_ ? procedure_->name : ""},
              {"MaLinhVuc", procedure_ ? procedure_->field : ""},
              {"KenhThucHien", std::to_string(static_cast<int>(reception_.channel))},
              {"ChuHoSo", reception_.owner.name},
              {"LoaiDoiTuong", reception_.owner.kind == OwnerKind::person ? "1" : "2"},
              {"MaDoiTuong", reception_.owner.id.value},
              {"NgayTiepNhan", portal_time(reception_.received_at)},
              {"NgayHenTra", portal_time(reception_.due_at)},
              {"TrangThaiHoSo", std::to_string(static_cast<int>(reception_.status))},
              {"DonViXuLy", unit_ ? unit_->name : reception_.unit.value},
              {"TaiLieuNop", components()},
              {"DanhSachGiayToKetQua", results()},
              {"HoSoCoThanhPhanSoHoa", flag(has_digitized())},
              {"TaiKhoanDuocXacThucVoiVNeID", flag(reception_.vneid_authenticated)}};
    message_.json = json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    return std::move(message_);
  }

 private:
  std::string link_to(const DocumentId& document) {
    message_.documents.push_back(document);
    return link_base_ + "/api/v1/documents/" + document.value + "/pdf";
  }

  bool has_digitized() const {
    return std::any_of(reception_.components.begin(), reception_.components.end(),
                       [](const auto& one) { return one.state != ComponentState::not_digitized; });
  }

  Json components() {
    Json all = Json::array();
    for (const auto& component : reception_.components) {
      const bool reused = component.state > ComponentState::digitized;
      Json one{{"TenTepDinhKem", component.paper ? component.paper->details.name : name_of(component.code)},
               {"MaThanhPhanHoSo", component.code.value},
               {"DuongDanTaiTepTin", component.paper ? link_to(component.paper->document) : ""},
               {"DuocSoHoa", flag(component.state == ComponentState::digitized)},
               {"DuocTaiSuDung", flag(reused)},
               {"DuocLayTuKhoDMQG", flag(!component.portal_code.empty())},
               {"MaKetQuaThayThe", replaced_by(component)}};
      all.push_back(std::move(one));
    }
    return all;
  }

  std::string name_of(const ComponentCode& code) const {
    if (!procedure_) return "";
    for (const auto& one : procedure_->components) {
      if (one.code == code) return one.name;
    }
    return "";
  }

  static std::string replaced_by(const DossierComponent& component) {
    if (!component.portal_code.empty()) return component.portal_code;
    return component.source ? text_of(*component.source) : "";
  }

  Json results() {
    Json all = Json::array();
    for (const auto& result : dossier_.results) {
      if (result.cancelled) continue;
      ++message_.results;
      all.push_back({{"TenGiayTo", result.paper.details.name},
                     {"MaGiayToKetQua", result.paper.code.value},
                     {"DuongDanTepTinKetQua", link_to(result.paper.document)}});
    }
    return all;
  }

  const Dossier& dossier_;
  const Reception& reception_;
  const Procedure* procedure_;
  const Unit* unit_;
  const std::string& link_base_;
  Message message_;
};

}  // namespace

Message message_for(const Dossier& dossier, const Catalogue& catalogue, const std::string& link_base) {
  return Writer(dossier, catalogue, link_base).message();
}

}  // namespace sohoa::api::portal
