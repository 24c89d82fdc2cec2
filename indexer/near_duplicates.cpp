#include "indexer/near_duplicates.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

#include "indexer/likeness.hpp"

namespace sohoa::indexer {
namespace {

constexpr std::uint32_t version = 2;
constexpr std::size_t text_bands = 32;   // of one minimum each: of two texts that share 0.3, 1 in 90,000 is missed
constexpr std::size_t most_alike = 128;  // entries of one band; what more share is a form's
constexpr std::size_t most_compared = 64;

struct PrintRow {
  std::string document;
  Fingerprint fingerprint;
  static constexpr auto fields = [](auto& self) { return std::tie(self.document, self.fingerprint); };
};

void append_number(std::string& key, std::uint64_t number, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) key += static_cast<char>(number >> shift);
}

std::string with_entry(std::string key, std::uint64_t entry) {
  append_number(key, entry, 4);
  return key;
}

std::uint32_t entry_of(std::string_view key) {
  std::uint32_t entry = 0;
  for (const char c : key.substr(key.size() - 4)) entry = entry << 8 | static_cast<std::uint8_t>(c);
  return entry;
}

/// The lower half of a hash's rows, which change least: 8 groups of 16 bits.
void append_page_bands(const PageHash::Bits& bits, std::size_t first_band, std::set<std::string>& keys) {
  constexpr std::size_t groups = 8;
  for (std::size_t group = 0; group < groups; ++group) {
    std::string key = "p";
    append_number(key, first_band + group, 1);
    key += static_cast<char>(bits[2 * group]);
    key += static_cast<char>(bits[2 * group + 1]);
    keys.insert(std::move(key));
  }
}

}  // namespace

std::vector<std::string> bands_of(const Fingerprint& fingerprint) {
  std::set<std::string> keys;  // pages of one document may share bands
  if (fingerprint.text.minima.size() == TextSketch::size) {
    for (std::size_t band = 0; band < text_bands; ++band) {
      std::string key = "t";
      append_number(key, band, 1);
      append_number(key, fingerprint.text.minima[band], 4);
      keys.insert(std::move(key));
    }
  }
  for (const auto& page : fingerprint.pages) {
    if (!page) continue;
    append_page_bands(page->by_sheet, 0, keys);
    append_page_bands(page->by_content, 8, keys);
  }
  return {keys.begin(), keys.end()};
}

NearDuplicates::NearDuplicates(const std::filesystem::path& folder, std::unique_ptr<Database> database)
    : Follower(folder, std::move(database), version) {}

Result<std::unique_ptr<NearDuplicates>> NearDuplicates::open(const std::filesystem::path& folder, OpenMode mode) {
  SOHOA_TRY(auto database, open_database(folder, mode));
  return std::unique_ptr<NearDuplicates>(new NearDuplicates(folder, std::move(database)));
}

Result<void> NearDuplicates::apply(const JournalEntry& entry, IndexRows& rows) {
  const auto* record = std::get_if<DocumentRecord>(&entry.what);
  if (record == nullptr || record->document.revision || record->document.fingerprint.empty()) return {};
  const auto& document = record->document;
  const auto number = entry.receipt.entry;
  rows.put(with_entry("f", number), packed(PrintRow{document.id.value, document.fingerprint}));
  for (auto& band : bands_of(document.fingerprint)) rows.put(with_entry(std::move(band), number), "");
  return {};
}

Result<std::vector<SimilarDocument>> NearDuplicates::similar(const Fingerprint& fingerprint, const DocumentId& but,
                                                             std::size_t limit) const {
  SOHOA_TRY(const auto lock, reading());
  std::unordered_map<std::uint32_t, double> votes;  // rare things in common weigh more
  for (const auto& band : bands_of(fingerprint)) {
    SOHOA_TRY(const auto alike, database().rows_after(band, "", most_alike + 1));
    if (alike.size() > most_alike) continue;
    const double weight = std::log2(2.0 * most_alike / static_cast<double>(std::max<std::size_t>(1, alike.size())));
    for (const auto& row : alike) votes[entry_of(row.key)] += weight;
  }
  std::vector<std::pair<double, std::uint32_t>> ranked;
  for (const auto& [entry, weight] : votes) ranked.emplace_back(-weight, entry);
  std::sort(ranked.begin(), ranked.end());
  if (ranked.size() > most_compared) ranked.resize(most_compared);

  std::vector<SimilarDocument> found;
  for (const auto& [weight, entry] : ranked) {
    SOHOA_TRY(const auto bytes, database().get(with_entry("f", entry)));
    if (!bytes) return Error{ErrorCode::data_loss, "near duplicates: entry " + std::to_string(entry) + " is missing"};
    SOHOA_TRY(auto row, unpacked<PrintRow>(*bytes));
    if (row.document == but.value) continue;
    if (auto one = likeness_of(fingerprint, row.fingerprint)) {
      one->document = {std::move(row.document)};
      found.push_back(*std::move(one));
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    const auto share = [](const SimilarDocument& one) {
      return one.text + static_cast<double>(one.pages_alike) / std::max(1U, one.pages);
    };
    return share(a) > share(b);
  });
  if (found.size() > limit) found.resize(limit);
  return found;
}

}  // namespace sohoa::indexer
