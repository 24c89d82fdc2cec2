#include "pipeline/pdf/structure.hpp"

#include <set>

#include "pipeline/pdf/text_string.hpp"

namespace sohoa::pdf {
namespace {

constexpr std::size_t deepest = 64;
constexpr std::size_t most_pages = 1'000'000;
constexpr std::size_t most_fields = 100'000;

std::uint32_t number_of(const Object& object) {
  return object.is_reference() ? static_cast<std::uint32_t>(object.integer) : 0;
}

class PageWalk {
 public:
  explicit PageWalk(const View& view) : view_(view) {}

  Pages walk() {
    visit(view_.root().at("Pages"));
    return std::move(result_);
  }

 private:
  void visit(const Object& reference) {
    const Object& node = view_.resolved(reference);
    if (!node.has_keys()) return;
    if (path_.size() >= deepest || result_.pages.size() >= most_pages || !seen_.insert(&node).second) {
      result_.is_whole = false;
      return;
    }
    const Object& kids = view_.get(node, "Kids");
    if (!kids.is_array()) {
      Page page{number_of(reference), &node, {}};
      page.ancestors.assign(path_.rbegin(), path_.rend());
      result_.pages.push_back(std::move(page));
      return;
    }
    path_.push_back(&node);
    for (const auto& kid : kids.elements()) visit(kid);
    path_.pop_back();
  }

  const View& view_;
  Pages result_;
  std::set<const Object*> seen_;
  std::vector<const Object*> path_;
};

class FieldWalk {
 public:
  explicit FieldWalk(const View& view) : view_(view) {}

  Fields walk() {
    for (const auto& field : view_.get(view_.get(view_.root(), "AcroForm"), "Fields").elements()) visit(field, {});
    return std::move(result_);
  }

 private:
  static bool is_field(const View& view, const Object& reference) { return view.resolved(reference).has("T"); }

  void visit(const Object& reference, Field field) {
    const Object& node = view_.resolved(reference);
    if (!node.has_keys()) return;
    if (field.parents.size() >= deepest || result_.fields.size() >= most_fields || !seen_.insert(&node).second) {
      result_.is_whole = false;
      return;
    }
    if (node.has("T")) field.name += (field.name.empty() ? "" : ".") + text_of(view_.get(node, "T"));
    if (const auto& type = view_.get(node, "FT"); type.is_name()) field.type = type.text;
    if (node.has("V")) {
      field.value = &view_.get(node, "V");
      field.value_object = number_of(node.at("V"));
    }
    field.object = number_of(reference);
    field.dictionary = &node;
    const Object& kids = view_.get(node, "Kids");
    bool has_fields = false;
    for (const auto& kid : kids.elements()) has_fields |= is_field(view_, kid);
    if (!has_fields) return add(std::move(field), kids);
    field.parents.push_back(&node);
    for (const auto& kid : kids.elements()) visit(kid, field);
  }

  void add(Field field, const Object& kids) {
    if (field.dictionary->at("Subtype").is_name("Widget") || field.dictionary->has("Rect")) {
      field.widgets.push_back({field.object, field.dictionary});
    }
    for (const auto& kid : kids.elements()) {
      const Object& widget = view_.resolved(kid);
      if (widget.has_keys()) field.widgets.push_back({number_of(kid), &widget});
    }
    result_.fields.push_back(std::move(field));
  }

  const View& view_;
  Fields result_;
  std::set<const Object*> seen_;
};

}  // namespace

Pages pages_of(const View& view) {
  return PageWalk(view).walk();
}

const Object& inherited(const View& view, const Page& page, std::string_view key) {
  if (page.dictionary->has(key)) return view.get(*page.dictionary, key);
  for (const Object* node : page.ancestors) {
    if (node->has(key)) return view.get(*node, key);
  }
  return null_object;
}

std::vector<Annotation> annotations_of(const View& view, const Page& page) {
  std::vector<Annotation> annotations;
  for (const auto& item : view.get(*page.dictionary, "Annots").elements()) {
    const Object& annotation = view.resolved(item);
    if (annotation.has_keys()) annotations.push_back({number_of(item), &annotation});
  }
  return annotations;
}

Fields fields_of(const View& view) {
  return FieldWalk(view).walk();
}

}  // namespace sohoa::pdf
