#include "pipeline/pdf/colour_rules.hpp"

#include <algorithm>
#include <map>

namespace sohoa::pdf {
namespace {

constexpr std::size_t largest_profile = 16 * 1024 * 1024;  // bytes
constexpr int deepest = 8;                                 // colour spaces within colour spaces
constexpr std::size_t most_colourants = 32;

bool is_one_of(std::string_view value, std::initializer_list<std::string_view> values) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

std::int64_t components_of(std::string_view space) {
  return space == "GRAY" ? 1 : space == "CMYK" ? 4 : 3;
}

void check_output_profile(Judge& judge, const Object& stream, const std::string& where) {
  const auto header = icc_header(judge, stream);
  const bool sound = header && is_one_of(header->device_class, {"prtr", "mntr"}) &&
                     is_one_of(header->space, {"RGB ", "CMYK", "GRAY"}) && header->major < 5;
  judge.expect(sound, "6.2.3", 1, "the output intent's profile is no ICC profile of an output device or a monitor",
               where);
  if (!header) return;
  const Object& n = judge.get(stream, "N");
  judge.expect(n.is_integer() && n.integer == components_of(header->space), "6.2.3", 1,
               "N of the output intent's profile is not its number of components", where);
  judge.output_space = header->space;
}

class SpaceRules {
 public:
  SpaceRules(Judge& judge, const Object& resources, const std::string& where)
      : judge_(judge), resources_(resources), where_(where) {}

  void check(const Object& given, int depth = 0) {
    const Object& space = judge_.view().resolved(given);
    if (depth > deepest) return;
    if (space.is_name()) return check_device_space(judge_, space.text, resources_, where_);
    if (!space.is_array() || space.items.empty()) return;
    const Object& family = judge_.view().resolved(space.items[0]);
    const auto item = [&](std::size_t i) -> const Object& {
      return i < space.items.size() ? judge_.view().resolved(space.items[i]) : null_object;
    };
    if (family.is_name("ICCBased")) return check_profile(item(1));
    if (family.is_name("Indexed") || family.is_name("I") || family.is_name("Pattern")) return check(item(1), depth + 1);
    if (family.is_name("Separation")) {
      check_separation(item(1), item(2), item(3));
      return check(item(2), depth + 1);
    }
    if (family.is_name("DeviceN")) {
      check_colourants(item(1), item(4), depth);
      return check(item(2), depth + 1);
    }
    if (family.is_name()) check_device_space(judge_, family.text, resources_, where_);
  }

 private:
  void check_profile(const Object& stream) {
    if (!judge_.first_time(stream, Judge::Purpose::space)) return;
    const auto header = icc_header(judge_, stream);
    const bool sound = header && is_one_of(header->device_class, {"prtr", "mntr", "scnr", "spac"}) &&
                       is_one_of(header->space, {"RGB ", "CMYK", "GRAY", "Lab "}) && header->major < 5;
    judge_.expect(sound, "6.2.4.2", 1, "a colour space's profile is no ICC profile that PDF/A-2 takes",
                  judge_.place_of(stream, where_));
    if (!header) return;
    const Object& n = judge_.get(stream, "N");
    judge_.expect(n.is_integer() && n.integer == components_of(header->space), "6.2.4.2", 1,
                  "N of a profile is not its number of components", judge_.place_of(stream, where_));
  }

  /// The same colourant must mean the same everywhere (6.2.4.4).
  void check_separation(const Object& name, const Object& alternate, const Object& tint) {
    if (!name.is_name() || is_one_of(name.text, {"All", "None"})) return;
    const auto [known, is_new] = judge_.separations.try_emplace(name.text, &alternate, &tint);
    if (is_new) return;
    judge_.expect(same(*known->second.first, alternate) && same(*known->second.second, tint), "6.2.4.4", 2,
                  "the colourant " + name.text + " is defined in two ways", where_);
  }

  bool same(const Object& a, const Object& b, int depth = 0) const {
    const Object& one = judge_.view().resolved(a);
    const Object& other = judge_.view().resolved(b);
    if (&one == &other || depth > deepest) return true;
    if (one.kind != other.kind || one.text != other.text || one.real != other.real) return false;
    if (one.is_array()) {
      return one.items.size() == other.items.size() &&
             std::equal(one.items.begin(), one.items.end(), other.items.begin(),
                        [&](const Object& x, const Object& y) { return same(x, y, depth + 1); });
    }
    bool equal = true;
    const auto has_all_of = [&](const Object& from, const Object& to) {
      each_entry(from, [&](const std::string& key, const Object& value) {
        if (!is_one_of(key, {"Length", "Filter", "DecodeParms"})) equal = equal && same(value, to.at(key), depth + 1);
      });
    };
    has_all_of(one, other);
    has_all_of(other, one);
    if (!one.is_stream()) return equal;
    const auto data = judge_.view().unpacked(one, largest_profile),
               others = judge_.view().unpacked(other, largest_profile);
    return equal && data && others && *data == *others;
  }

  void check_colourants(const Object& names, const Object& attributes, int depth) {
    judge_.expect(names.elements().size() <= most_colourants, "6.1.13", 9, "a DeviceN space of more than 32 colourants",
                  where_);
    const Object& colourants = judge_.get(attributes, "Colorants");
    const Object& process = judge_.get(judge_.get(attributes, "Process"), "Components");
    for (const auto& element : names.elements()) {
      const Object& name = judge_.view().resolved(element);
      if (is_one_of(name.text, {"None", "Cyan", "Magenta", "Yellow", "Black"})) continue;
      const auto parts = process.elements();
      const bool is_process = std::any_of(parts.begin(), parts.end(), [&](const Object& part) {
        return judge_.view().resolved(part).is_name(name.text);
      });
      judge_.expect(is_process || colourants.has(name.text), "6.2.4.4", 1,
                    "the spot colour " + name.text + " is not among the Colorants", where_);
    }
    each_entry(colourants, [&](const std::string&, const Object& separation) { check(separation, depth + 1); });
  }

  Judge& judge_;
  const Object& resources_;
  const std::string& where_;
};

}  // namespace

std::optional<IccHeader> icc_header(const Judge& judge, const Object& stream) {
  const auto profile = judge.view().unpacked(stream, largest_profile);
  if (!profile || profile->size() < 128) return std::nullopt;
  const auto text = as_text(*profile);
  if (text.substr(36, 4) != "acsp") return std::nullopt;
  return IccHeader{std::string(text.substr(12, 4)), std::string(text.substr(16, 4)), (*profile)[8]};
}

void check_output_intents(Judge& judge) {
  const Object* profile = nullptr;
  bool is_pdfa = false;
  for (const auto& item : judge.get(judge.view().root(), "OutputIntents").elements()) {
    const Object& intent = judge.view().resolved(item);
    const auto where = judge.place_of(intent, "output intents");
    if (judge.get(intent, "S").is_name("GTS_PDFX")) {
      judge.expect(!intent.has("DestOutputProfileRef"), "6.2.3", 3, "an output intent with DestOutputProfileRef",
                   where);
    }
    const Object& destination = judge.get(intent, "DestOutputProfile");
    if (destination.is_null()) continue;
    judge.expect(profile == nullptr || profile == &destination, "6.2.3", 2, "output intents with different profiles",
                 where);
    if (profile == nullptr) check_output_profile(judge, destination, where);
    profile = &destination;
    is_pdfa |= judge.get(intent, "S").is_name("GTS_PDFA1");
  }
  if (!is_pdfa) judge.output_space.clear();
}

void check_device_space(Judge& judge, std::string_view name, const Object& resources, const std::string& where) {
  struct Device {
    std::string_view name, short_name, standard;
    int rule;
  };
  constexpr Device devices[] = {{"DeviceRGB", "RGB", "DefaultRGB", 2},
                                {"DeviceCMYK", "CMYK", "DefaultCMYK", 3},
                                {"DeviceGray", "G", "DefaultGray", 4}};
  for (const auto& device : devices) {
    if (name != device.name && name != device.short_name) continue;
    const bool covered = device.rule == 4   ? !judge.output_space.empty()
                         : device.rule == 3 ? judge.output_space == "CMYK"
                                            : judge.output_space == "RGB ";
    const Object& standard = judge.get(judge.get(resources, "ColorSpace"), device.standard);
    if (!standard.is_null()) return;
    judge.expect(covered, "6.2.4.3", device.rule,
                 std::string(device.name) + " without an output intent or a default space that covers it", where);
  }
}

void check_colour_space(Judge& judge, const Object& space, const Object& resources, const std::string& where) {
  SpaceRules(judge, resources, where).check(space);
}

bool is_icc_cmyk(const Judge& judge, const Object& given) {
  const Object& space = judge.view().resolved(given);
  if (!space.is_array() || space.items.size() < 2 || !judge.view().resolved(space.items[0]).is_name("ICCBased"))
    return false;
  const Object& n = judge.get(judge.view().resolved(space.items[1]), "N");
  return n.is_integer() && n.integer == 4;
}

}  // namespace sohoa::pdf
