#include "archive/rows.hpp"

#include <gtest/gtest.h>

#include "tests/unit/archive/samples.hpp"

namespace sohoa::rows {
namespace {

const SubmissionId submission_id{"0123456789abcdef0123456789abcdef"};

TEST(KeysTest, AreReadBack) {
  EXPECT_EQ(submission_of(submission_key(submission_id)), submission_id);
  EXPECT_EQ(item_of(item_key({submission_id, 99'999})), (ItemKey{submission_id, 99'999}));
  EXPECT_EQ(arrival_of(pending_key(1ULL << 40)), 1ULL << 40);
  EXPECT_EQ(sequence_of(entry_key(258)), 258U);
  EXPECT_EQ(document_of(document_key({submission_id.value})), DocumentId{submission_id.value});
  EXPECT_EQ(node_of(node_key({3, 77})), (merkle::NodeId{3, 77}));
  EXPECT_EQ(own_code_of(own_code_key({submission_id.value})), DocumentId{submission_id.value});
  const IssuanceKey issuance{{submission_id.value}, 258};
  EXPECT_EQ(issuance_of(issuance_key(issuance)), issuance);
  EXPECT_EQ(untimed_of(untimed_key(issuance)), issuance);
  EXPECT_TRUE(issuance_key(issuance).starts_with(issuances_of_key(issuance.document)));
}

TEST(KeysTest, SortAsTheirNumbersDo) {
  EXPECT_LT(entry_key(255), entry_key(256));
  EXPECT_LT(pending_key(0xFF), pending_key(0x1'0000'0000));
  EXPECT_LT(item_key({submission_id, 9}), item_key({submission_id, 10}));
  EXPECT_LT(node_key({0, 1000}), node_key({1, 0}));
  EXPECT_TRUE(item_key({submission_id, 10}).starts_with(items_of_key(submission_id)));
}

TEST(KeysTest, OfAnotherKindOrSizeNameNothing) {
  EXPECT_FALSE(sequence_of("J1234567"));
  EXPECT_FALSE(sequence_of("P12345678"));
  EXPECT_FALSE(submission_of("S0123"));
  EXPECT_FALSE(item_of(items_of_key(submission_id)));
  EXPECT_FALSE(node_of("N"));
  EXPECT_FALSE(document_of("D0123456789ABCDEF0123456789ABCDEF"));
  EXPECT_FALSE(own_code_of("X0123"));
  EXPECT_FALSE(issuance_of(issuances_of_key({submission_id.value})));
  EXPECT_FALSE(untimed_of(issuance_key({{submission_id.value}, 1})));
}

TEST(RowsTest, OfAnItemKeepEveryMember) {
  ItemRow row;
  row.arrival = 5;
  row.item.key = {submission_id, 2};
  row.item.name = "Đơn xin.pdf";
  row.item.depth = 1;
  row.item.source = SourceFile{"Đơn xin.pdf", test::digest_of("x"), 1, SourceFormat::heic};
  row.item.state = ItemState::archived;
  row.item.document = DocumentId{submission_id.value};
  row.item.pages = 4;
  row.item.error = Error{ErrorCode::unavailable, "page worker died"};
  row.item.error_page = 3;
  const auto text = encode(row);
  const auto back = item(row.item.key, text);
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(encode(*back), text);
  EXPECT_EQ(back->item.name, row.item.name);
  EXPECT_EQ(back->item.source->format, SourceFormat::heic);
  EXPECT_EQ(back->item.error, row.item.error);
  EXPECT_EQ(back->item.error_page, 3U);
}

TEST(RowsTest, OfAStackAndItsDocumentsKeepTheirPages) {
  ItemRow part;
  part.item.part = StackPart{2, 4, 3, "TP01"};
  part.item.stack = 7;
  EXPECT_EQ(encode(part), R"({"arrival":0,"depth":0,"name":"","pages":0,)"
                          R"("part":{"component":"TP01","first_page":4,"number":2,"pages":3,"stack":7},)"
                          R"("state":"pending"})");
  const auto part_back = item({submission_id, 8}, encode(part));
  ASSERT_TRUE(part_back) << part_back.error().message;
  EXPECT_EQ(part_back->item.part, part.item.part);
  EXPECT_EQ(part_back->item.stack, 7U);

  ItemRow stack;
  stack.item.sums = StackSums{2, 5, 3, 1};
  const auto stack_back = item({submission_id, 7}, encode(stack));
  ASSERT_TRUE(stack_back) << stack_back.error().message;
  EXPECT_EQ(stack_back->item.sums, stack.item.sums);
}

TEST(RowsTest, LeaveOutWhatAnItemHasNot) {
  EXPECT_EQ(encode(ItemRow{}), R"({"arrival":0,"depth":0,"name":"","pages":0,"state":"pending"})");
}

TEST(RowsTest, OfASubmissionKeepItsTerms) {
  SubmissionRow row{WallTime(std::chrono::milliseconds(0)), {"H12-1", {"vie+eng"}, Priority::interactive}, 7};
  EXPECT_EQ(encode(row), R"({"dossier":"H12-1","items":7,"languages":"vie+eng","priority":"interactive",)"
                         R"("received_at":"1970-01-01T07:00:00.000+07:00"})");
  const auto back = submission(encode(row));
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(encode(*back), encode(row));
}

TEST(RowsTest, OfASubmissionSayHowStacksAreCut) {
  for (const char* text : {"sheets", "blank", "12"}) {
    SubmissionRow row;
    row.terms.split = *split_of(text);
    const auto back = submission(encode(row));
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(back->terms.split, row.terms.split);
    EXPECT_EQ(encode(*back), encode(row));
  }
  EXPECT_TRUE(test::fails_with(submission(R"({"dossier":"","items":0,"languages":"vie","priority":"bulk",)"
                                          R"("received_at":"1970-01-01T07:00:00.000+07:00","split":"0"})"),
                               ErrorCode::data_loss));
}

TEST(RowsTest, OfACodeSayWhoseItIs) {
  const std::pair<PaperRow, const char*> known[] = {
      {{7, PaperPlace{{"H12-1"}, {"TP1"}, 0}}, R"({"component":"TP1","dossier":"H12-1","entry":7})"},
      {{7, PaperPlace{{"H12-1"}, {}, 2}}, R"({"dossier":"H12-1","entry":7,"result":2})"},
      {{7, DocumentId{submission_id.value}}, R"({"document":"0123456789abcdef0123456789abcdef","entry":7})"}};
  for (const auto& [row, text] : known) {
    EXPECT_EQ(encode(row), text);
    const auto back = paper(text);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(back->entry, row.entry);
    EXPECT_EQ(back->of, row.of);
  }
}

TEST(RowsTest, RefuseDamagedValues) {
  EXPECT_TRUE(test::fails_with(paper(R"({"document":"x","entry":7})"), ErrorCode::data_loss));
  EXPECT_TRUE(test::fails_with(paper(R"({"entry":7})"), ErrorCode::data_loss));
  EXPECT_TRUE(test::fails_with(issuance(R"({"entry":7})"), ErrorCode::data_loss));
  EXPECT_TRUE(test::fails_with(counters("{}"), ErrorCode::data_loss));
  EXPECT_TRUE(test::fails_with(submission(R"({"items":1})"), ErrorCode::data_loss));
  EXPECT_TRUE(test::fails_with(
      item({submission_id, 0}, R"({"arrival":0,"depth":0,"name":"","pages":0,"state":"lost"})"), ErrorCode::data_loss));
  EXPECT_TRUE(test::fails_with(document(R"({"entry":"1","entry_hash":""})"), ErrorCode::data_loss));
  EXPECT_TRUE(test::fails_with(pending(R"({"index":1,"submission":"x"})"), ErrorCode::data_loss));
  EXPECT_TRUE(test::fails_with(node("short"), ErrorCode::data_loss));
}

}  // namespace
}  // namespace sohoa::rows
