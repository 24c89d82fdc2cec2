#include "pipeline/model/signature_report.hpp"

#include <algorithm>
#include <array>

namespace sohoa {
namespace {

struct ProblemRow {
  SignatureProblem problem;
  Weight weight;
  std::string_view name;
  Sentence sentence;
};

using enum SignatureProblem;
using enum Weight;

/// In the order of the enumeration.
constexpr std::array<ProblemRow, signature_problem_count> problems{{
    {byte_range_wrong,
     failure,
     "byte_range_wrong",
     {"Phạm vi byte được ký không hợp lệ: chữ ký không bao phủ đúng nội dung tệp.",
      "The signed byte range is not valid: the signature does not cover the file's content as it must."}},
    {malformed,
     failure,
     "malformed",
     {"Cấu trúc chữ ký bị hỏng hoặc không đúng chuẩn.",
      "The signature's structure is broken or against the standard."}},
    {unsupported_algorithm,
     doubt,
     "unsupported_algorithm",
     {"Thuật toán ký không được hỗ trợ.", "The signature's algorithm is not supported."}},
    {hash_failure,
     failure,
     "hash_failure",
     {"Nội dung đã bị thay đổi sau khi ký.", "The content was changed after it was signed."}},
    {crypto_failure,
     failure,
     "crypto_failure",
     {"Chữ ký không khớp với khóa công khai trong chứng thư số của người ký.",
      "The signature does not verify with the public key of the signer's certificate."}},
    {signing_certificate_missing,
     doubt,
     "signing_certificate_missing",
     {"Chữ ký PAdES thiếu thuộc tính gắn với chứng thư số của người ký.",
      "The PAdES signature lacks the attribute that binds it to the signer's certificate."}},
    {signing_certificate_wrong,
     failure,
     "signing_certificate_wrong",
     {"Thuộc tính đã ký trỏ đến chứng thư số khác với chứng thư số của người ký.",
      "The signed attribute names another certificate than the signer's."}},
    {signing_time_in_pades,
     notice,
     "signing_time_in_pades",
     {"Chữ ký PAdES chứa thuộc tính thời gian ký mà tiêu chuẩn không cho phép.",
      "The PAdES signature bears a signing-time attribute, which the standard forbids."}},
    {unexpected_attribute,
     doubt,
     "unexpected_attribute",
     {"Chữ ký chứa thuộc tính chưa ký mà tiêu chuẩn không cho phép.",
      "The signature bears an unsigned attribute that the standard does not allow."}},
    {changed_after_signing,
     failure,
     "changed_after_signing",
     {"Tệp đã bị sửa sau khi ký theo cách mà chữ ký không cho phép.",
      "The file was changed after signing in a way that the signature does not allow."}},
    {no_certificate,
     doubt,
     "no_certificate",
     {"Không tìm thấy chứng thư số của người ký.", "The signer's certificate was not found."}},
    {expired,
     doubt,
     "expired",
     {"Chứng thư số đã hết hạn và không có bằng chứng rằng chữ ký được tạo trước đó.",
      "A certificate has expired, and nothing proves that the signature is older."}},
    {not_yet_valid,
     doubt,
     "not_yet_valid",
     {"Chứng thư số chưa có hiệu lực vào thời điểm ký.", "A certificate was not valid yet at the time of signing."}},
    {revoked,
     failure,
     "revoked",
     {"Chứng thư số đã bị thu hồi và không có bằng chứng rằng chữ ký được tạo trước đó.",
      "A certificate was revoked, and nothing proves that the signature is older."}},
    {revocation_unknown,
     doubt,
     "revocation_unknown",
     {"Không xác định được chứng thư số có bị thu hồi hay không.", "Whether a certificate was revoked is not known."}},
    {wrong_usage,
     doubt,
     "wrong_usage",
     {"Chứng thư số không được phép dùng để ký văn bản.", "The certificate may not be used to sign documents."}},
    {unknown_issuer,
     doubt,
     "unknown_issuer",
     {"Không xác định được tổ chức cấp chứng thư số hoặc tổ chức đó không được tin cậy.",
      "The certificate's issuer is not known or not trusted."}},
    {certificate_invalid,
     doubt,
     "certificate_invalid",
     {"Chứng thư số hoặc đường dẫn chứng thực không hợp lệ.", "A certificate or the path to its root is not valid."}},
    {weak_hash, doubt, "weak_hash", {"Hàm băm không còn an toàn.", "The hash is no longer safe."}},
    {weak_key, doubt, "weak_key", {"Khóa ký quá ngắn, không còn an toàn.", "The key is too short to be safe."}},
    {timestamp_broken,
     failure,
     "timestamp_broken",
     {"Dấu thời gian bị hỏng hoặc thuộc về chữ ký khác.", "A timestamp is broken or belongs to another signature."}},
    {timestamp_untrusted,
     notice,
     "timestamp_untrusted",
     {"Dấu thời gian không được tin cậy nên không dùng làm bằng chứng.",
      "A timestamp is not trusted and proves nothing."}},
    {time_not_proven,
     notice,
     "time_not_proven",
     {"Thời gian ký do người ký tự khai, không có dấu thời gian chứng minh.",
      "The time of signing is what the signer claims; no timestamp proves it."}},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < problems.size(); ++i) {
    if (problems[i].problem != static_cast<SignatureProblem>(i)) return false;
  }
  return true;
}
static_assert(in_order());

const ProblemRow& row_of(SignatureProblem problem) {
  return problems[static_cast<std::size_t>(problem)];
}

template <typename E, std::size_t size>
auto of(const std::array<std::string_view, size>& names, E value) {
  return names[static_cast<std::size_t>(value)];
}
template <typename E, std::size_t size>
auto of(const std::array<Sentence, size>& sentences, E value) {
  return sentences[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view name_of(SignatureProblem problem) {
  return row_of(problem).name;
}
Sentence sentence(SignatureProblem problem) {
  return row_of(problem).sentence;
}
Weight weight_of(SignatureProblem problem) {
  return row_of(problem).weight;
}

Indication indication_of(const std::vector<SignatureFinding>& findings) {
  auto worst = Weight::notice;
  for (const auto& finding : findings) worst = std::max(worst, weight_of(finding.problem));
  constexpr std::array indications{Indication::passed, Indication::indeterminate, Indication::failed};
  return indications[static_cast<std::size_t>(worst)];
}

std::string_view name_of(Indication indication) {
  return of(std::array<std::string_view, 3>{"passed", "failed", "indeterminate"}, indication);
}

Sentence sentence(Indication indication) {
  return of(std::array<Sentence, 3>{{{"Chữ ký hợp lệ.", "The signature is valid."},
                                     {"Chữ ký không hợp lệ.", "The signature is not valid."},
                                     {"Chưa đủ căn cứ để kết luận chữ ký hợp lệ.",
                                      "What is known does not suffice to call the signature valid."}}},
            indication);
}

Sentence sentence(RevocationFacts::State state) {
  return of(std::array<Sentence, 3>{{{"Không rõ chứng thư số có bị thu hồi hay không.",
                                      "Whether the certificate was revoked is not known."},
                                     {"Chứng thư số không bị thu hồi.", "The certificate was not revoked."},
                                     {"Chứng thư số đã bị thu hồi.", "The certificate was revoked."}}},
            state);
}

std::string_view name_of(TimeBasis basis) {
  return of(std::array<std::string_view, 4>{"none", "claimed", "signature_timestamp", "document_timestamp"}, basis);
}

Sentence sentence(TimeBasis basis) {
  return of(std::array<Sentence, 4>{{{"Không có thông tin về thời gian ký.", "Nothing tells when it was signed."},
                                     {"Thời gian ký do người ký khai.", "The signer's own claim of the time."},
                                     {"Thời gian ký được chứng minh bằng dấu thời gian của chữ ký.",
                                      "The time is proven by a timestamp of the signature."},
                                     {"Thời gian ký được chứng minh bằng dấu thời gian của văn bản.",
                                      "The time is proven by a timestamp of the document."}}},
            basis);
}

std::string_view name_of(SignatureKind kind) {
  return of(std::array<std::string_view, 4>{"pades", "legacy", "document_timestamp", "unknown"}, kind);
}

Sentence sentence(SignatureKind kind) {
  return of(std::array<Sentence, 4>{{{"Chữ ký số PAdES", "PAdES signature"},
                                     {"Chữ ký số PKCS#7 kiểu cũ", "PKCS#7 signature of the older kind"},
                                     {"Dấu thời gian của văn bản", "Document timestamp"},
                                     {"Loại chữ ký không xác định", "Signature of an unknown kind"}}},
            kind);
}

}  // namespace sohoa
