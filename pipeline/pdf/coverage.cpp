#include "pipeline/pdf/coverage.hpp"

#include <algorithm>
#include <unordered_set>

#include "pipeline/pdf/sections.hpp"

namespace sohoa::pdf {
namespace {

constexpr std::size_t most_findings = 50;

struct Stretch {
  std::uint64_t begin, end;
  std::string what;
};

class Coverage {
 public:
  explicit Coverage(File& file) : file_(file) {}

  std::vector<std::string> find() {
    add_objects();
    add_sections();
    for (const auto& tail : find_tails(file_.bytes())) {
      if (tail.marker != 0) stretches_.push_back({tail.begin, tail.marker, "startxref"});
    }
    check_stretches();
    check_markers();
    check_references();
    return std::move(findings_);
  }

 private:
  void note(std::string finding) {
    if (findings_.size() < most_findings) findings_.push_back(std::move(finding));
  }

  void add_objects() {
    for (const auto number : file_.numbers()) {
      for (const auto& stated : file_.all_stated(number)) {
        if (stated.entry.kind != Entry::Kind::in_file) continue;
        const Indirect* indirect = file_.at_offset(stated.entry.place);
        const auto name = "object " + std::to_string(number);
        if (has_key_twice(indirect->value)) note(name + " has a key twice");
        auto end = indirect->end;
        if (indirect->value.is_stream()) {
          const auto extent = View(file_, stated.revision).extent(indirect->value);
          if (!extent) note(name + ": " + extent.error().message);
          if (extent) end = extent->end;
        }
        stretches_.push_back({indirect->begin, end, name});
      }
    }
  }

  /// Readers differ in which of the two they take.
  static bool has_key_twice(const Object& object) {
    return object.twice_keyed || std::any_of(object.items.begin(), object.items.end(), has_key_twice);
  }

  void add_sections() {
    for (const auto& revision : file_.revisions()) {
      for (const auto& section : revision.sections) {
        if (has_key_twice(section.trailer)) note("a trailer has a key twice");
        stretches_.push_back({section.begin, section.end, "a cross-reference section"});
      }
    }
  }

  void check_stretches() {
    std::sort(stretches_.begin(), stretches_.end(), [](const Stretch& a, const Stretch& b) {
      return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
    std::uint64_t covered = 0;
    const Stretch* widest = nullptr;
    for (const auto& stretch : stretches_) {
      if (stretch.begin >= covered) {
        check_gap(covered, stretch.begin);
      } else if (widest != nullptr && is_overlap(*widest, stretch)) {
        note(stretch.what + " overlaps " + widest->what + " at byte " + std::to_string(stretch.begin));
      }
      if (stretch.end > covered) {
        covered = stretch.end;
        widest = &stretch;
      }
    }
    check_gap(covered, file_.bytes().size());
  }

  /// The same object named by two revisions, a cross-reference stream, which is an object as well, and what looks like
  /// an end within a stream's data are none.
  static bool is_overlap(const Stretch& one, const Stretch& other) {
    if (other.what == "startxref") return false;
    return one.begin != other.begin || one.end != other.end;
  }

  void check_gap(std::uint64_t begin, std::uint64_t end) {
    Lexer lexer(file_.bytes().first(end), begin);
    const Token& first = lexer.next();
    if (first.is(Token::Kind::end)) return;  // white space and comments
    note("bytes " + std::to_string(first.begin) + " to " + std::to_string(end) + " belong to nothing");
  }

  void check_markers() {
    for (const auto marker : file_.markers()) {
      const auto& revisions = file_.revisions();
      const bool ends_one = std::any_of(revisions.begin(), revisions.end(),
                                        [&](const Revision& revision) { return revision.marker == marker; });
      // A linearized file has one near its start that belongs to the part of the first page (ISO 32000-1, F.3.4).
      const bool is_first_part = marker < revisions.front().marker;
      const bool in_stream = std::any_of(stretches_.begin(), stretches_.end(), [&](const Stretch& stretch) {
        return stretch.what != "startxref" && stretch.begin < marker && marker < stretch.end;
      });
      if (!ends_one && !is_first_part && !in_stream) {
        note("the end-of-file marker at byte " + std::to_string(marker) + " ends no revision");
      }
    }
  }

  /// Objects that later revisions bring and that nothing refers to.
  void check_references() {
    const View view(file_, file_.revisions().size() - 1);
    std::unordered_set<const Object*> reached;
    std::vector<const Object*> open;
    for (const auto& revision : file_.revisions()) open.push_back(&revision.trailer());
    while (!open.empty()) {
      const Object* object = open.back();
      open.pop_back();
      for (const auto& item : object->items) {
        const Object& target = view.resolved(item);
        if (item.is_reference() ? reached.insert(&target).second : !item.items.empty()) open.push_back(&target);
      }
    }
    for (const auto number : file_.numbers()) {
      const auto stated = file_.stated(number, view.revision());
      if (stated.revision == 0 || stated.entry.kind == Entry::Kind::free) continue;
      const Object& object = view.object(number, stated.generation());
      if (object.is_null() || reached.contains(&object)) continue;
      if (!could_be_swapped_in(object)) continue;
      note("nothing refers to object " + std::to_string(number) + " of revision " +
           std::to_string(stated.revision + 1));
    }
  }

  /// Signing programs leave unused fonts and pictures behind; a second catalogue or page is another matter.
  static bool could_be_swapped_in(const Object& object) {
    const Object& type = object.at("Type");
    const auto suspects = {"Catalog", "Pages", "Page", "Annot", "Sig", "DocTimeStamp"};
    return std::any_of(suspects.begin(), suspects.end(), [&](const char* suspect) { return type.is_name(suspect); });
  }

  File& file_;
  std::vector<Stretch> stretches_;
  std::vector<std::string> findings_;
};

}  // namespace

std::vector<std::string> findings_of_coverage(File& file) {
  return Coverage(file).find();
}

}  // namespace sohoa::pdf
