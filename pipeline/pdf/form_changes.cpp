#include "pipeline/pdf/form_changes.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace sohoa::pdf {
namespace {

using Kind = PdfChange::Kind;
constexpr double largest_appearance = 0.5;  // of its page: a signature's picture that covers more hides the page

bool is_one_of(std::string_view key, std::initializer_list<std::string_view> keys) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// A number, or the place of what has none.
using Identity = std::pair<std::uint32_t, std::size_t>;

std::map<Identity, const Annotation*> by_identity(const std::vector<Annotation>& items) {
  std::map<Identity, const Annotation*> result;
  for (std::size_t i = 0; i < items.size(); ++i) {
    result.emplace(items[i].object != 0 ? Identity(items[i].object, 0) : Identity(0, i), &items[i]);
  }
  return result;
}

std::string name_of(const Annotation& annotation) {
  const auto& subtype = annotation.dictionary->at("Subtype");
  return (subtype.is_name() ? " (" + subtype.text : std::string(" (no kind")) + ", object " +
         std::to_string(annotation.object) + ")";
}

class FormChanges {
 public:
  explicit FormChanges(RevisionPair& pair) : pair_(pair), before_(pair.before()), after_(pair.after()) {
    std::uint32_t number = 0;
    for (const auto& page : pair_.new_pages().pages) {
      ++number;
      for (const auto& annotation : annotations_of(after_, page)) widget_pages_.emplace(annotation.dictionary, number);
    }
    for (const auto& field : pair_.old_fields().fields) {
      for (const auto& widget : field.widgets) old_widgets_.insert(widget.dictionary);
    }
    for (const auto& field : pair_.new_fields().fields) {
      for (const auto& widget : field.widgets) new_widgets_.insert(widget.dictionary);
    }
  }

  void compare() {
    compare_dictionary();
    compare_fields();
    compare_annotations();
  }

 private:
  void compare_dictionary() {
    const Object& before = before_.get(before_.root(), "AcroForm");
    const Object& after = after_.get(after_.root(), "AcroForm");
    pair_.came_to(after);
    pair_.came_to(after_.get(after, "Fields"));
    if (!pair_.new_fields().is_whole) pair_.add(Kind::other, 0, "the form's fields run in a circle, or are too many");
    for (const auto& entry : entries_of(before, after)) {
      const auto what = "the form's /" + std::string(entry.key);
      if (entry.key == "Fields") continue;
      if (entry.key == "SigFlags") {
        const auto old_flags = before_.resolved(*entry.before).integer;
        if ((old_flags & ~after_.resolved(*entry.after).integer) != 0) pair_.add(Kind::other, 0, what);
      } else if (entry.key == "DR") {
        compare_resources(*entry.before, *entry.after);
      } else if (entry.key != "DA" || !before_.resolved(*entry.before).is_null() || had_other_fields()) {
        pair_.compare(Kind::other, 0, what, *entry.before, *entry.after);
      }
    }
  }

  /// Fields that a new default appearance could make look otherwise.
  bool had_other_fields() const {
    const auto& fields = pair_.old_fields().fields;
    return std::any_of(fields.begin(), fields.end(), [](const Field& field) { return field.type != "Sig"; });
  }

  /// A signer may bring fonts for its own appearance; those of the others must stay.
  void compare_resources(const Object& before, const Object& after) {
    const Object& new_resources = after_.resolved(after);
    pair_.came_to(new_resources);
    for (const auto& category : entries_of(before_.resolved(before), new_resources)) {
      if (!pair_.is_additive(*category.before, *category.after)) {
        pair_.add(Kind::other, 0, "the form's resources /" + std::string(category.key));
      }
    }
  }

  // Fields.

  void compare_fields() {
    std::set<std::string> names;
    for (const auto& field : pair_.new_fields().fields) {
      pair_.came_to(*field.dictionary);
      for (const Object* parent : field.parents) pair_.came_to(*parent);
      for (const auto& widget : field.widgets) pair_.came_to(*widget.dictionary);
      if (!names.insert(field.name).second) pair_.add(Kind::other, 0, "two fields of the name " + field.name);
      const Field* before = pair_.old_field(field.name);
      before == nullptr ? judge_new(field) : compare_field(*before, field);
    }
    for (const auto& field : pair_.old_fields().fields) {
      if (!names.contains(field.name)) pair_.add(Kind::other, 0, "the field " + field.name + " was taken away");
    }
  }

  void judge_new(const Field& field) {
    const auto page = page_of(field);
    if (pair_.is_signed_here(field)) {
      pair_.add(Kind::signature, page, "signed in the new field " + field.name);
      note_large_appearances(field);
    } else if (field.type == "Sig" && field.value->is_null() && !has_appearance(field)) {
      pair_.add(Kind::signature, page, "the empty signature field " + field.name + " was added");
      note_large_appearances(field);
    } else if (field.type == "Sig") {
      pair_.add(Kind::annotation, page, "the field " + field.name + " looks like a signature and bears none");
    } else {
      pair_.add(Kind::other, page, "the field " + field.name + " was added");
    }
  }

  void compare_field(const Field& before, const Field& after) {
    const auto what = "the field " + after.name;
    const auto page = page_of(after);
    if (before.type != after.type) pair_.add(Kind::other, page, what + " is of another type");
    if (pair_.is_signed_here(after)) {
      pair_.add(Kind::signature, page, "signed in the field " + after.name);
      note_large_appearances(after);
    } else {
      const auto kind = after.type == "Sig" ? Kind::other : Kind::form_value;
      pair_.compare(kind, page, "the value of " + what, *before.value, *after.value);
    }
    compare_entries(after, page, *before.dictionary, *after.dictionary);
    compare_parents(before, after, page);
    const auto old_widgets = by_identity(before.widgets);
    for (const auto& [identity, widget] : by_identity(after.widgets)) {
      const auto old_widget = old_widgets.find(identity);
      if (old_widget == old_widgets.end()) {
        if (!pair_.is_signed_here(after)) pair_.add(Kind::annotation, page, what + " has a further widget");
      } else if (widget->dictionary != after.dictionary) {
        compare_entries(after, page, *old_widget->second->dictionary, *widget->dictionary);
      }
    }
    if (before.widgets.size() > after.widgets.size()) pair_.add(Kind::annotation, page, what + " lost a widget");
  }

  /// A field's dictionary, or one of its widgets'.
  void compare_entries(const Field& field, std::uint32_t page, const Object& before, const Object& after) {
    const bool signed_here = pair_.is_signed_here(field);
    const bool is_signature = field.type == "Sig";
    for (const auto& entry : entries_of(before, after)) {
      if (entry.key == "V" || (entry.key == "Kids" && keeps_kids(*entry.before, *entry.after))) continue;
      const bool is_look = is_one_of(entry.key, {"AP", "AS", "MK", "RV", "DV", "I", "TI", "M", "DA", "Q", "DS"});
      if (signed_here && (is_look || is_one_of(entry.key, {"F", "Type"}))) continue;
      const auto kind = !is_look ? Kind::other : is_signature ? Kind::annotation : Kind::form_value;
      pair_.compare(kind, page, "the field " + field.name + ": /" + std::string(entry.key), *entry.before,
                    *entry.after);
    }
  }

  /// Fields may come to a parent; none may go.
  bool keeps_kids(const Object& before, const Object& after) const {
    const Object& old_kids = before_.resolved(before);
    const Object& new_kids = after_.resolved(after);
    if (!old_kids.is_array() || !new_kids.is_array()) return false;
    std::set<std::int64_t> numbers;
    for (const auto& kid : new_kids.items) numbers.insert(kid.integer);
    return std::all_of(old_kids.items.begin(), old_kids.items.end(),
                       [&](const Object& kid) { return kid.is_reference() && numbers.contains(kid.integer); });
  }

  void compare_parents(const Field& before, const Field& after, std::uint32_t page) {
    if (before.parents.size() != after.parents.size()) {
      return pair_.add(Kind::other, page, "the field " + after.name + " has other parents");
    }
    for (std::size_t i = 0; i < before.parents.size(); ++i) {
      if (parents_.insert(after.parents[i]).second) compare_entries(after, page, *before.parents[i], *after.parents[i]);
    }
  }

  static bool has_appearance(const Field& field) {
    return std::any_of(field.widgets.begin(), field.widgets.end(),
                       [](const Annotation& widget) { return widget.dictionary->has("AP"); });
  }

  std::uint32_t page_of(const Field& field) const {
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
      const double whole = area(inherited(after_, pair_.new_pages().pages[page->second - 1], "MediaBox"));
      if (area(after_.get(*widget.dictionary, "Rect")) > largest_appearance * whole) {
        pair_.add(Kind::annotation, page->second,
                  "the signature of the field " + field.name + " covers most of its page");
      }
    }
  }

  // Annotations that are no fields.

  void compare_annotations() {
    for (const auto& pages : pair_.page_pairs()) {
      const auto old_list = annotations_of(before_, *pages.before), new_list = annotations_of(after_, *pages.after);
      const auto old_annotations = by_identity(old_list), new_annotations = by_identity(new_list);
      for (const auto& [identity, annotation] : new_annotations) {
        pair_.came_to(*annotation->dictionary);
        const bool is_field = new_widgets_.contains(annotation->dictionary);
        const auto before = old_annotations.find(identity);
        if (before == old_annotations.end()) {
          if (!is_field) pair_.add(Kind::annotation, pages.number, "an annotation was added" + name_of(*annotation));
        } else if (!is_field || !old_widgets_.contains(before->second->dictionary)) {
          compare_annotation(pages.number, *before->second, *annotation);
        }
      }
      for (const auto& [identity, annotation] : old_annotations) {
        if (!new_annotations.contains(identity)) {
          pair_.add(Kind::annotation, pages.number, "an annotation was taken away" + name_of(*annotation));
        }
      }
    }
  }

  void compare_annotation(std::uint32_t page, const Annotation& before, const Annotation& after) {
    for (const auto& entry : entries_of(*before.dictionary, *after.dictionary)) {
      pair_.compare(Kind::annotation, page, "annotation" + name_of(after) + ": /" + std::string(entry.key),
                    *entry.before, *entry.after);
    }
  }

  RevisionPair& pair_;
  const View& before_;
  const View& after_;
  std::map<const Object*, std::uint32_t> widget_pages_;
  std::unordered_set<const Object*> old_widgets_, new_widgets_;
  std::set<const Object*> parents_;  ///< compared already
};

}  // namespace

void compare_form(RevisionPair& pair) {
  FormChanges(pair).compare();
}

}  // namespace sohoa::pdf
