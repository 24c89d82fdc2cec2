#pragma once

#include <optional>

#include "pipeline/ports/duplicate_index.hpp"

namespace sohoa::indexer {

/// What two fingerprints say of their documents; `document` stays empty. Nothing where they are too little alike. Pure,
/// symmetric.
[[nodiscard]] std::optional<SimilarDocument> likeness_of(const Fingerprint& one, const Fingerprint& other);

/// Share of equal minima, 0..1; 0 where either has no words.
[[nodiscard]] double likeness_of(const TextSketch& one, const TextSketch& other);

}  // namespace sohoa::indexer
