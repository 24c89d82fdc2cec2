#include <gtest/gtest.h>

#include <set>

#include "pipeline/model/signature_report.hpp"

namespace sohoa {
namespace {

TEST(Sentences, EveryProblemHasItsNameAndSentencesInBothLanguages) {
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < signature_problem_count; ++i) {
    const auto problem = static_cast<SignatureProblem>(i);
    const auto [vietnamese, english] = sentence(problem);
    for (const auto text : {name_of(problem), vietnamese, english}) {
      EXPECT_FALSE(text.empty());
      EXPECT_TRUE(seen.insert(text).second) << text;
    }
    EXPECT_TRUE(vietnamese.ends_with('.') && english.ends_with('.')) << english;
  }
}

TEST(Sentences, TheWorstFindingDecides) {
  EXPECT_EQ(indication_of({}), Indication::passed);
  EXPECT_EQ(indication_of({{SignatureProblem::time_not_proven, ""}}), Indication::passed);
  EXPECT_EQ(indication_of({{SignatureProblem::time_not_proven, ""}, {SignatureProblem::unknown_issuer, ""}}),
            Indication::indeterminate);
  EXPECT_EQ(indication_of({{SignatureProblem::hash_failure, ""}, {SignatureProblem::unknown_issuer, ""}}),
            Indication::failed);
}

}  // namespace
}  // namespace sohoa
