// The one place that says what a change does to a dossier: the registry asks it before it writes, whoever reads the
// journal replays it.
#include "pipeline/model/dossier_change.hpp"

#include <algorithm>

namespace sohoa {
namespace {

Error not_found(const std::string& what) {
  return {ErrorCode::not_found, what + ": there is none"};
}

std::string place_in(const Dossier& dossier, const ComponentCode& component) {
  return "component " + component.value + " of dossier " + dossier.reception.code.value;
}

Result<DossierComponent*> component_of(Dossier& dossier, const ComponentCode& code) {
  auto& all = dossier.reception.components;
  const auto at = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.code == code; });
  if (at == all.end()) return not_found(place_in(dossier, code));
  return &*at;
}

Error taken(const Dossier& dossier, const DossierComponent& component) {
  return {ErrorCode::already_exists,
          place_in(dossier, component.code) + ": is " + std::string(name_of(component.state)) + " already"};
}

void place(Dossier& dossier, const DocumentId& document) {
  std::erase(dossier.unplaced, document);
}

/// The reception as it was: components without what came later.
Reception as_received(const Dossier& dossier, const DossierStatus& status) {
  auto reception = dossier.reception;
  reception.status = status;
  for (auto& component : reception.components) {
    component.state = ComponentState::not_digitized;
    component.paper.reset();
    component.source.reset();
    component.portal_code.clear();
    component.entry.reset();
  }
  return reception;
}

class Application {
 public:
  Application(Dossier& dossier, std::uint64_t entry) : dossier_(dossier), entry_(entry) {}

  Result<std::uint64_t> operator()(const DossierReceived& change) {
    if (as_received(dossier_, change.reception.status) == change.reception) return dossier_.history.front();
    return Error{ErrorCode::already_exists,
                 "dossier " + change.reception.code.value + ": was received with other data"};
  }

  Result<std::uint64_t> operator()(const ComponentDigitized& change) {
    SOHOA_TRY(auto* component, component_of(dossier_, change.component));
    if (component->paper && component->paper->document == change.paper.document) return *component->entry;
    if (component->state != ComponentState::not_digitized) return taken(dossier_, *component);
    component->state = ComponentState::digitized;
    component->paper = change.paper;
    component->entry = entry_;
    place(dossier_, change.paper.document);
    return recorded();
  }

  Result<std::uint64_t> operator()(const ResultIssued& change) {
    for (const auto& result : dossier_.results) {
      if (!result.cancelled && result.paper.document == change.paper.document) return result.entry;
    }
    dossier_.results.push_back({change.type, change.paper, false, entry_});
    place(dossier_, change.paper.document);
    return recorded();
  }

  Result<std::uint64_t> operator()(const PaperReused& change) {
    SOHOA_TRY(auto* component, component_of(dossier_, change.component));
    if (component->entry && component->source == change.source && component->portal_code == change.portal_code) {
      return *component->entry;
    }
    if (component->state != ComponentState::not_digitized) return taken(dossier_, *component);
    const bool is_result = change.source && change.source->result > 0;
    component->state = is_result ? ComponentState::reused_result : ComponentState::reused_component;
    component->source = change.source;
    component->portal_code = change.portal_code;
    component->entry = entry_;
    return recorded();
  }

  Result<std::uint64_t> operator()(const PaperCancelled& change) {
    if (dossier_.paper(change.place) == nullptr) return not_found("paper " + text_of(change.place));
    if (change.place.result > 0) {
      dossier_.results[change.place.result - 1].cancelled = true;
      return recorded();
    }
    SOHOA_TRY(auto* component, component_of(dossier_, change.place.component));
    component->state = ComponentState::not_digitized;
    component->paper.reset();
    component->entry.reset();
    return recorded();
  }

  Result<std::uint64_t> operator()(const StatusChanged& change) {
    if (dossier_.reception.status == change.status) return dossier_.history.back();
    dossier_.reception.status = change.status;
    return recorded();
  }

  Result<std::uint64_t> operator()(const DossierSynced& change) {
    if (change.results > dossier_.results.size()) {
      return Error{ErrorCode::invalid_input, "dossier " + change.dossier.value + ": has not that many results"};
    }
    dossier_.synced = dossier_.synced || change.results > 0;
    return recorded();
  }

 private:
  Result<std::uint64_t> recorded() {
    dossier_.history.push_back(entry_);
    return entry_;
  }

  Dossier& dossier_;
  std::uint64_t entry_;
};

template <typename... Visitors>
struct Overloaded : Visitors... {
  using Visitors::operator()...;
};
template <typename... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

}  // namespace

const DossierCode& dossier_of(const DossierChange& change) {
  return std::visit(Overloaded{[](const DossierReceived& what) -> const DossierCode& { return what.reception.code; },
                               [](const PaperCancelled& what) -> const DossierCode& { return what.place.dossier; },
                               [](const auto& what) -> const DossierCode& { return what.dossier; }},
                    change.what);
}

std::string_view kind_of(const DossierChange& change) {
  constexpr std::string_view kinds[] = {"dossier", "component", "result", "reuse", "cancellation", "status", "sync"};
  static_assert(std::size(kinds) == std::variant_size_v<decltype(change.what)>);
  return kinds[change.what.index()];
}

const FiledPaper* paper_of(const DossierChange& change) {
  if (const auto* digitized = std::get_if<ComponentDigitized>(&change.what)) return &digitized->paper;
  if (const auto* issued = std::get_if<ResultIssued>(&change.what)) return &issued->paper;
  return nullptr;
}

Dossier dossier_from(const DossierReceived& received, std::uint64_t entry) {
  Dossier dossier;
  dossier.reception = received.reception;
  dossier.history = {entry};
  return dossier;
}

Result<std::uint64_t> apply(Dossier& dossier, const DossierChange& change, std::uint64_t entry) {
  return std::visit(Application(dossier, entry), change.what);
}

void attach(Dossier& dossier, const DocumentId& document, std::uint64_t entry) {
  dossier.unplaced.push_back(document);
  dossier.history.push_back(entry);
}

}  // namespace sohoa
