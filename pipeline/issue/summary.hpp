#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "pipeline/model/document.hpp"

namespace sohoa::issue {

/// What is said about a document as a whole, gathered while its pages pass. Memory does not grow with the pages that
/// were read, only with those that failed.
class Summary {
 public:
  /// A finding and how many pages it was made on.
  struct Repeated {
    Finding first;
    std::uint32_t first_page = 0;
    std::uint32_t pages = 0;
  };

  explicit Summary(const SourceInspection& inspection) : notes_(inspection.notes) {}

  void add_page(const RecognizedPage& page);
  void add_unread_page(FailedPage page) { failed_.push_back(std::move(page)); }

  struct Counts {
    std::uint32_t recognized = 0, born_digital = 0, without_text = 0;
    std::uint32_t blank = 0, with_seals = 0, turned = 0, cut_edges = 0, dpi_estimated = 0;
    std::uint64_t words = 0;
    std::uint64_t doubtful_words = 0;  ///< that an officer is asked about
    double lowest_dpi = 0, highest_dpi = 0;
  };
  [[nodiscard]] const Counts& counts() const { return counts_; }
  [[nodiscard]] double mean_confidence() const;  ///< of the recognised words, 0..100; 100 where there are none
  [[nodiscard]] const std::map<std::string, Repeated>& findings() const { return findings_; }
  [[nodiscard]] const std::vector<std::string>& source_notes() const { return notes_; }
  [[nodiscard]] const std::vector<FailedPage>& failed_pages() const { return failed_; }
  /// Sentences for whoever handles the document: the source's notes, what failed, and findings above a mere note.
  [[nodiscard]] std::vector<std::string> notes() const;

 private:
  Counts counts_;
  double confidence_sum_ = 0;
  std::uint64_t confidence_words_ = 0;
  std::vector<std::string> notes_;
  std::vector<FailedPage> failed_;
  std::map<std::string, Repeated> findings_;  ///< by code; at most most_codes
};

}  // namespace sohoa::issue
