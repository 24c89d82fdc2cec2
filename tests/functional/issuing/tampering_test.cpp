// Issued files, changed in every way that comes to mind, most of them at random: `sohoa verify` never calls one whose
// content was changed valid, and says why not.
#include <random>
#include <set>

#include "pipeline/issue/revised_file.hpp"
#include "tests/functional/issuing/issued_files.hpp"

namespace sohoa::test {
namespace {

namespace pdf = issue::pdf;
using nlohmann::json;

/// Where a signature stands in a file, as text.
struct Place {
  std::size_t range = 0;     ///< behind "/ByteRange ["
  std::size_t contents = 0;  ///< of '<'
  std::size_t digits = 0;    ///< of its DER, without the padding
  std::size_t end = 0;       ///< of what it covers
};

std::vector<Place> places_in(const std::string& bytes) {
  std::vector<Place> all;
  const std::string key = "/ByteRange [";
  for (auto at = bytes.find(key); at != std::string::npos; at = bytes.find(key, at + 1)) {
    Place place;
    place.range = at + key.size();
    std::istringstream numbers(bytes.substr(place.range, 64));
    std::size_t zero = 0, before = 0, after = 0, rest = 0;
    numbers >> zero >> before >> after >> rest;
    place.contents = before;
    place.end = after + rest;
    const auto length = std::stoul(bytes.substr(before + 5, 4), nullptr, 16);  // "<3082llll": DER of two length bytes
    place.digits = 2 * (length + 4);
    all.push_back(place);
  }
  return all;
}

class TamperingTest : public testing::Test {
 protected:
  static SigningOffice& office() { return issued_samples().office(); }
  TamperingTest() { std::filesystem::create_directories(folder_); }
  ~TamperingTest() override { std::filesystem::remove_all(folder_); }

  /// One of each level and kind of key, of different kinds.
  static std::vector<IssuedFile> victims() {
    std::vector<IssuedFile> all;
    std::set<std::string> seen;
    for (const auto& file : issued_samples().files()) {
      const std::string kind = file.issued.at("kind");
      const auto is = [&](const char* level, const char* keys, const char* wanted) {
        return file.level == level && file.keys == keys && kind == wanted;
      };
      if ((is("B-B", "rsa", "electronic_copy") || is("B-T", "p256", "certified_copy") || is("B-LT", "rsa", "result") ||
           is("B-LTA", "p256", "digitized_copy") || is("B-LTA", "rsa", "result")) &&
          seen.insert(file.level + file.keys).second) {
        all.push_back(file);
      }
    }
    return all;
  }

  void keep(const std::string& what, const std::string& bytes) {
    const auto path = folder_ / (std::to_string(changed_.size()) + "-" + what + ".pdf");
    std::ofstream(path, std::ios::binary) << bytes;
    changed_.push_back(path);
  }

  std::size_t random(std::size_t from, std::size_t until) {
    return std::uniform_int_distribution<std::size_t>(from, until - 1)(random_);
  }

  /// Bytes that some signature covers.
  void change_covered(const std::string& bytes, const std::vector<Place>& places, int count) {
    for (int i = 0; i < count;) {
      const auto at = random(0, places.back().end);
      const bool in_hole = std::any_of(places.begin(), places.end(), [&](const Place& place) {
        return at >= place.contents && at <= bytes.find('>', place.contents);
      });
      if (in_hole) continue;
      auto changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ static_cast<char>(1U << random(0, 8)));
      keep("byte", changed);
      ++i;
    }
  }

  void change_ranges(const std::string& bytes, const std::vector<Place>& places, int count) {
    for (int i = 0; i < count;) {
      const auto& place = places[random(0, places.size())];
      const auto at = random(place.range, bytes.find(']', place.range));
      if (bytes[at] == ' ') continue;
      auto changed = bytes;
      changed[at] = static_cast<char>('0' + (changed[at] - '0' + static_cast<int>(random(1, 10))) % 10);
      keep("range", changed);
      ++i;
    }
  }

  void change_contents(const std::string& bytes, const std::vector<Place>& places, int count) {
    for (int i = 0; i < count; ++i) {
      const auto& place = places[random(0, places.size())];
      const auto at = random(place.contents + 1, place.contents + 1 + place.digits);
      const std::string hex = "0123456789abcdef";
      auto changed = bytes;
      changed[at] = hex[(hex.find(changed[at]) + random(1, 16)) % 16];
      keep("contents", changed);
    }
  }

  /// Another signature's CMS, and bytes pushed in.
  void transplant(const std::string& bytes, const std::vector<Place>& places, const std::string& other) {
    const auto from = places_in(other).front();
    const auto& to = places.front();
    auto changed = bytes;
    changed.replace(to.contents + 1, from.digits, other, from.contents + 1, from.digits);
    keep("transplant", changed);
    changed = bytes;
    keep("pushed", changed.insert(random(100, to.contents), "\n"));
    changed = bytes;
    changed[to.contents + to.digits / 2] = 'z';  // not of the padding, which stands for nothing
    keep("nohex", changed);
    changed = bytes;
    const auto form = changed.rfind("/SigFlags 3");
    keep("flags", changed.replace(form, 11, "/SigFlags 0"));
  }

  /// Revisions at the end, as a PDF editor would write them.
  void append_revisions(const std::filesystem::path& path, const std::string& bytes) {
    const auto fd = made(open_for_reading(path));
    using Write = std::function<void(const pdf::RevisedFile&, pdf::Revision&)>;
    const auto append = [&](const std::string& what, const Write& write) {
      auto file = made(pdf::RevisedFile::open(fd.get()));
      pdf::Revision revision(file);
      write(file, revision);
      file.add(std::move(revision));
      keep(what, bytes + file.added());
    };
    const auto put = [](pdf::Revision& revision, pdf::Ref ref, const pdf::WrittenDictionary& dictionary) {
      EXPECT_TRUE(revision.object(ref, dictionary.text()));
    };
    const auto page_with = [&](const std::string& what, std::uint32_t number, const std::string& key,
                               const std::function<std::string(pdf::Revision&, const std::string&)>& value) {
      append(what, [&](const pdf::RevisedFile& file, pdf::Revision& revision) {
        const auto ref = made(file.page(number));
        auto page = made(file.dictionary(ref));
        page.set(key, value(revision, std::string(page.find(key).value_or(""))));
        put(revision, ref, page);
      });
    };
    const auto stream = [](pdf::Revision& revision, const std::string& text) {
      const auto ref = revision.reserve();
      EXPECT_TRUE(revision.stream(ref, {}, as_bytes(text)));
      return pdf::to_string(ref);
    };
    page_with("emptied", 1, "Contents", [&](auto& revision, const auto&) { return stream(revision, "q Q"); });
    page_with("overdrawn", 1, "Contents", [&](auto& revision, const auto& old) {
      return "[" + std::string(pdf::elements_of(old)) + " " + stream(revision, "1 g 50 50 400 500 re f") + "]";
    });
    page_with("cropped", 1, "MediaBox", [](auto&, const auto&) { return std::string("[0 0 300 300]"); });
    page_with("turned", 1, "Rotate", [](auto&, const auto&) { return std::string("180"); });
    page_with("noted", 1, "Annots", [](auto& revision, const auto& old) {
      const auto note = revision.reserve();
      EXPECT_TRUE(revision.object(
          note, "<</Type/Annot/Subtype/FreeText/Rect[50 50 500 700]/Contents(x)/DA(/F 9 Tf)/C[1 1 1]>>"));
      return "[" + std::string(pdf::elements_of(old)) + " " + pdf::to_string(note) + "]";
    });
    const auto pages = [&](const std::string& what, const std::function<void(pdf::WrittenDictionary&)>& change) {
      append(what, [&](const pdf::RevisedFile& file, pdf::Revision& revision) {
        const auto root = made(file.dictionary(made(file.catalog())));
        const auto ref = *pdf::ref_of(*root.find("Pages"));
        auto tree = made(file.dictionary(ref));
        change(tree);
        put(revision, ref, tree);
      });
    };
    const auto fd_again = made(open_for_reading(path));
    const auto looked_at = made(pdf::RevisedFile::open(fd_again.get()));
    if (looked_at.page(2)) {
      pages("swapped", [](pdf::WrittenDictionary& tree) {
        auto kids = pdf::refs_of(*tree.find("Kids"));
        std::swap(kids[0], kids[1]);
        std::string text;
        for (const auto kid : kids) text += pdf::to_string(kid) + " ";
        tree.set("Kids", "[" + text + "]");
      });
      pages("dropped", [](pdf::WrittenDictionary& tree) {
        const auto kids = pdf::refs_of(*tree.find("Kids"));
        tree.set("Kids", "[" + pdf::to_string(kids[0]) + "]");
        tree.set("Count", "1");
      });
    }
    pages("doubled", [](pdf::WrittenDictionary& tree) {
      const auto kids = pdf::refs_of(*tree.find("Kids"));
      tree.set("Kids", "[" + pdf::to_string(kids[0]) + " " + std::string(pdf::elements_of(*tree.find("Kids"))) + "]");
      tree.set("Count", std::to_string(kids.size() + 1));
    });
    append("formless", [&](const pdf::RevisedFile& file, pdf::Revision& revision) {
      const auto ref = made(file.catalog());
      auto root = made(file.dictionary(ref));
      root.set("AcroForm", "null");
      put(revision, ref, root);
    });
    append("action", [&](const pdf::RevisedFile& file, pdf::Revision& revision) {
      const auto ref = made(file.catalog());
      auto root = made(file.dictionary(ref));
      root.set("OpenAction", "<</S/JavaScript/JS(app.alert\\(1\\))>>");
      put(revision, ref, root);
    });
    const auto form_of = [](const pdf::RevisedFile& file) {
      return *pdf::ref_of(*made(file.dictionary(made(file.catalog()))).find("AcroForm"));
    };
    append("fieldless", [&](const pdf::RevisedFile& file, pdf::Revision& revision) {
      auto form = made(file.dictionary(form_of(file)));
      form.set("Fields", "[]");
      put(revision, form_of(file), form);
    });
    append("unsigned", [&](const pdf::RevisedFile& file, pdf::Revision& revision) {
      const auto form = made(file.dictionary(form_of(file)));
      const auto ref = pdf::refs_of(*form.find("Fields")).front();
      auto field = made(file.dictionary(ref));
      field.set("V", "null");
      put(revision, ref, field);
    });
    append("rewritten", [&](const pdf::RevisedFile& file, pdf::Revision& revision) {
      const auto form = made(file.dictionary(form_of(file)));
      const auto field = made(file.dictionary(pdf::refs_of(*form.find("Fields")).front()));
      const auto ref = *pdf::ref_of(*field.find("V"));
      auto value = made(file.dictionary(ref));
      value.set("ByteRange", "[0 100 200 100]");
      put(revision, ref, value);
    });
  }

  /// How many files `sohoa verify` was asked about; expects that it passes none, and names a reason for each.
  void expect_none_passes() {
    constexpr std::size_t at_once = 60;
    const auto config = office().config({});
    for (std::size_t from = 0; from < changed_.size(); from += at_once) {
      const auto until = std::min(from + at_once, changed_.size());
      std::vector<std::string> arguments{"verify", "--json", "--config", config};
      for (auto i = from; i < until; ++i) arguments.push_back(changed_[i].string());
      const auto ended = office().sohoa(arguments, "");
      EXPECT_EQ(ended.exit_code, 1);
      std::map<std::string, json> answers;
      std::istringstream text(ended.out);
      for (std::string line; std::getline(text, line);) {
        auto answer = json::parse(line);
        answers[answer.at("file")] = answer;
      }
      for (auto i = from; i < until; ++i) {
        const auto found = answers.find(changed_[i].filename().string());
        if (found == answers.end()) {
          EXPECT_THAT(ended.err, testing::HasSubstr(changed_[i].string() + ": ")) << "no answer";
          continue;
        }
        EXPECT_NE(found->second.at("indication"), "passed") << changed_[i];
        EXPECT_TRUE(names_a_reason(found->second)) << changed_[i] << found->second;
      }
    }
  }
  static bool names_a_reason(const json& answer) {
    if (!answer.at("findings").empty() || answer.at("signatures").empty()) return true;  // "bears no signature"
    for (const auto& signature : answer.at("signatures")) {
      for (const auto& finding : signature.at("findings")) {
        if (finding.at("problem") != "time_not_proven") return true;
      }
    }
    return false;
  }

  const std::filesystem::path folder_ = office().path("changed");
  std::vector<std::filesystem::path> changed_;
  std::mt19937 random_{20261123};
};

TEST_F(TamperingTest, NoChangedFilePasses) {
  const auto files = victims();
  ASSERT_EQ(files.size(), 5U);
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto bytes = testing_support::read_text(files[i].path);
    const auto places = places_in(bytes);
    ASSERT_EQ(places.size(), files[i].issued.at("signatures").size() + (files[i].level == "B-LTA" ? 1 : 0));
    change_covered(bytes, places, 20);
    change_ranges(bytes, places, 8);
    change_contents(bytes, places, 14);
    transplant(bytes, places, testing_support::read_text(files[(i + 1) % files.size()].path));
    append_revisions(files[i].path, bytes);
  }
  std::printf("%zu changed files\n", changed_.size());
  ASSERT_GE(changed_.size(), 200U);
  expect_none_passes();
}

/// Strangers' certificates instead of those that prove the signers': where nobody can be asked, that is not enough.
TEST_F(TamperingTest, ReplacedValidationDataProveNothing) {
  const SigningOffice stranger;
  for (const auto service : {pki::Service::timestamp, pki::Service::ocsp, pki::Service::crl, pki::Service::issuers}) {
    office().server().set(service, {.away = true});
  }
  for (const auto& victim : victims()) {
    if (!victim.level.starts_with("B-LT")) continue;
    const auto fd = made(open_for_reading(victim.path));
    auto file = made(pdf::RevisedFile::open(fd.get()));
    pdf::Revision revision(file);
    const auto ref = *pdf::ref_of(*made(file.dictionary(made(file.catalog()))).find("DSS"));
    auto store = made(file.dictionary(ref));
    const auto certificate = revision.reserve();
    EXPECT_TRUE(revision.stream(certificate, {}, stranger.pki().issuing().der()));
    store.set("Certs", "[" + pdf::to_string(certificate) + "]");
    store.set("OCSPs", "[]");
    store.set("CRLs", "[]");
    EXPECT_TRUE(revision.object(ref, store.text()));
    file.add(std::move(revision));
    keep("store", testing_support::read_text(victim.path) + file.added());
  }
  EXPECT_EQ(changed_.size(), 3U);
  expect_none_passes();
  for (const auto service : {pki::Service::timestamp, pki::Service::ocsp, pki::Service::crl, pki::Service::issuers}) {
    office().server().set(service, {});
  }
}

}  // namespace
}  // namespace sohoa::test
