#include <algorithm>
#include <utility>

#include "archive/rows.hpp"

namespace sohoa::rows {
namespace {

constexpr std::size_t id_size = 32;

template <typename Integer>
std::string big_endian(Integer value) {
  std::string bytes(sizeof value, '\0');
  for (std::size_t i = 0; i < sizeof value; ++i) {
    bytes[sizeof value - 1 - i] = static_cast<char>(static_cast<unsigned char>(value >> (8 * i)));
  }
  return bytes;
}

template <typename Integer>
std::optional<Integer> number_of(std::string_view bytes) {
  if (bytes.size() != sizeof(Integer)) return std::nullopt;
  Integer value = 0;
  for (const char c : bytes) value = static_cast<Integer>(value << 8 | static_cast<unsigned char>(c));
  return value;
}

std::string with(std::string_view prefix, const std::string& rest) {
  return std::string(prefix) + rest;
}

/// The key without `prefix`, or nothing.
std::optional<std::string_view> without(std::string_view prefix, std::string_view key) {
  if (!key.starts_with(prefix)) return std::nullopt;
  return key.substr(prefix.size());
}

/// An id, then a number of 32 bits.
std::optional<std::pair<std::string_view, std::uint32_t>> id_and_number(std::string_view prefix, std::string_view key) {
  const auto rest = without(prefix, key);
  if (!rest || rest->size() < id_size || !is_id(rest->substr(0, id_size))) return std::nullopt;
  const auto number = number_of<std::uint32_t>(rest->substr(id_size));
  if (!number) return std::nullopt;
  return std::pair(rest->substr(0, id_size), *number);
}

std::optional<IssuanceKey> issuance_under(std::string_view prefix, std::string_view key) {
  const auto parts = id_and_number(prefix, key);
  if (!parts) return std::nullopt;
  return IssuanceKey{{std::string(parts->first)}, parts->second};
}

}  // namespace

bool is_id(std::string_view text) {
  return text.size() == id_size &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::string submission_key(const SubmissionId& id) {
  return with(submission_prefix, id.value);
}
std::string items_of_key(const SubmissionId& id) {
  return with(item_prefix, id.value);
}
std::string item_key(const ItemKey& key) {
  return items_of_key(key.submission) + big_endian(key.index);
}
std::string pending_key(std::uint64_t arrival) {
  return with(pending_prefix, big_endian(arrival));
}
std::string document_key(const DocumentId& id) {
  return with(document_prefix, id.value);
}
std::string entry_key(std::uint64_t sequence) {
  return with(entry_prefix, big_endian(sequence));
}
std::string node_key(merkle::NodeId id) {
  return with(node_prefix, big_endian(id.level) + big_endian(id.index));
}

std::string dossier_key(const DossierCode& code) {
  return with(dossier_prefix, code.value);
}
std::string paper_key(std::string_view code_or_its_start) {
  return with(paper_prefix, std::string(code_or_its_start));
}
std::string outside_reuses_key(const DossierCode& dossier) {
  return with(outside_prefix, dossier.value + '\0');
}
std::string outside_reuse_key(const PaperReused& reuse) {
  const auto source = reuse.source ? text_of(*reuse.source) : std::string();
  return outside_reuses_key(reuse.dossier) + reuse.component.value + '\0' + source + '\0' + reuse.portal_code;
}

std::string own_code_key(const DocumentId& id) {
  return with(own_code_prefix, id.value);
}
std::string issuances_of_key(const DocumentId& id) {
  return with(issuance_prefix, id.value);
}
std::string issuance_key(const IssuanceKey& key) {
  return issuances_of_key(key.document) + big_endian(key.number);
}
std::string untimed_key(const IssuanceKey& key) {
  return with(untimed_prefix, key.document.value) + big_endian(key.number);
}

std::optional<SubmissionId> submission_of(std::string_view key) {
  const auto rest = without(submission_prefix, key);
  if (!rest || !is_id(*rest)) return std::nullopt;
  return SubmissionId{std::string(*rest)};
}

std::optional<ItemKey> item_of(std::string_view key) {
  const auto parts = id_and_number(item_prefix, key);
  if (!parts) return std::nullopt;
  return ItemKey{{std::string(parts->first)}, parts->second};
}

std::optional<DocumentId> own_code_of(std::string_view key) {
  const auto rest = without(own_code_prefix, key);
  if (!rest || !is_id(*rest)) return std::nullopt;
  return DocumentId{std::string(*rest)};
}

std::optional<IssuanceKey> issuance_of(std::string_view key) {
  return issuance_under(issuance_prefix, key);
}

std::optional<IssuanceKey> untimed_of(std::string_view key) {
  return issuance_under(untimed_prefix, key);
}

std::optional<std::uint64_t> arrival_of(std::string_view key) {
  const auto rest = without(pending_prefix, key);
  return rest ? number_of<std::uint64_t>(*rest) : std::nullopt;
}

std::optional<DocumentId> document_of(std::string_view key) {
  const auto rest = without(document_prefix, key);
  if (!rest || !is_id(*rest)) return std::nullopt;
  return DocumentId{std::string(*rest)};
}

std::optional<std::uint64_t> sequence_of(std::string_view key) {
  const auto rest = without(entry_prefix, key);
  return rest ? number_of<std::uint64_t>(*rest) : std::nullopt;
}

std::optional<merkle::NodeId> node_of(std::string_view key) {
  const auto rest = without(node_prefix, key);
  if (!rest || rest->empty()) return std::nullopt;
  const auto index = number_of<std::uint64_t>(rest->substr(1));
  if (!index) return std::nullopt;
  return merkle::NodeId{static_cast<std::uint8_t>(rest->front()), *index};
}

}  // namespace sohoa::rows
