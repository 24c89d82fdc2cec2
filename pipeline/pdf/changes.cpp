// What a later revision may do to a signed document is little (ISO 32000-1, 12.8.2.2; EN 319 142-1, 5.4 to 5.6): sign
// again in a field of its own, add validation data, add a document timestamp. All else is told apart by what it can do:
// change what a page shows, fill in a form, lay an annotation over the text, or act when the document is opened.
//
// Both revisions are walked side by side from the catalogue on, what matters most first: pages with all that they refer
// to, the catalogue, the form, annotations, metadata. An object that several places share is judged by the first. In
// the end each object that the revision defines anew must have been come to; if not, that is a change as well. So an
// object that was prepared before signing and swapped in later (shadow attacks: Mainka, Mladenov, Rohlmann, NDSS 2021)
// shows where it is used, and annotations and empty signature fields laid over certified documents (Rohlmann et al.,
// IEEE S&P 2021) show as annotations.

#include "pipeline/pdf/changes.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <unordered_set>

#include "pipeline/pdf/comparison.hpp"
#include "pipeline/pdf/structure.hpp"

namespace sohoa::pdf {
namespace {

using Kind = PdfChange::Kind;
constexpr std::size_t most_changes = 200;   // of one revision
constexpr double largest_appearance = 0.5;  // of its page: a signature's picture that covers more hides the page

bool is_one_of(std::string_view key, std::initializer_list<std::string_view> keys) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// A number, or the place of what has none.
using Identity = std::pair<std::uint32_t, std::size_t>;

template <typename T>
std::map<Identity, const T*> by_identity(const std::vector<T>& items) {
  std::map<Identity, const T*> result;
  for (std::size_t i = 0; i < items.size(); ++i) {
    result.emplace(items[i].object != 0 ? Identity(items[i].object, 0) : Identity(0, i), &items[i]);
  }
  return result;
}

class RevisionChanges {
 public:
  RevisionChanges(File& file, std::size_t index)
      : index_(index), before_(file, index - 1), after_(file, index), comparison_(before_, after_) {}

  std::vector<PdfChange> find() {
    old_fields_ = fields_of(before_);
    new_fields_ = fields_of(after_);
    for (const auto& field : old_fields_.fields) {
      old_field_names_.emplace(field.name, &field);
      for (const auto& widget : field.widgets) old_widgets_.insert(widget.dictionary);
    }
    for (const auto& field : new_fields_.fields) {
      for (const auto& widget : field.widgets) new_widgets_.insert(widget.dictionary);
    }
    compare_pages();
    compare_catalogue();
    compare_form();
    compare_fields();
    compare_annotations();
    compare_metadata();
    compare_the_rest();
    return std::move(changes_);
  }

 private:
  void add(Kind kind, std::uint32_t page, std::string what) {
    if (changes_.size() < most_changes) {
      changes_.push_back({kind, static_cast<std::uint32_t>(index_ + 1), page, std::move(what)});
    }
  }
  /// Each difference of the two values as a change.
  bool compare(Kind kind, std::uint32_t page, const std::string& what, const Object& before, const Object& after) {
    const auto differences = comparison_.differences(before, after);
    for (const auto& place : differences) add(kind, page, place.empty() ? what : what + " (" + place + ")");
    return !differences.empty();
  }
  void came_to(const Object* object) { come_to_.insert(object); }

  // Pages.

  void compare_pages() {
    const auto before = pages_of(before_), after = pages_of(after_);
    if (!before.is_whole || !after.is_whole) add(Kind::page, 0, "the page tree runs in a circle, or is too large");
    for (const auto& page : after.pages) {
      came_to(page.dictionary);
      for (const Object* node : page.ancestors) came_to(node);
    }
    old_pages_ = before.pages;
    new_pages_ = after.pages;
    pair_pages();
    for (const auto& [number, old_page, new_page] : page_pairs_) compare_page(number, *old_page, *new_page);
  }

  /// By their place where the same objects stand in the same order, else by object.
  void pair_pages() {
    const auto same = [](const Page& a, const Page& b) { return a.object == b.object && a.object != 0; };
    const bool same_order =
        std::equal(old_pages_.begin(), old_pages_.end(), new_pages_.begin(), new_pages_.end(), same);
    std::set<std::uint32_t> old_numbers;
    for (const auto& page : old_pages_) old_numbers.insert(page.object);
    std::map<std::uint32_t, const Page*> old_by_number;
    for (const auto& page : old_pages_) old_by_number.emplace(page.object, &page);
    std::uint32_t number = 0;
    for (const auto& page : new_pages_) {
      ++number;
      const auto old_page = old_by_number.find(page.object);
      if (old_page == old_by_number.end() || page.object == 0) {
        add(Kind::page, number, "a page was added or exchanged");
      } else {
        page_pairs_.push_back({number, old_page->second, &page});
        old_numbers.erase(page.object);
      }
    }
    for (const auto gone : old_numbers)
      add(Kind::page, 0, "a page was taken away (object " + std::to_string(gone) + ")");
    if (!same_order) add(Kind::page, 0, "the pages are not the same in the same order");
  }

  void compare_page(std::uint32_t number, const Page& old_page, const Page& new_page) {
    for (const char* key : {"Resources", "MediaBox", "CropBox", "Rotate"}) {
      compare(Kind::page, number, std::string("/") + key, inherited(before_, old_page, key),
              inherited(after_, new_page, key));
    }
    for (const auto& entry : entries_of(*old_page.dictionary, *new_page.dictionary)) {
      if (is_one_of(entry.key, {"Parent", "Annots", "Resources", "MediaBox", "CropBox", "Rotate"})) continue;
      const auto kind = is_one_of(entry.key, {"LastModified", "Metadata"}) ? Kind::metadata : Kind::page;
      compare(kind, number, "/" + std::string(entry.key), *entry.before, *entry.after);
    }
  }

  // The catalogue.

  void compare_catalogue() {
    const Object& before = before_.root();
    const Object& after = after_.root();
    came_to(&after);
    for (const auto& entry : entries_of(before, after)) {
      if (is_one_of(entry.key, {"Pages", "AcroForm", "Metadata"})) continue;
      if (entry.key == "DSS") {
        compare_validation_data(*entry.before, *entry.after);
      } else if (entry.key == "Extensions" && is_additive(*entry.before, *entry.after)) {
        came_to(&after_.resolved(*entry.after));  // developer extensions say which versions a reader must know
      } else if (entry.key == "Perms" && before_.resolved(*entry.before).is_null()) {
        compare_permissions(after_.resolved(*entry.after));
      } else {
        compare(Kind::other, 0, "the catalogue's /" + std::string(entry.key), *entry.before, *entry.after);
      }
    }
  }

  /// Whether all that was there stayed as it was.
  bool is_additive(const Object& before, const Object& after) {
    const Object& old_value = before_.resolved(before);
    const Object& new_value = after_.resolved(after);
    if (old_value.is_null()) return true;
    if (!old_value.has_keys() || !new_value.has_keys()) return false;
    came_to(&new_value);
    bool additive = true;
    for (const auto& entry : entries_of(old_value, new_value)) {
      if (!entry.before->is_null()) additive &= comparison_.differences(*entry.before, *entry.after).empty();
    }
    return additive;
  }

  void compare_validation_data(const Object& before, const Object& after) {
    const Object& old_store = before_.resolved(before);
    const Object& new_store = after_.resolved(after);
    come_to_all_below(new_store);
    if (!old_store.is_null() && new_store.is_null()) return add(Kind::other, 0, "the validation data were taken away");
    // What differs here is told apart from the comparison of the rest, which must not take it for compared.
    Comparison own(before_, after_);
    if (!own.differences(before, after).empty()) add(Kind::validation_data, 0, "validation data were added");
  }

  void come_to_all_below(const Object& top) {
    std::vector<const Object*> open{&top};
    std::unordered_set<const Object*> seen;
    while (!open.empty()) {
      const Object* object = open.back();
      open.pop_back();
      if (!seen.insert(object).second) continue;
      came_to(object);
      for (const auto& item : object->items) open.push_back(&after_.resolved(item));
    }
  }

  /// A certification signature that comes with its permissions.
  void compare_permissions(const Object& permissions) {
    came_to(&permissions);
    const Object& signature = after_.get(permissions, "DocMDP");
    const bool is_new_field =
        std::any_of(new_fields_.fields.begin(), new_fields_.fields.end(),
                    [&](const Field& field) { return field.value == &signature && is_signed_here(field); });
    if (!is_new_field || permissions.items.size() != 2) add(Kind::other, 0, "the catalogue's /Perms");
  }

  // The form.

  const Field* old_field(const std::string& name) const {
    const auto found = old_field_names_.find(name);
    return found == old_field_names_.end() ? nullptr : found->second;
  }

  /// Whether this revision put a signature into the field.
  bool is_signed_here(const Field& field) const {
    if (field.type != "Sig" || !field.value->has("Contents") || !field.value->has("ByteRange")) return false;
    const Field* before = old_field(field.name);
    return before == nullptr || before->value->is_null();
  }

  void compare_form() {
    const Object& before = before_.get(before_.root(), "AcroForm");
    const Object& after = after_.get(after_.root(), "AcroForm");
    came_to(&after);
    came_to(&after_.get(after, "Fields"));
    if (!new_fields_.is_whole) add(Kind::other, 0, "the form's fields run in a circle, or are too many");
    for (const auto& entry : entries_of(before, after)) {
      const auto what = "the form's /" + std::string(entry.key);
      if (entry.key == "Fields") continue;
      if (entry.key == "SigFlags") {
        const auto old_flags = before_.resolved(*entry.before).integer, flags = after_.resolved(*entry.after).integer;
        if ((old_flags & ~flags) != 0) add(Kind::other, 0, what);
      } else if (entry.key == "DR") {
        compare_form_resources(*entry.before, *entry.after);
      } else if (entry.key == "DA" && before_.resolved(*entry.before).is_null()) {
        continue;  // for fields that say nothing of their own, of which there were none that looked otherwise
      } else {
        compare(Kind::other, 0, what, *entry.before, *entry.after);
      }
    }
  }

  /// A signer may bring fonts for its own appearance; those of the others must stay.
  void compare_form_resources(const Object& before, const Object& after) {
    const Object& old_resources = before_.resolved(before);
    const Object& new_resources = after_.resolved(after);
    came_to(&new_resources);
    for (const auto& category : entries_of(old_resources, new_resources)) {
      if (!is_additive(*category.before, *category.after)) {
        add(Kind::other, 0, "the form's resources /" + std::string(category.key));
      }
    }
  }

  void compare_fields() {
    std::set<std::string> names;
    for (const auto& field : new_fields_.fields) {
      came_to(field.dictionary);
      came_to(field.value);
      for (const Object* parent : field.parents) came_to(parent);
      for (const auto& widget : field.widgets) came_to(widget.dictionary);
      if (!names.insert(field.name).second) add(Kind::other, 0, "two fields of the name " + field.name);
      const Field* before = old_field(field.name);
      before == nullptr ? judge_new(field) : compare_field(*before, field);
    }
    for (const auto& field : old_fields_.fields) {
      if (!names.contains(field.name)) add(Kind::other, 0, "the field " + field.name + " was taken away");
    }
  }

  void judge_new(const Field& field) {
    if (is_signed_here(field)) {
      add(Kind::signature, page_of(field), "signed in the new field " + field.name);
      note_large_appearances(field);
    } else if (field.type == "Sig" && field.value->is_null() && !has_appearance(field)) {
      add(Kind::signature, page_of(field), "the empty signature field " + field.name + " was added");
      note_large_appearances(field);
    } else if (field.type == "Sig") {
      add(Kind::annotation, page_of(field), "the field " + field.name + " looks like a signature and bears none");
    } else {
      add(Kind::other, page_of(field), "the field " + field.name + " was added");
    }
  }

  void compare_field(const Field& before, const Field& after) {
    const auto what = "the field " + after.name;
    const auto page = page_of(after);
    if (before.type != after.type) add(Kind::other, page, what + " is of another type");
    const bool signed_here = is_signed_here(after);
    const bool is_signature = after.type == "Sig";
    if (signed_here) {
      add(Kind::signature, page, "signed in the field " + after.name);
      note_large_appearances(after);
    } else {
      compare(is_signature ? Kind::other : Kind::form_value, page, "the value of " + what, *before.value, *after.value);
    }
    const auto compare_all = [&](const Object& old_dictionary, const Object& new_dictionary) {
      for (const auto& entry : entries_of(old_dictionary, new_dictionary)) {
        if (is_one_of(entry.key, {"V", "Kids", "Parent", "P"})) continue;
        const bool is_look = is_one_of(entry.key, {"AP", "AS", "MK", "RV", "DV", "I", "TI", "M", "DA", "Q", "DS"});
        if (signed_here && (is_look || is_one_of(entry.key, {"F", "Type"}))) continue;
        const auto kind = !is_look ? Kind::other : is_signature ? Kind::annotation : Kind::form_value;
        compare(kind, page, what + ": /" + std::string(entry.key), *entry.before, *entry.after);
      }
    };
    compare_all(*before.dictionary, *after.dictionary);
    const auto old_widgets = by_identity(before.widgets);
    for (const auto& [identity, widget] : by_identity(after.widgets)) {
      const auto old_widget = old_widgets.find(identity);
      if (old_widget == old_widgets.end()) {
        if (!signed_here) add(Kind::annotation, page, what + " has a further widget");
      } else if (widget->dictionary != after.dictionary) {
        compare_all(*old_widget->second->dictionary, *widget->dictionary);
      }
    }
    if (before.widgets.size() > after.widgets.size()) add(Kind::annotation, page, what + " lost a widget");
  }

  bool has_appearance(const Field& field) const {
    return std::any_of(field.widgets.begin(), field.widgets.end(),
                       [](const Annotation& widget) { return widget.dictionary->has("AP"); });
  }

  std::uint32_t page_of(const Field& field) {
    if (widget_pages_.empty()) {
      std::uint32_t number = 0;
      for (const auto& page : new_pages_) {
        ++number;
        for (const auto& annotation : annotations_of(after_, page))
          widget_pages_.emplace(annotation.dictionary, number);
      }
    }
    for (const auto& widget : field.widgets) {
      if (const auto page = widget_pages_.find(widget.dictionary); page != widget_pages_.end()) return page->second;
    }
    return 0;
  }

  double area(const Object& rectangle) const {
    const auto edges = rectangle.elements();
    if (edges.size() != 4) return 0;
    const auto edge = [&](std::size_t i) { return after_.resolved(edges[i]).real; };
    return std::abs((edge(2) - edge(0)) * (edge(3) - edge(1)));
  }

  void note_large_appearances(const Field& field) {
    for (const auto& widget : field.widgets) {
      const auto page = widget_pages_.find(widget.dictionary);
      if (page == widget_pages_.end()) continue;
      const double whole = area(inherited(after_, new_pages_[page->second - 1], "MediaBox"));
      if (area(after_.get(*widget.dictionary, "Rect")) > largest_appearance * whole) {
        add(Kind::annotation, page->second, "the signature of the field " + field.name + " covers most of its page");
      }
    }
  }

  // Annotations that are no fields.

  void compare_annotations() {
    for (const auto& [number, old_page, new_page] : page_pairs_) {
      came_to(&after_.get(*new_page->dictionary, "Annots"));
      const auto old_list = annotations_of(before_, *old_page), new_list = annotations_of(after_, *new_page);
      const auto old_annotations = by_identity(old_list), new_annotations = by_identity(new_list);
      for (const auto& [identity, annotation] : new_annotations) {
        came_to(annotation->dictionary);
        const bool is_field = new_widgets_.contains(annotation->dictionary);
        const auto before = old_annotations.find(identity);
        if (before == old_annotations.end()) {
          if (!is_field) add(Kind::annotation, number, "an annotation was added" + name_of(*annotation));
        } else if (!is_field || !old_widgets_.contains(before->second->dictionary)) {
          compare_annotation(number, *before->second, *annotation);
        }
      }
      for (const auto& [identity, annotation] : old_annotations) {
        if (!new_annotations.contains(identity)) {
          add(Kind::annotation, number, "an annotation was taken away" + name_of(*annotation));
        }
      }
    }
  }

  static std::string name_of(const Annotation& annotation) {
    const auto& subtype = annotation.dictionary->at("Subtype");
    return (subtype.is_name() ? " (" + subtype.text : std::string(" (no kind")) + ", object " +
           std::to_string(annotation.object) + ")";
  }

  void compare_annotation(std::uint32_t page, const Annotation& before, const Annotation& after) {
    for (const auto& entry : entries_of(*before.dictionary, *after.dictionary)) {
      if (is_one_of(entry.key, {"P", "Parent"})) continue;
      compare(Kind::annotation, page, "annotation" + name_of(after) + ": /" + std::string(entry.key), *entry.before,
              *entry.after);
    }
  }

  // What no page shows.

  void compare_metadata() {
    compare(Kind::metadata, 0, "the catalogue's /Metadata", before_.root().at("Metadata"),
            after_.root().at("Metadata"));
    const Object& before = before_.trailer().at("Info");
    const Object& after = after_.trailer().at("Info");
    came_to(&after_.resolved(after));
    compare(Kind::metadata, 0, "the information dictionary", before, after);
  }

  /// Objects that were there, are defined anew, differ, can be come to and were not: no rule above knows them.
  void compare_the_rest() {
    std::unordered_map<const Object*, std::uint32_t> reachable;
    std::vector<const Object*> open{&after_.trailer()};
    while (!open.empty()) {
      const Object* object = open.back();
      open.pop_back();
      for (const auto& item : object->items) {
        if (!item.is_reference()) {
          if (!item.items.empty()) open.push_back(&item);
          continue;
        }
        const Object& target = after_.resolved(item);
        if (reachable.emplace(&target, static_cast<std::uint32_t>(item.integer)).second) open.push_back(&target);
      }
    }
    for (const auto& [object, number] : reachable) {
      const auto stated = after_.file().stated(number, index_);
      if (stated.revision != index_ || come_to_.contains(object) || comparison_.compared().contains(object)) continue;
      const auto old_entry = before_.file().stated(number, index_ - 1);
      const Object& before = before_.object(number, old_entry.generation());
      if (before.is_null() || !is_placed_anew(number)) continue;
      Comparison own(before_, after_);
      if (!own.differences(before, *object).empty()) {
        add(Kind::other, 0, "object " + std::to_string(number) + " was defined anew");
      }
    }
  }

  bool is_placed_anew(std::uint32_t number) {
    return before_.file().stated(number, index_ - 1).entry != after_.file().stated(number, index_).entry;
  }

  struct PagePair {
    std::uint32_t number;
    const Page* before;
    const Page* after;
  };
  const std::size_t index_;
  const View before_, after_;
  Comparison comparison_;
  std::vector<PdfChange> changes_;
  Fields old_fields_, new_fields_;
  std::map<std::string, const Field*> old_field_names_;
  std::unordered_set<const Object*> old_widgets_, new_widgets_;
  std::vector<Page> old_pages_, new_pages_;
  std::vector<PagePair> page_pairs_;
  std::map<const Object*, std::uint32_t> widget_pages_;
  std::unordered_set<const Object*> come_to_;
};

}  // namespace

std::vector<PdfChange> changes_by(File& file, std::size_t index) {
  return RevisionChanges(file, index).find();
}

}  // namespace sohoa::pdf
