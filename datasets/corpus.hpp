#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/random.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::datasets {

/// The texts that documents are composed of; NFC, no leading numbering. No list is empty.
struct Corpus {
  std::vector<std::string> paragraphs;   ///< sentences in the order of their source, ended by . ; or :
  std::vector<std::string> bases;        ///< "Căn cứ Luật ...;"
  std::vector<std::string> subjects;     ///< what follows "Về việc"
  std::vector<std::string> provinces;    ///< "tỉnh Nam Sơn"
  std::vector<std::string> communes;     ///< "xã Hòa Lâm"
  std::vector<std::string> departments;  ///< "Sở Tài chính"
  std::vector<std::string> families;
  std::vector<std::string> middles;
  std::vector<std::string> givens;

  /// The phrases written for this project; its places do not exist.
  static Corpus built_in();
  /// The built-in one widened from a folder with legal.txt.xz, names.txt and agencies.txt.xz (tab-separated where they
  /// are tables). Errors: not_found, invalid_input (a file without a usable line), data_loss (not an xz file).
  static Result<Corpus> load(const std::filesystem::path& folder);

  /// A name composed at random: no real person is meant.
  [[nodiscard]] std::string person(Random& random) const;
};

/// Vietnamese capitals: "Quảng Ngãi" -> "QUẢNG NGÃI".
[[nodiscard]] std::string capitals(std::string_view utf8);
/// The same with the first letter alone.
[[nodiscard]] std::string capitalised(std::string_view utf8);

}  // namespace sohoa::datasets
