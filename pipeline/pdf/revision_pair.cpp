#include "pipeline/pdf/revision_pair.hpp"

namespace sohoa::pdf {
namespace {

constexpr std::size_t most_changes = 200;  // of one revision

}  // namespace

RevisionPair::RevisionPair(File& file, std::size_t index)
    : index_(index),
      before_(file, index - 1),
      after_(file, index),
      old_pages_(pages_of(before_)),
      new_pages_(pages_of(after_)),
      old_fields_(fields_of(before_)),
      new_fields_(fields_of(after_)),
      comparison_(before_, after_, apart_) {
  for (const auto& field : old_fields_.fields) old_field_names_.emplace(field.name, &field);
  set_apart(before_, old_pages_, old_fields_);
  set_apart(after_, new_pages_, new_fields_);
}

void RevisionPair::set_apart(const View& view, const Pages& pages, const Fields& fields) {
  for (const auto& page : pages.pages) {
    apart_.pages.insert(page.dictionary);
    apart_.pages.insert(page.ancestors.begin(), page.ancestors.end());
    for (const auto& annotation : annotations_of(view, page)) apart_.parts.insert(annotation.dictionary);
  }
  for (const auto& field : fields.fields) {
    apart_.parts.insert(field.dictionary);
    apart_.parts.insert(field.parents.begin(), field.parents.end());
    for (const auto& widget : field.widgets) apart_.parts.insert(widget.dictionary);
  }
}

void RevisionPair::add(PdfChange::Kind kind, std::uint32_t page, std::string what) {
  if (changes_.size() < most_changes) {
    changes_.push_back({kind, static_cast<std::uint32_t>(index_ + 1), page, std::move(what)});
  }
}

void RevisionPair::compare(PdfChange::Kind kind, std::uint32_t page, const std::string& what, const Object& before,
                           const Object& after, Comparison::Scope scope) {
  for (const auto& place : comparison_.differences(before, after, scope)) {
    add(kind, page, place.empty() ? what : what + " (" + place + ")");
  }
}

bool RevisionPair::is_additive(const Object& before, const Object& after) {
  const Object& old_value = before_.resolved(before);
  const Object& new_value = after_.resolved(after);
  if (old_value.is_null()) return true;
  if (!old_value.is(Object::Kind::dictionary) || !new_value.is(Object::Kind::dictionary)) return false;
  came_to(new_value);
  bool additive = true;
  for (const auto& entry : entries_of(old_value, new_value)) {
    if (!entry.before->is_null()) additive &= is_same(*entry.before, *entry.after);
  }
  return additive;
}

/// A stream has data as well, which nobody compares entry by entry.
void RevisionPair::came_to(const Object& dictionary) {
  if (!dictionary.is_stream()) come_to_.insert(&dictionary);
}

bool RevisionPair::was_looked_at(const Object& object) const {
  return come_to_.contains(&object) || comparison_.compared().contains(&object);
}

const Field* RevisionPair::old_field(const std::string& name) const {
  const auto found = old_field_names_.find(name);
  return found == old_field_names_.end() ? nullptr : found->second;
}

bool RevisionPair::is_signed_here(const Field& field) const {
  if (field.type != "Sig" || !field.value->has("Contents") || !field.value->has("ByteRange")) return false;
  const Field* before = old_field(field.name);
  return before == nullptr || before->value->is_null();
}

}  // namespace sohoa::pdf
