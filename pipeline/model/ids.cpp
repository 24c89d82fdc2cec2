#include "pipeline/model/ids.hpp"

namespace sohoa {
namespace {

void update(Sha256& hash, std::uint32_t value) {
  const std::array<std::uint8_t, 4> bytes{static_cast<std::uint8_t>(value >> 24),
                                          static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8),
                                          static_cast<std::uint8_t>(value)};
  hash.update(bytes);
}

}  // namespace

DocumentId DocumentId::of(const Digest& original, const std::optional<StackPart>& part) {
  if (!part) return of(original);
  Sha256 hash;
  hash.update(original.view());
  update(hash, part->first_page);
  update(hash, part->pages);
  return of(hash.finish());
}

}  // namespace sohoa
