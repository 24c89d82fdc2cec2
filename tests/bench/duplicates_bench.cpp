// The index of near duplicates at size: N made-up documents (a million) of one to four pages, a third of them off 30
// forms (of whose words and looks they share most). Prints how long following takes, how large the index is, and how
// long looking up takes for a new paper, for one more paper off a form, and for papers of both kinds scanned again,
// with the share of these that are found.
//
//   sohoa-duplicates-bench [N] [FOLDER]

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "indexer/near_duplicates.hpp"

namespace {

using namespace sohoa;
namespace fs = std::filesystem;

constexpr std::uint64_t forms = 30;
constexpr double words_of_the_form = 0.65;  // of a paper off it
constexpr double read_alike = 0.7;          // of the minima, when a paper is scanned again
constexpr double bits_turned = 0.1;         // of a page hash then
constexpr double look_of_the_form = 0.03;

/// SplitMix64: cheap, and the same for the same seed.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15 + 1) {}
  std::uint64_t operator()() {
    auto value = state_ += 0x9E3779B97F4A7C15;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
    return value ^ (value >> 31);
  }
  bool chance(double share) { return static_cast<double>((*this)() >> 11) * 0x1p-53 < share; }

 private:
  std::uint64_t state_;
};

Fingerprint anything(Random& random, std::size_t pages) {
  Fingerprint print;
  for (std::size_t i = 0; i < pages; ++i) {
    print.pages.emplace_back().emplace();
    for (auto* view : {&print.pages.back()->by_sheet, &print.pages.back()->by_content}) {
      for (auto& byte : *view) byte = static_cast<std::uint8_t>(random());
    }
  }
  print.text.words = 350 * pages;
  for (std::size_t i = 0; i < TextSketch::size; ++i) print.text.minima.push_back(static_cast<std::uint32_t>(random()));
  return print;
}

Fingerprint changed(Fingerprint print, Random& random, double words_kept, double turned) {
  for (auto& least : print.text.minima) {
    if (!random.chance(words_kept)) least = static_cast<std::uint32_t>(random());
  }
  for (auto& page : print.pages) {
    for (auto* view : {&page->by_sheet, &page->by_content}) {
      for (auto& byte : *view) {
        for (int bit = 0; bit < 8; ++bit) byte ^= static_cast<std::uint8_t>(random.chance(turned) << bit);
      }
    }
  }
  return print;
}

bool is_off_a_form(std::uint64_t number) {
  return number % 3 == 0;
}

Fingerprint paper(std::uint64_t number) {
  Random random(number + 1000);
  if (!is_off_a_form(number)) return anything(random, 1 + number % 4);
  Random of_form(number / 3 % forms);
  return changed(anything(of_form, 1), random, words_of_the_form, look_of_the_form);
}

DocumentId id_of(std::uint64_t number) {
  return DocumentId::of(sha256(as_bytes(std::to_string(number))));
}

/// Entries that are made when they are read.
class MadeUpJournal final : public Journal {
 public:
  explicit MadeUpJournal(std::uint64_t size) : size_(size) {}
  Result<std::uint64_t> size() const override { return size_; }
  Result<Digest> hash_of(std::uint64_t entry) const override { return sha256(as_bytes(std::to_string(entry))); }
  Result<void> read(std::uint64_t from, std::uint64_t to, const Visit& visit) const override {
    for (auto number = from; number < to; ++number) {
      DocumentRecord record;
      record.document.id = id_of(number);
      record.document.fingerprint = paper(number);
      JournalEntry entry{{number, *hash_of(number), ""}, {}, std::move(record)};
      SOHOA_DO(visit(entry));
    }
    return {};
  }
  void on_growth(std::function<void()>) override {}

 private:
  std::uint64_t size_;
};

double milliseconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

/// `question` gives what is asked about the i-th time, and the number of the document that should be found first.
struct Question {
  Fingerprint print;
  std::int64_t expected = -1;
};
void measure(const char* name, const DuplicateIndex& index, const std::function<Question(std::uint64_t)>& question) {
  constexpr std::uint64_t times = 2000;
  std::vector<double> took;
  std::uint64_t found = 0, named = 0;
  for (std::uint64_t i = 0; i < times; ++i) {
    const auto [print, expected] = question(i);
    const auto start = std::chrono::steady_clock::now();
    const auto similar = index.similar(print, {}, 16);
    took.push_back(milliseconds_since(start));
    if (!similar) std::exit((std::fprintf(stderr, "%s\n", similar.error().message.c_str()), 1));
    named += similar->size();
    found += expected >= 0 && std::any_of(similar->begin(), similar->end(), [&](const SimilarDocument& one) {
               return one.document == id_of(static_cast<std::uint64_t>(expected));
             });
  }
  std::sort(took.begin(), took.end());
  std::printf("%-40s p50 %6.2f ms  p99 %6.2f ms  max %6.2f ms   named %.2f each, found %.1f %%\n", name,
              took[times / 2], took[times * 99 / 100], took.back(), static_cast<double>(named) / times,
              100.0 * static_cast<double>(found) / times);
}

std::uintmax_t bytes_in(const fs::path& folder) {
  std::uintmax_t bytes = 0;
  for (const auto& file : fs::recursive_directory_iterator(folder))
    bytes += file.is_regular_file() ? file.file_size() : 0;
  return bytes;
}

}  // namespace

int main(int count, char** arguments) {
  const std::uint64_t documents = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 1'000'000;
  const bool keep = count > 2;
  const fs::path folder = keep ? fs::path(arguments[2]) : fs::temp_directory_path() / "sohoa-duplicates-bench";
  if (!keep) fs::remove_all(folder);
  fs::create_directories(folder);
  auto index = indexer::NearDuplicates::open(folder, OpenMode::read_write);
  if (!index) return std::fprintf(stderr, "%s\n", index.error().message.c_str()), 1;
  const MadeUpJournal journal(documents);
  auto start = std::chrono::steady_clock::now();
  if (const auto followed = (*index)->catch_up(journal); !followed) {
    return std::fprintf(stderr, "%s\n", followed.error().message.c_str()), 1;
  }
  const double seconds = milliseconds_since(start) / 1000;
  std::printf("%llu documents followed in %.0f s, %.0f a second; index %.2f GB\n",
              static_cast<unsigned long long>(documents), seconds, static_cast<double>(documents) / seconds,
              static_cast<double>(bytes_in(folder)) / 1e9);
  const auto some = [&](std::uint64_t i) { return (i * 7919 + 13) % (documents / 3) * 3; };
  const auto again = [](std::uint64_t number) {
    Random random(number + 77);
    return Question{changed(paper(number), random, read_alike, bits_turned), static_cast<std::int64_t>(number)};
  };
  measure("a new paper", **index, [&](std::uint64_t i) {
    Random random(i + 5'000'000'000);
    return Question{anything(random, 1 + i % 4), -1};
  });
  measure("one more paper off a form", **index,
          [&](std::uint64_t i) { return Question{paper(documents + 3 * i), -1}; });
  measure("a paper scanned again", **index, [&](std::uint64_t i) { return again(some(i) + 1); });
  measure("a paper off a form scanned again", **index, [&](std::uint64_t i) { return again(some(i)); });
  if (!keep) fs::remove_all(folder);
  return 0;
}
