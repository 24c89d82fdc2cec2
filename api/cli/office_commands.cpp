// Dossiers at the counter. What an officer reads is Vietnamese unless the terminal asks for English.
#include "api/cli/office_commands.hpp"

#include <fmt/format.h>

#include "api/cli/console.hpp"
#include "api/office.hpp"
#include "api/portal/connector.hpp"
#include "api/service/dossier_json.hpp"
#include "api/service/dossier_requests.hpp"
#include "pipeline/base/file.hpp"
#include "pipeline/catalogue/catalogue_json.hpp"

namespace sohoa::api::cli {
namespace {

constexpr std::uint64_t longest_file = 256ULL << 20;

/// Where a day may be left out it is today.
Result<Date> day_or_today(const std::string& text) {
  if (text.empty()) return date_of(now());
  const auto date = date_of(text);
  if (!date) return Error{ErrorCode::invalid_input, text + ": is not a date like 2025-07-01"};
  return *date;
}

Result<std::optional<Date>> day_or_none(const std::string& text) {
  if (text.empty()) return std::optional<Date>();
  SOHOA_TRY(const auto date, day_or_today(text));
  return std::optional(date);
}

Exit wrong_usage(const Error& error) {
  complain(error);
  return Exit::usage;
}

void print(const RuleFinding& finding) {
  const auto sign = finding.severity == Severity::error ? say("LỖI", "ERROR") : say("lưu ý", "note");
  fmt::print("  {} [{}] {} ({})\n", sign, finding.code, say(finding.vietnamese, finding.english), finding.law);
}

void print(const FoundPaper& paper) {
  const auto& details = paper.held.paper.details;
  fmt::print("  {}: {} {} {}\n    {} {}\n    {} {}, {} {}, {}\n", text_of(paper.held.place), details.kind.value,
             details.number_symbol, details.issued ? iso_date(*details.issued) : "",
             paper.validity.valid ? say("dùng được:", "valid:") : say("không dùng được:", "not valid:"),
             say(paper.validity.vietnamese, paper.validity.english), say("tài liệu", "document"),
             paper.held.paper.document.value, say("mục nhật ký", "journal entry"), paper.held.receipt.entry,
             paper.held.receipt.recorded_at);
}

void print(const EntryReceipt& receipt) {
  fmt::print("{} {} {}\n", say("đã ghi, mục nhật ký", "recorded, journal entry"), receipt.entry, receipt.recorded_at);
}

template <typename Do>
Exit with_office(const Config& config, Access access, Do&& act) {
  auto office = Office::open(config, access);
  if (!office) return complain(office.error());
  Result<Exit> done = act(**office);
  // What was recorded is durable; an index that cannot follow now does so when it is asked.
  if (access == Access::read_write) (void)(*office)->follow();
  return done ? *done : complain(done.error());
}

Exit report(const Result<EntryReceipt>& receipt, bool json) {
  if (!receipt) return complain(receipt.error());
  json ? fmt::print("{}\n", to_json(*receipt)) : print(*receipt);
  return Exit::done;
}

}  // namespace

Exit import_catalogue(const Config& config, const CatalogueArguments& arguments) {
  std::vector<catalogue::CatalogueFile> files;
  for (const auto& path : arguments.files) {
    auto bytes = read_file(path, longest_file);
    if (!bytes) return complain(bytes.error().within(path.string()));
    files.push_back({path.filename().string(), std::string(as_text(*bytes))});
  }
  return with_office(config, Access::read_write, [&](Office& office) -> Result<Exit> {
    SOHOA_TRY(const auto imported, office.catalogue().import(files));
    for (const auto& problem : imported.problems) fmt::print(stderr, "sohoa: {}\n", text_of(problem));
    if (!imported.receipt) {
      fmt::print(stderr, "sohoa: {}\n", say("không nhập gì cả", "nothing was imported"));
      return Exit::failed;
    }
    return report(*imported.receipt, arguments.json);
  });
}

Exit show_catalogue(const Config& config, const CatalogueArguments& arguments) {
  return with_office(config, Access::read_only, [&](Office& office) -> Result<Exit> {
    SOHOA_TRY(const auto all, office.catalogue().current());
    if (arguments.json) {
      fmt::print("{}\n", catalogue::to_json(*all));
      return Exit::done;
    }
    fmt::print("{:16} {}\n{:16} {}\n{:16} {}\n{:16} {}\n{:16} {}\n", say("đơn vị", "units"), all->units.size(),
               say("loại giấy tờ", "kinds"), all->kinds.size(), say("thủ tục", "procedures"), all->procedures.size(),
               say("cán bộ", "officers"), all->officers.size(), say("dịch vụ", "services"), all->services.size());
    for (const auto& rules : all->rule_sets) {
      fmt::print("{:16} {}  {} - {}  {}\n", say("bộ quy định", "rule set"), rules.id.value,
                 iso_date(rules.effective_from), rules.effective_to ? iso_date(*rules.effective_to) : "...", rules.law);
    }
    return Exit::done;
  });
}

Exit receive_dossiers(const Config& config, const DossierArguments& arguments) {
  std::vector<ReceptionRequest> requests;
  for (const auto& path : arguments.files) {
    const auto bytes = read_file(path, longest_file);
    if (!bytes) return complain(bytes.error().within(path.string()));
    auto read = read_receptions(std::string(as_text(*bytes)));
    if (!read) return complain(read.error().within(path.string()));
    requests.insert(requests.end(), std::make_move_iterator(read->begin()), std::make_move_iterator(read->end()));
  }
  return with_office(config, Access::read_write, [&](Office& office) -> Result<Exit> {
    SOHOA_TRY(const auto received, office.dossiers().receive(requests));
    for (std::size_t i = 0; i < received.size(); ++i) {
      const auto& code = requests[i].reception.code;
      if (arguments.json) {
        fmt::print("{}\n", to_json(received[i], code));
        continue;
      }
      fmt::print("{} {}: ", say("hồ sơ", "dossier"), code.value);
      print(received[i].receipt);
      for (const auto& offer : received[i].offers) {
        const auto wanted = offer.exempt          ? say("không số hóa", "not digitized")
                            : offer.valid.empty() ? say("cần số hóa", "to be digitized")
                                                  : say("đã có, dùng lại được:", "held already, can be reused:");
        fmt::print(" {} {}\n", offer.component.value, wanted);
        if (offer.exempt) print(*offer.exempt);
        for (const auto& paper : offer.valid) print(paper);
      }
    }
    return Exit::done;
  });
}

Exit show_dossier(const Config& config, const DossierArguments& arguments) {
  return with_office(config, Access::read_only, [&](Office& office) -> Result<Exit> {
    SOHOA_TRY(const auto dossier, office.dossiers().dossier({arguments.code}));
    if (arguments.json) {
      fmt::print("{}\n", to_json(dossier));
      return Exit::done;
    }
    const auto& reception = dossier.reception;
    fmt::print("{} {}\n  {} {}, {} {}, {} {}\n  {}: {} {}\n", say("hồ sơ", "dossier"), reception.code.value,
               say("thủ tục", "procedure"), reception.procedure.value, say("đơn vị", "unit"), reception.unit.value,
               say("quy định", "rules"), reception.rule_set.value, say("chủ hồ sơ", "owner"), reception.owner.name,
               reception.owner.id.value);
    for (const auto& component : reception.components) {
      const auto detail = component.paper    ? component.paper->document.value + " " + component.paper->code.value
                          : component.source ? text_of(*component.source)
                                             : component.portal_code;
      fmt::print("  {} {} [{}] {}\n", component.code.value, component.kind.value, name_of(component.state), detail);
    }
    for (const auto& result : dossier.results) {
      fmt::print("  {} {} {}{}\n", say("kết quả", "result"), result.paper.code.value, result.paper.document.value,
                 result.cancelled ? say(" (đã hủy)", " (cancelled)") : "");
    }
    for (const auto& document : dossier.unplaced) {
      fmt::print("  {} {}\n", say("chưa xếp vào thành phần:", "in no component yet:"), document.value);
    }
    return Exit::done;
  });
}

Exit put_document(const Config& config, const DossierArguments& arguments) {
  FilingRequest request;
  request.officer = {arguments.officer};
  request.dossier = {arguments.code};
  (arguments.result.empty() ? request.component.value : request.result.value) = arguments.component;
  request.document = {arguments.document};
  request.details = {{},
                     {arguments.owner},
                     arguments.name,
                     arguments.number,
                     arguments.agency,
                     arguments.abstract,
                     arguments.scope,
                     std::nullopt,
                     std::nullopt};
  auto issued = day_or_none(arguments.issued);
  auto valid_until = day_or_none(arguments.valid_until);
  if (!issued || !valid_until) return wrong_usage(!issued ? issued.error() : valid_until.error());
  request.details.issued = *issued;
  request.details.valid_until = *valid_until;
  return with_office(config, Access::read_write, [&](Office& office) -> Result<Exit> {
    SOHOA_TRY(const auto filing, office.dossiers().file(request));
    if (arguments.json) {
      fmt::print("{}\n", to_json(filing));
    } else {
      for (const auto& finding : filing.findings) print(finding);
      if (filing.receipt) fmt::print("{} {}\n", say("mã giấy tờ", "paper code"), filing.code.value);
      if (filing.receipt) print(*filing.receipt);
    }
    return filing.receipt ? Exit::done : Exit::failed;
  });
}

Exit set_status(const Config& config, const DossierArguments& arguments) {
  const auto status = status_of(arguments.status);
  if (!status) return wrong_usage({ErrorCode::invalid_input, arguments.status + ": is no status"});
  return with_office(config, Access::read_write, [&](Office& office) -> Result<Exit> {
    const Actor by{Actor::Kind::officer, arguments.officer};
    return report(office.dossiers().record({by, StatusChanged{{arguments.code}, *status}}), arguments.json);
  });
}

Exit cancel_paper(const Config& config, const DossierArguments& arguments) {
  const auto place = place_of(arguments.paper);
  if (!place) return wrong_usage({ErrorCode::invalid_input, arguments.paper + ": is not CODE/COMPONENT or CODE/KQ1"});
  return with_office(config, Access::read_write, [&](Office& office) -> Result<Exit> {
    const Actor by{Actor::Kind::officer, arguments.officer};
    return report(office.dossiers().record({by, PaperCancelled{*place, arguments.reason}}), arguments.json);
  });
}

Exit look_up(const Config& config, const LookupArguments& arguments) {
  LookupRequest request;
  request.query.owner = {arguments.owner};
  if (!arguments.kind.empty()) request.query.kind = KindCode{arguments.kind};
  if (!arguments.service.empty()) request.service = ServiceId{arguments.service};
  auto issued = day_or_none(arguments.issued);
  const auto on = day_or_today(arguments.on);
  if (!issued || !on) return wrong_usage(!issued ? issued.error() : on.error());
  request.query.issued = *issued;
  request.on = *on;
  return with_office(config, Access::read_only, [&](Office& office) -> Result<Exit> {
    SOHOA_TRY(const auto papers, office.dossiers().look_up(request));
    for (const auto& paper : papers) arguments.json ? fmt::print("{}\n", to_json(paper)) : print(paper);
    if (papers.empty() && !arguments.json) fmt::print("{}\n", say("không có giấy tờ nào", "no paper is held"));
    return Exit::done;
  });
}

Exit reuse(const Config& config, const ReuseArguments& arguments) {
  ReuseRequest request;
  const bool service = !arguments.service.empty();
  if (!service && arguments.officer.empty()) {
    return wrong_usage({ErrorCode::invalid_input, "--officer or --service says who reuses"});
  }
  request.by = {service ? Actor::Kind::service : Actor::Kind::officer, service ? arguments.service : arguments.officer};
  request.dossier = {arguments.dossier};
  request.component = {arguments.component};
  request.portal_code = arguments.portal_code;
  request.purpose = arguments.purpose;
  if (!arguments.paper.empty()) {
    request.source = place_of(arguments.paper);
    if (!request.source) {
      return wrong_usage({ErrorCode::invalid_input, arguments.paper + ": is not CODE/COMPONENT or CODE/KQ1"});
    }
  }
  const auto on = day_or_today(arguments.on);
  if (!on) return wrong_usage(on.error());
  request.on = *on;
  return with_office(config, Access::read_write, [&](Office& office) -> Result<Exit> {
    return report(office.dossiers().reuse(request), arguments.json);
  });
}

Exit export_dossiers(const Config& config, const ExportArguments& arguments) {
  if (arguments.out.empty() == arguments.to.empty()) {
    return wrong_usage({ErrorCode::invalid_input, "--out FOLDER or --to ADDRESS says where to"});
  }
  return with_office(config, Access::read_write, [&](Office& office) -> Result<Exit> {
    SOHOA_TRY(const auto connector, arguments.out.empty() ? portal::http_connector(arguments.to)
                                                          : portal::folder_connector(arguments.out, office.archive()));
    SOHOA_TRY(const auto catalogue, office.catalogue().current());
    auto exit = Exit::done;
    for (const auto& code : arguments.codes) {
      const auto sent = [&]() -> Result<EntryReceipt> {
        SOHOA_TRY(const auto dossier, office.dossiers().dossier({code}));
        const auto message = portal::message_for(dossier, *catalogue, arguments.link_base);
        SOHOA_DO(connector->send(message));
        const Actor by{Actor::Kind::officer, arguments.officer};
        return office.dossiers().record({by, DossierSynced{{code}, message.results}});
      }();
      if (!sent) exit = complain(sent.error());
      if (sent) (void)report(sent, arguments.json);
    }
    return exit;
  });
}

}  // namespace sohoa::api::cli
