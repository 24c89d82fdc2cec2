#include "pipeline/pdf/comparison.hpp"

#include <algorithm>

namespace sohoa::pdf {
namespace {

using Kind = Object::Kind;
constexpr std::size_t most_differences = 8;

std::vector<std::pair<std::string_view, const Object*>> sorted(const Object& dictionary) {
  std::vector<std::pair<std::string_view, const Object*>> entries;
  each_entry(dictionary, [&](const std::string& key, const Object& value) { entries.emplace_back(key, &value); });
  std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return entries;
}

}  // namespace

std::vector<EntryPair> entries_of(const Object& before, const Object& after) {
  std::vector<EntryPair> pairs;
  const auto old_entries = sorted(before), new_entries = sorted(after);
  auto a = old_entries.begin(), b = new_entries.begin();
  while (a != old_entries.end() || b != new_entries.end()) {
    const auto key = b == new_entries.end() || (a != old_entries.end() && a->first < b->first) ? a->first : b->first;
    EntryPair pair{key};
    for (; a != old_entries.end() && a->first == key; ++a) pair.before = a->second;  // the last of two counts
    for (; b != new_entries.end() && b->first == key; ++b) pair.after = b->second;
    pairs.push_back(pair);
  }
  return pairs;
}

std::vector<std::string> Comparison::differences(const Object& before, const Object& after, Scope scope) {
  scope_ = scope;
  found_.clear();
  open_.push_back({&before, &after});
  while (!open_.empty()) {
    const Pair pair = open_.back();
    open_.pop_back();
    compare(pair);
  }
  return std::move(found_);
}

void Comparison::differ(const Pair& pair) {
  if (found_.size() >= most_differences) return;
  std::string place = pair.object == 0 ? "" : "object " + std::to_string(pair.object);
  if (!pair.key.empty()) place += (place.empty() ? "/" : ": /") + std::string(pair.key);
  found_.push_back(std::move(place));
}

bool Comparison::is_apart(const Object& object) const {
  return apart_.pages.contains(&object) || (scope_ == Scope::document && apart_.parts.contains(&object));
}

void Comparison::compare(const Pair& pair) {
  const Object& before = before_.resolved(*pair.before);
  const Object& after = after_.resolved(*pair.after);
  const bool both_refer = pair.before->is_reference() && pair.after->is_reference();
  if (both_refer && is_apart(before) && is_apart(after)) {
    if (pair.before->integer != pair.after->integer) differ(pair);
    return;
  }
  Pair inner{&before, &after, pair.object, pair.key};
  if (pair.after->is_reference() || pair.before->is_reference()) {
    if (!seen_.emplace(&before, &after).second) return;
    compared_.insert(&after);
    if (pair.after->is_reference()) inner.object = pair.after->integer;
  }
  if (before.is_number() && after.is_number()) {
    if (before.real != after.real) differ(inner);
    return;
  }
  if (before.kind != after.kind) return differ(inner);
  switch (before.kind) {
    case Kind::boolean:
      if (before.boolean != after.boolean) differ(inner);
      return;
    case Kind::string:
    case Kind::name:
      if (before.text != after.text) differ(inner);
      return;
    case Kind::array: return compare_elements(inner);
    case Kind::stream: compare_data(inner); [[fallthrough]];
    case Kind::dictionary: return compare_entries(inner);
    default: return;
  }
}

void Comparison::compare_entries(const Pair& pair) {
  for (const auto& entry : entries_of(*pair.before, *pair.after)) {
    if (pair.before->is_stream() && entry.key == "Length") continue;  // its data tell
    open_.push_back({entry.before, entry.after, pair.object, entry.key});
  }
}

void Comparison::compare_elements(const Pair& pair) {
  const auto before = pair.before->elements(), after = pair.after->elements();
  if (before.size() != after.size()) return differ(pair);
  for (std::size_t i = 0; i < before.size(); ++i) open_.push_back({&before[i], &after[i], pair.object, pair.key});
}

void Comparison::compare_data(const Pair& pair) {
  const auto before = before_.extent(*pair.before);
  const auto after = after_.extent(*pair.after);
  if (!before || !after) {
    const bool same_place = !before && !after && pair.before->data == pair.after->data;
    if (!same_place) differ(pair);
    return;
  }
  const bool same = before->data.size() == after->data.size() &&
                    (before->data.data() == after->data.data() ||
                     std::equal(before->data.begin(), before->data.end(), after->data.begin()));
  if (!same) differ(pair);
}

}  // namespace sohoa::pdf
