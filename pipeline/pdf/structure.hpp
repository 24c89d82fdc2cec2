#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/pdf/file.hpp"

namespace sohoa::pdf {

/// A page with what it inherits (ISO 32000-1, 7.7.3.4).
struct Page {
  std::uint32_t object = 0;  ///< its number; 0: it stands directly in the tree
  const Object* dictionary = nullptr;
  std::vector<const Object*> ancestors;  ///< nodes of the tree, the nearest first
};

/// All pages in order. A tree that loops, is more than 64 levels deep or has more than a million pages ends there, and
/// `is_whole` is false.
struct Pages {
  std::vector<Page> pages;
  bool is_whole = true;
};
[[nodiscard]] Pages pages_of(const View& view);

/// The page's own or inherited value, reference followed.
[[nodiscard]] const Object& inherited(const View& view, const Page& page, std::string_view key);

/// An annotation of a page, or a widget of a field.
struct Annotation {
  std::uint32_t object = 0;
  const Object* dictionary = nullptr;
};
[[nodiscard]] std::vector<Annotation> annotations_of(const View& view, const Page& page);

/// A field of the form that has no fields below it.
struct Field {
  std::string name;  ///< full: "form.name"
  std::uint32_t object = 0;
  const Object* dictionary = nullptr;
  std::string type;                    ///< FT, inherited: "Sig"
  const Object* value = &null_object;  ///< V, inherited, reference followed
  std::uint32_t value_object = 0;      ///< 0: V is direct or missing
  std::vector<Annotation> widgets;     ///< the field itself where the two are one
  std::vector<const Object*> parents;
};
struct Fields {
  std::vector<Field> fields;
  bool is_whole = true;
};
[[nodiscard]] Fields fields_of(const View& view);

}  // namespace sohoa::pdf
