#include "pipeline/issue/signed_file.hpp"

#include <cstdio>

#include "pipeline/issue/deflate.hpp"
#include "pipeline/issue/issue_document.hpp"
#include "tests/unit/issue/documents.hpp"
#include "tests/unit/issue/images.hpp"
#include "tests/unit/issue/tools.hpp"

namespace sohoa::issue {
namespace {

/// Signs with the digest itself, so that a test can hold it against the file's bytes.
class DigestSigner : public Signer, public TimestampAuthority {
 public:
  DigestSigner() { facts_.subject = "Nguyễn Thị Mẫu"; }
  const CertificateFacts& certificate() const override { return facts_; }
  std::size_t room() const override { return 100; }
  Result<void> check(WallTime) override { return {}; }
  Result<CmsSignature> sign(const Digest& content, bool) override {
    return CmsSignature{Bytes(content.view().begin(), content.view().end()), error_};
  }
  Result<Bytes> timestamp(const Digest& content) override {
    return Bytes(content.view().begin(), content.view().end());
  }

  std::optional<Error> error_;

 private:
  CertificateFacts facts_;
};

class FewCertificates : public ValidationSource {
 public:
  Result<ValidationData> collect(ByteView) override { return ValidationData{{{1, 2, 3}, {4, 5}}, {{6}}, {}}; }
};

/// What a file's signatures cover, and what they hold.
struct Covered {
  std::uint64_t before = 0, after = 0, rest = 0;
  std::string contents;
};
std::vector<Covered> signatures_in(const std::string& file) {
  std::vector<Covered> all;
  for (std::size_t at = 0; (at = file.find("/ByteRange [0 ", at)) != std::string::npos;) {
    Covered one;
    at += 14;
    EXPECT_EQ(std::sscanf(file.c_str() + at, "%lu %lu %lu]", &one.before, &one.after, &one.rest), 3);
    one.contents = file.substr(one.before, one.after - one.before);
    all.push_back(one);
  }
  return all;
}

std::string digest_of(const std::string& file, const Covered& one) {
  return sha256(as_bytes(file.substr(0, one.before) + file.substr(one.after, one.rest))).hex();
}

class SignedFileTest : public testing::Test {
 protected:
  SignedFileTest() {
    MadePages pages({letter(), letter()});
    const auto document = document_of(pages);
    const auto issued = issue_document(document, store_);
    EXPECT_TRUE(issued);
    base_ = folder_.put("base.pdf", store_.bytes(issued->pdf));
    fd_ = must(open_for_reading(base_));
  }
  static UniqueFd must(Result<UniqueFd> fd) {
    EXPECT_TRUE(fd);
    return std::move(fd).value_or(UniqueFd());
  }
  SignedFile open() {
    auto file = SignedFile::open(fd_.get());
    EXPECT_TRUE(file) << file.error().message;
    return std::move(*file);
  }
  std::string stored(SignedFile& file) {
    const auto object = file.store(store_);
    EXPECT_TRUE(object);
    path_ = folder_.put("signed.pdf", store_.bytes(*object));
    return store_.text(*object);
  }
  static SignatureField field(const std::string& name) {
    return {name, "Số hóa", "Cà Mau", WallTime(std::chrono::milliseconds(1'795'395'600'000)), {}, {}};
  }
  void expect_sound() {
    const auto answer = run({"qpdf", "--check", path_});
    EXPECT_EQ(answer.exit_code, 0) << answer.out << answer.err;
    EXPECT_EQ(answer.out.find("WARNING"), std::string::npos) << answer.out;
  }

  MemoryStore store_;
  Folder folder_;
  std::string base_, path_;
  UniqueFd fd_;
  DigestSigner signer_;
};

TEST_F(SignedFileTest, TwoSignaturesCoverAllThatIsThereWhenTheyAreMade) {
  auto file = open();
  ASSERT_TRUE(file.sign(field("So_hoa"), signer_, false));
  const auto first_end = file.pdf().size();
  ASSERT_TRUE(file.sign(field("Co_quan"), signer_, false));
  const auto bytes = stored(file);
  const auto all = signatures_in(bytes);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].after + all[0].rest, first_end);
  EXPECT_EQ(all[1].after + all[1].rest, bytes.size());
  for (const auto& one : all) {
    EXPECT_EQ(one.contents.front(), '<');
    EXPECT_EQ(one.contents.back(), '>');
    EXPECT_EQ(one.contents.substr(1, 64), digest_of(bytes, one));
  }
  EXPECT_TRUE(bytes.starts_with(as_text(folder_.get("base.pdf")))) << "what was there stays, byte for byte";
  expect_sound();
  const auto seen = run({"pdfsig", "-nocert", path_}).out;
  EXPECT_NE(seen.find("Signature #2"), std::string::npos) << seen;
}

TEST_F(SignedFileTest, BearsValidationDataAndADocumentTimestamp) {
  FewCertificates source;
  auto file = open();
  ASSERT_TRUE(file.sign(field("So_hoa"), signer_, false));
  ASSERT_TRUE(file.add_validation(source));
  ASSERT_TRUE(file.add_timestamp("Dau_thoi_gian", signer_));
  ASSERT_TRUE(file.add_validation(source)) << "of the timestamp, after it";
  const auto bytes = stored(file);
  const auto all = signatures_in(bytes);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].contents.substr(1, 64), digest_of(bytes, all[1]));
  expect_sound();
  const auto json = run({"qpdf", "--json=2", path_}).out;
  EXPECT_NE(json.find("/DSS"), std::string::npos);
  EXPECT_NE(json.find("/DocTimeStamp"), std::string::npos);
}

TEST_F(SignedFileTest, SaysWhyASignatureHasNoTimestamp) {
  signer_.error_ = Error{ErrorCode::unavailable, "no answer within 5 s"};
  auto file = open();
  const auto signed_one = file.sign(field("So_hoa"), signer_, true);
  ASSERT_TRUE(signed_one);
  ASSERT_TRUE(*signed_one);
  EXPECT_EQ((*signed_one)->code, ErrorCode::unavailable);
}

TEST_F(SignedFileTest, ShowsMarksOnTheFirstPageAlone) {
  auto file = open();
  PageMarks marks;
  marks.qr_text = "000.00.01.H12-221130-0001|1.001776|079201012345|Quyết định|Sohoa|2026-11-23T08:00:00+07:00";
  marks.qr_place = {20, 780, 50, 50};
  marks.texts.push_back({{75, 780, 160, 50}, {"BẢN SỐ HÓA", "Người số hóa: Nguyễn Thị Mẫu"}, 7, true});
  marks.appearances.push_back(
      {{{245, 780, 120, 50}, {"Ký bởi: Nguyễn Thị Mẫu", "2026-11-23T08:00:00+07:00"}, 7, false}, 1, nullptr});
  const auto appearances = add_marks(file.pdf(), marks);
  ASSERT_TRUE(appearances) << appearances.error().message;
  auto wanted = field("So_hoa");
  wanted.place = marks.appearances[0].text.place;
  wanted.appearance = appearances->at(0);
  ASSERT_TRUE(file.sign(wanted, signer_, false));
  (void)stored(file);
  expect_sound();
  std::string text = run({"pdftotext", "-f", "1", "-l", "1", path_, "-"}).out;
  for (const std::string line : {"BẢN SỐ HÓA", "Người số hóa: Nguyễn Thị Mẫu", "Ký bởi: Nguyễn Thị Mẫu"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << "\n" << text;
  }
  text = run({"pdftotext", "-f", "2", "-l", "2", path_, "-"}).out;
  EXPECT_EQ(text.find("BẢN SỐ HÓA"), std::string::npos);
  const auto before = rendered(base_), after = rendered(path_);
  EXPECT_GT(before.grey(45 / 595.28, 37 / 841.89), 200);
  int dark = 0;
  for (int x = 24; x < 66; ++x) dark += after.grey(x / 595.28, 37 / 841.89) < 128 ? 1 : 0;
  EXPECT_GT(dark, 8) << "the code's modules";
}

TEST_F(SignedFileTest, ShowsASealOnAnyPageOfMany) {
  std::vector<Result<ReadPage>> letters;
  for (int i = 0; i < 70; ++i) letters.push_back(letter());  // more than a node of the page tree holds
  MadePages pages(std::move(letters));
  const auto issued = issue_document(document_of(pages), store_);
  ASSERT_TRUE(issued);
  base_ = folder_.put("base.pdf", store_.bytes(issued->pdf));
  fd_ = must(open_for_reading(base_));
  auto file = open();
  const auto seal = std::make_shared<ImageStream>();
  seal->width = seal->height = 2;  // red and white
  seal->space = ColourSpace::rgb;
  seal->data = deflated(Bytes{255, 0, 0, 255, 255, 255, 255, 255, 255, 255, 0, 0}).value_or(Bytes());
  PageMarks marks;
  marks.appearances.push_back({{{300, 100, 200, 200}, {}, 7, false}, 66, seal});
  const auto appearances = add_marks(file.pdf(), marks);
  ASSERT_TRUE(appearances) << appearances.error().message;
  auto wanted = field("Co_quan");
  wanted.place = marks.appearances[0].text.place;
  wanted.appearance = appearances->at(0);
  wanted.page = 66;
  ASSERT_TRUE(file.sign(wanted, signer_, false));
  EXPECT_FALSE(file.pdf().page(71));
  (void)stored(file);
  expect_sound();
  const auto before = rendered(base_, 66), after = rendered(path_, 66);
  const double left = 350 / 595.28, right = 450 / 595.28, upper = (842 - 250) / 841.89;
  EXPECT_EQ(after.colour(left, upper), std::tuple(255, 0, 0));
  EXPECT_EQ(after.colour(right, upper), before.colour(right, upper)) << "white is see-through";
  EXPECT_EQ(rendered(path_, 65).pixels, rendered(base_, 65).pixels);
}

TEST_F(SignedFileTest, RefusesWhatIsNoPdfOfOurs) {
  for (const std::string text :
       {"", "%PDF-1.7\n", "%PDF-1.7\nxref\n0 1\nstartxref\n9\n%%EOF\n", "%PDF-1.7\nstartxref\n999999999999\n%%EOF\n"}) {
    const auto fd = must(open_for_reading(folder_.put("other.pdf", as_bytes(text))));
    const auto file = SignedFile::open(fd.get());
    ASSERT_FALSE(file) << text;
    EXPECT_EQ(file.error().code, ErrorCode::data_loss) << text;
  }
}

}  // namespace
}  // namespace sohoa::issue
