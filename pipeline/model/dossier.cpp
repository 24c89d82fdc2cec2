#include "pipeline/model/dossier.hpp"

#include <algorithm>

#include "pipeline/model/named_values.hpp"

namespace sohoa {
namespace {

constexpr NamedValues<Channel, 3> channels{
    {{{Channel::direct, "direct"}, {Channel::online, "online"}, {Channel::post, "post"}}}};

constexpr NamedValues<DossierStatus, 10> statuses{{{{DossierStatus::fresh, "new"},
                                                    {DossierStatus::accepted, "accepted"},
                                                    {DossierStatus::refused, "refused"},
                                                    {DossierStatus::in_process, "in_process"},
                                                    {DossierStatus::supplement_asked, "supplement_asked"},
                                                    {DossierStatus::fee_due, "fee_due"},
                                                    {DossierStatus::withdrawn, "withdrawn"},
                                                    {DossierStatus::stopped, "stopped"},
                                                    {DossierStatus::done, "done"},
                                                    {DossierStatus::returned, "returned"}}}};

constexpr NamedValues<ComponentState, 4> states{{{{ComponentState::not_digitized, "not_digitized"},
                                                  {ComponentState::digitized, "digitized"},
                                                  {ComponentState::reused_component, "reused_component"},
                                                  {ComponentState::reused_result, "reused_result"}}}};

}  // namespace

std::string_view name_of(Channel channel) {
  return channels.name(channel);
}
std::optional<Channel> channel_of(std::string_view name) {
  return channels.value(name);
}
std::string_view name_of(DossierStatus status) {
  return statuses.name(status);
}
std::optional<DossierStatus> status_of(std::string_view name) {
  return statuses.value(name);
}
std::string_view name_of(ComponentState state) {
  return states.name(state);
}

const DossierComponent* Dossier::component(const ComponentCode& code) const {
  const auto& all = reception.components;
  const auto at = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.code == code; });
  return at != all.end() ? &*at : nullptr;
}

const FiledPaper* Dossier::paper(const PaperPlace& place) const {
  if (place.result > 0) {
    if (place.result > results.size() || results[place.result - 1].cancelled) return nullptr;
    return &results[place.result - 1].paper;
  }
  const auto* found = component(place.component);
  return found != nullptr && found->paper ? &*found->paper : nullptr;
}

}  // namespace sohoa
