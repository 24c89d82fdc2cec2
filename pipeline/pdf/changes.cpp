// What a later revision may do to a signed document is little (ISO 32000-1, 12.8.2.2; EN 319 142-1, 5.4 to 5.6): sign
// again in a field of its own, add validation data, add a document timestamp. All else is told apart by what it can do:
// change what a page shows, fill in a form, lay an annotation over the text, or act when the document is opened.
//
// Both revisions are walked side by side from the catalogue on, what matters most first: pages with all that they refer
// to, the catalogue, the form, annotations, metadata. An object that several places share is judged by the first. In
// the end each object that the revision defines anew must have been looked at; if not, that is a change as well. So an
// object that was prepared before signing and swapped in later (shadow attacks: Mainka, Mladenov, Rohlmann, NDSS 2021)
// shows where it is used, and annotations and empty signature fields laid over certified documents (Rohlmann et al.,
// IEEE S&P 2021) show as annotations.

#include "pipeline/pdf/changes.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "pipeline/pdf/form_changes.hpp"
#include "pipeline/pdf/revision_pair.hpp"

namespace sohoa::pdf {
namespace {

using Kind = PdfChange::Kind;

bool is_one_of(std::string_view key, std::initializer_list<std::string_view> keys) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

// Pages.

/// By object: one that is there no more was taken away, one that was not there was added or put in its place.
void pair_pages(RevisionPair& pair) {
  const auto& before = pair.old_pages().pages;
  const auto& after = pair.new_pages().pages;
  std::map<std::uint32_t, const Page*> old_pages;
  for (const auto& page : before) old_pages.emplace(page.object, &page);
  std::set<std::uint32_t> gone;
  for (const auto& page : before) gone.insert(page.object);
  std::uint32_t number = 0;
  for (const auto& page : after) {
    ++number;
    const auto old_page = old_pages.find(page.object);
    if (old_page == old_pages.end() || page.object == 0) {
      pair.add(Kind::page, number, "a page was added or exchanged");
    } else {
      pair.pair({number, old_page->second, &page});
      gone.erase(page.object);
    }
  }
  for (const auto object : gone) {
    pair.add(Kind::page, 0, "a page was taken away (object " + std::to_string(object) + ")");
  }
  const auto same = [](const Page& a, const Page& b) { return a.object == b.object && a.object != 0; };
  if (!std::equal(before.begin(), before.end(), after.begin(), after.end(), same)) {
    pair.add(Kind::page, 0, "the pages are not the same in the same order");
  }
}

void compare_page(RevisionPair& pair, const PagePair& pages) {
  constexpr auto contents = Comparison::Scope::contents;
  for (const char* key : {"Resources", "MediaBox", "CropBox", "Rotate"}) {
    pair.compare(Kind::page, pages.number, std::string("/") + key, inherited(pair.before(), *pages.before, key),
                 inherited(pair.after(), *pages.after, key), contents);
  }
  for (const auto& entry : entries_of(*pages.before->dictionary, *pages.after->dictionary)) {
    const auto what = "/" + std::string(entry.key);
    if (is_one_of(entry.key, {"Resources", "MediaBox", "CropBox", "Rotate"})) continue;
    if (entry.key == "Annots") {
      // The annotations are compared by themselves; whatever else stands there is none.
      const Object& annotations = pair.after().resolved(*entry.after);
      if (annotations.is_array() || annotations.is_null()) {
        pair.came_to(annotations);
        continue;
      }
    }
    const auto kind = is_one_of(entry.key, {"LastModified", "Metadata"}) ? Kind::metadata : Kind::page;
    pair.compare(kind, pages.number, what, *entry.before, *entry.after, contents);
  }
}

void compare_pages(RevisionPair& pair) {
  if (!pair.old_pages().is_whole || !pair.new_pages().is_whole) {
    pair.add(Kind::page, 0, "the page tree runs in a circle, or is too large");
  }
  for (const auto& page : pair.new_pages().pages) {
    pair.came_to(*page.dictionary);
    for (const Object* node : page.ancestors) pair.came_to(*node);
  }
  pair_pages(pair);
  for (const auto& pages : pair.page_pairs()) compare_page(pair, pages);
}

// The catalogue.

void compare_validation_data(RevisionPair& pair, const Object& before, const Object& after) {
  const bool was_there = !pair.before().resolved(before).is_null();
  if (was_there && pair.after().resolved(after).is_null()) {
    return pair.add(Kind::other, 0, "the validation data were taken away");
  }
  // By itself, as what is shared with the rest must be compared there, too.
  Comparison own(pair.before(), pair.after(), pair.apart());
  if (!own.differences(before, after).empty()) pair.add(Kind::validation_data, 0, "validation data were added");
}

/// A certification signature that comes with its permissions.
void compare_permissions(RevisionPair& pair, const Object& permissions) {
  pair.came_to(permissions);
  const Object& signature = pair.after().get(permissions, "DocMDP");
  const auto& fields = pair.new_fields().fields;
  const bool is_new_field = std::any_of(fields.begin(), fields.end(), [&](const Field& field) {
    return field.value == &signature && pair.is_signed_here(field);
  });
  if (!is_new_field || permissions.items.size() != 2) pair.add(Kind::other, 0, "the catalogue's /Perms");
}

void compare_catalogue(RevisionPair& pair) {
  const Object& after = pair.after().root();
  pair.came_to(after);
  for (const auto& entry : entries_of(pair.before().root(), after)) {
    if (is_one_of(entry.key, {"Pages", "AcroForm", "Metadata"})) continue;
    if (entry.key == "DSS") {
      compare_validation_data(pair, *entry.before, *entry.after);
    } else if (entry.key == "Extensions" && pair.is_additive(*entry.before, *entry.after)) {
      continue;  // developer extensions say which versions a reader must know
    } else if (entry.key == "Perms" && pair.before().resolved(*entry.before).is_null()) {
      compare_permissions(pair, pair.after().resolved(*entry.after));
    } else {
      pair.compare(Kind::other, 0, "the catalogue's /" + std::string(entry.key), *entry.before, *entry.after);
    }
  }
}

// What no page shows.

void compare_metadata(RevisionPair& pair) {
  pair.compare(Kind::metadata, 0, "the catalogue's /Metadata", pair.before().root().at("Metadata"),
               pair.after().root().at("Metadata"));
  pair.compare(Kind::metadata, 0, "the information dictionary", pair.before().trailer().at("Info"),
               pair.after().trailer().at("Info"));
}

/// Everything that a reader of the later revision can come to by other ways than the validation data.
std::unordered_map<const Object*, std::uint32_t> reachable_in(const View& view) {
  std::unordered_map<const Object*, std::uint32_t> reachable;
  std::vector<const Object*> open{&view.trailer()};
  const auto visit = [&](const Object& item) {
    const Object& target = view.resolved(item);
    if (!item.is_reference()) {
      if (!item.items.empty()) open.push_back(&item);
    } else if (reachable.emplace(&target, static_cast<std::uint32_t>(item.integer)).second) {
      open.push_back(&target);
    }
  };
  while (!open.empty()) {
    const Object* object = open.back();
    open.pop_back();
    if (object == &view.root()) {
      each_entry(*object, [&](const std::string& key, const Object& value) {
        if (key != "DSS") visit(value);
      });
    } else {
      for (const auto& item : object->items) visit(item);
    }
  }
  return reachable;
}

/// Objects that were there, are defined anew, differ, can be come to and were not: no rule above knows them.
void compare_the_rest(RevisionPair& pair) {
  const File& file = pair.after().file();
  for (const auto& [object, number] : reachable_in(pair.after())) {
    const auto stated = file.stated(number, pair.index());
    const auto old_stated = file.stated(number, pair.index() - 1);
    if (stated.entry == old_stated.entry || pair.was_looked_at(*object)) continue;
    const Object& before = pair.before().object(number, old_stated.generation());
    if (before.is_null()) continue;
    Comparison own(pair.before(), pair.after(), pair.apart());
    if (!own.differences(before, *object).empty()) {
      pair.add(Kind::other, 0, "object " + std::to_string(number) + " was defined anew");
    }
  }
}

}  // namespace

std::vector<PdfChange> changes_by(File& file, std::size_t index) {
  RevisionPair pair(file, index);
  compare_pages(pair);
  compare_catalogue(pair);
  compare_form(pair);
  compare_metadata(pair);
  compare_the_rest(pair);
  return pair.take();
}

}  // namespace sohoa::pdf
