#include "pipeline/flow/revise_fields.hpp"

#include <gtest/gtest.h>

namespace sohoa::flow {
namespace {

using Values = std::vector<std::string>;

Field read(FieldName name, const std::string& value) {
  Field field;
  field.name = name;
  field.value = value;
  field.confidence = .6F;
  field.review = "a word may be another";
  return field;
}

/// What officers are shown after each of `corrections`, made one after another, when the pages read as `found`.
class Officers {
 public:
  explicit Officers(std::vector<Field> found) : found_{{}, found, {}}, shown_(std::move(found)) {}

  void correct(FieldName name, const std::string& was, const std::string& value) {
    Revision revision;
    revision.by.id = "nv1";
    revision.fields.push_back({name, value, was});
    auto next = found_;
    lock_fields(next, correct_fields(shown_, revision));
    shown_ = next.fields;
    last_ = revision.fields.front();
  }

  [[nodiscard]] Values shown() const {
    Values values;
    for (const auto& field : shown_) values.push_back(field.value);
    return values;
  }
  [[nodiscard]] const std::vector<Field>& fields() const { return shown_; }
  [[nodiscard]] const FieldCorrection& last() const { return last_; }

 private:
  DocumentFields found_;
  std::vector<Field> shown_;
  FieldCorrection last_;
};

TEST(CorrectFields, OneIsReplacedAndLocked) {
  Officers officers({read(FieldName::number_symbol, "4T/QĐ-UBND")});
  officers.correct(FieldName::number_symbol, "", "47/QĐ-UBND");
  ASSERT_EQ(officers.shown(), Values{"47/QĐ-UBND"});
  const auto& field = officers.fields().front();
  EXPECT_FALSE(field.needs_review());
  EXPECT_EQ(field.confidence, 1);
  ASSERT_TRUE(field.correction);
  EXPECT_EQ(field.correction->was, "4T/QĐ-UBND");
  EXPECT_EQ(officers.last().was, "4T/QĐ-UBND");
}

TEST(CorrectFields, AnItemCorrectedTwiceDoesNotComeBackAsItWasRead) {
  Officers officers({read(FieldName::recipients, "Nhu Điều 3"), read(FieldName::recipients, "Lưu: VT")});
  officers.correct(FieldName::recipients, "Nhu Điều 3", "Như Điều 8");
  officers.correct(FieldName::recipients, "Như Điều 8", "Như Điều 3");
  EXPECT_EQ(officers.shown(), (Values{"Lưu: VT", "Như Điều 3"}));
  EXPECT_EQ(officers.last().was, "Như Điều 8") << "the journal tells what stood there";
}

TEST(CorrectFields, AnItemTakenAwayStaysAwayAlsoWhenAFurtherOneComes) {
  Officers officers({read(FieldName::recipients, "Như Điều 3"), read(FieldName::recipients, "rác")});
  officers.correct(FieldName::recipients, "rác", "");
  EXPECT_EQ(officers.shown(), (Values{"Như Điều 3", ""}));
  officers.correct(FieldName::recipients, "", "Lưu: VT");
  EXPECT_EQ(officers.shown(), (Values{"Như Điều 3", "", "Lưu: VT"}));
  EXPECT_EQ(officers.last().was, "");
}

TEST(CorrectFields, AFurtherItemThatIsThereIsConfirmed) {
  Officers officers({read(FieldName::recipients, "Lưu: VT")});
  officers.correct(FieldName::recipients, "", "Lưu: VT");
  ASSERT_EQ(officers.shown(), Values{"Lưu: VT"});
  EXPECT_FALSE(officers.fields().front().needs_review());
}

}  // namespace
}  // namespace sohoa::flow
