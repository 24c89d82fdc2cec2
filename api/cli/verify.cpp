// `sohoa verify`: the signatures of PDFs, told in Vietnamese or English (Circular 15/2025: issuer, signer, time,
// integrity, validity at signing, period of the certificate).
#include <fmt/format.h>

#include "api/cli/console.hpp"
#include "api/cli/issue.hpp"
#include "api/wiring.hpp"
#include "pipeline/base/file.hpp"
#include "pipeline/model/pdf_change_names.hpp"

namespace sohoa::api::cli {
namespace {

std::string_view told(const Sentence& sentence) {
  return say(sentence.vietnamese, sentence.english);
}

void row(std::string_view vietnamese, std::string_view english, std::string_view value) {
  fmt::print("    {:<26} {}\n", fmt::format("{}:", say(vietnamese, english)), value);
}

std::string day(WallTime time) {
  return iso8601(time).substr(0, 10);
}

void print(const PdfSignature& found, const SignatureReport& report) {
  fmt::print("  {} {}: {}\n", say("Chữ ký", "Signature"), report.field, told(sentence(report.indication)));
  row("Loại", "Kind", told(sentence(report.kind)));
  if (report.signer) {
    const auto& signer = *report.signer;
    const auto name = signer.organization.empty() ? signer.subject : signer.subject + ", " + signer.organization;
    row("Người ký", "Signer", name);
    row("Tổ chức cấp chứng thư", "Issuer", signer.issuer);
    row("Hiệu lực chứng thư", "Certificate period", day(signer.not_before) + " – " + day(signer.not_after));
  }
  if (report.time) row("Thời gian ký", "Signed at", iso8601(*report.time).substr(0, 19) + "+07:00");
  row("Căn cứ thời gian", "Proof of time", told(sentence(report.basis)));
  row("Toàn vẹn", "Integrity",
      report.intact ? say("nội dung được ký không bị thay đổi", "what was signed is as it was")
                    : say("KHÔNG toàn vẹn", "NOT intact"));
  row("Hiệu lực khi ký", "Valid at signing",
      report.valid_at_signing ? say("có", "yes") : say("chưa xác định", "not shown"));
  row("Thu hồi", "Revocation", told(sentence(report.revocation.state)));
  row("Phạm vi", "Covers",
      found.covers_file ? std::string(say("toàn bộ tệp", "the whole file"))
                        : fmt::format("{} {}", say("tệp đến bản sửa", "the file up to revision"), found.revision));
  row("Thuật toán", "Algorithms", report.algorithms);
  if (report.level) row("Mức", "Level", fmt::format("PAdES {}", name_of(*report.level)));
  for (const auto& finding : report.findings) {
    fmt::print("    ! {}{}\n", told(sentence(finding.problem)),
               finding.detail.empty() ? "" : " (" + finding.detail + ")");
  }
  for (const auto& change : found.changes) {
    fmt::print("    + {} ({})\n", told(sentence(change.kind)), change.what);
  }
}

void print(const Verification& it) {
  fmt::print("{}: {}\n", it.name,
             it.reports.empty() ? say("không có chữ ký số", "bears no signature") : told(sentence(it.indication())));
  for (const auto& finding : it.found.findings) fmt::print("  ! {}\n", finding);
  for (std::size_t i = 0; i < std::min(it.reports.size(), it.found.signatures.size()); ++i) {
    print(it.found.signatures[i], it.reports[i]);
  }
}

}  // namespace

Exit verify(const Config& config, const VerifyArguments& arguments) {
  auto plant = VerificationPlant::start(config);
  if (!plant) return complain(plant.error());
  bool passed = true;
  for (const auto& path : arguments.files) {
    const auto verified = [&]() -> Result<Verification> {
      SOHOA_TRY(const auto file, open_for_reading(path));
      auto told = (*plant)->service().verify(file.get(), path.filename().string());
      return told ? std::move(told) : told.error().within(path.string());
    }();
    if (!verified) {
      (void)complain(verified.error());
      passed = false;
      continue;
    }
    passed = passed && verified->indication() == Indication::passed;
    if (arguments.json) {
      fmt::print("{}\n", to_json(*verified));
    } else {
      print(*verified);
    }
  }
  return passed ? Exit::done : Exit::failed;
}

}  // namespace sohoa::api::cli
