// What issuing costs: a document's marks and signatures, the check of its PDF/A, the whole with its journal entry, with
// and without services on loopback; beside the time that reading its pages takes. One document after the other on one
// thread. `./dev issuing [PATH...]`: other scans than those of ../shared/data/vi/scans-signed.
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>

#include "api/wiring.hpp"
#include "datasets/pki/pki_server.hpp"
#include "pipeline/base/file.hpp"
#include "pipeline/flow/file_checks.hpp"
#include "pipeline/issue/plan_marks.hpp"
#include "pipeline/issue/signed_file.hpp"
#include "tests/support/program.hpp"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

template <typename T>
T must(Result<T> result) {
  if (result) return *std::move(result);
  std::fprintf(stderr, "%s\n", result.error().message.c_str());
  std::exit(1);
}
void must(const Result<void>& result) {
  if (result) return;
  std::fprintf(stderr, "%s\n", result.error().message.c_str());
  std::exit(1);
}

/// What something took on the clock, and of it on processors: this process's, and those of its page worker, which waits
/// otherwise.
struct Cost {
  double clock = 0, processor = 0;
};
double processor_ms() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}
Cost cost_of(const std::function<void()>& work) {
  const auto before = processor_ms();
  const auto start = Clock::now();
  work();
  return {Milliseconds(Clock::now() - start).count(), processor_ms() - before};
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
  return values[values.size() / 2];
}
std::vector<double> all(const std::vector<Cost>& costs, double Cost::* part) {
  std::vector<double> values;
  for (const auto& cost : costs) values.push_back(cost.*part);
  return values;
}
void print(const char* what, const std::vector<Cost>& costs) {
  const auto clock = all(costs, &Cost::clock);
  std::printf("%-80s %8.2f %8.2f %8.2f\n", what, median(all(costs, &Cost::processor)), median(clock),
              *std::max_element(clock.begin(), clock.end()));
}

class Bench {
 public:
  explicit Bench(const std::vector<std::string>& paths) {
    server_->serve(*pki_);
    must(write_file(folder_ / "root.pem", pki_->root().certificate_pem()));
    must(write_file(folder_ / "issuing.pem", pki_->issuing().certificate_pem()));
    must(write_file(folder_ / "password", as_bytes("mau")));
    for (const auto& [name, key] : {std::pair("rsa", pki::KeyType::rsa2048), std::pair("p256", pki::KeyType::p256)}) {
      const auto identity = must(pki_->issue({.common_name = "Nguyễn Thị Mẫu", .key = key}));
      must(write_file(folder_ / (std::string(name) + ".p12"), identity.pkcs12("mau", {pki_->issuing()})));
    }
    digitize(paths);
  }

  void run() {
    std::printf("%zu documents, %zu pages; reading them took %.1f ms of processor time a page\n\n", documents_.size(),
                pages_, page_ms_);
    std::printf("%-80s %8s %8s %8s\n", "ms a document, medians", "process", "clock", "worst");
    signatures("rsa", "marks and one signature, B-B, RSASSA-PSS 2048, PKCS#12, in memory");
    signatures("p256", "marks and one signature, B-B, ECDSA P-256, PKCS#12, in memory");
    const auto check = checks();
    print("check of PDF/A-2b, in a page worker (clock alone tells)", check);
    const auto alone = issue("alone", "B-B", "rsa", false);
    print("issued whole: B-B, two RSA signatures, nobody asked, checked, stored, recorded", alone);
    print("issued whole: B-B, OCSP and CRL on loopback", issue("asking", "B-B", "rsa", true));
    print("issued whole: B-T, two timestamps", issue("timed", "B-T", "rsa", true));
    print("issued whole: B-LTA, three timestamps, validation data", issue("lasting", "B-LTA", "rsa", true));
    print("issued whole: B-LTA with P-256", issue("lasting-p256", "B-LTA", "p256", true));
    double added = 0;
    for (std::size_t i = 0; i < alone.size(); ++i) added += alone[i].processor + check[i].clock;
    added /= static_cast<double>(pages_);
    std::printf("\nissuing at B-B adds %.2f ms of processor time to a page, %.1f %% of its reading (bar: 5 %%)\n",
                added, 100 * added / page_ms_);
  }

 private:
  void digitize(const std::vector<std::string>& paths) {
    std::vector<std::string> command{SOHOA_BINARY_DIR "/sohoa",  "digitize", "--json", "--jobs", "1", "--data",
                                     (folder_ / "base").string()};
    command.insert(command.end(), paths.begin(), paths.end());
    rusage before{}, after{};
    ::getrusage(RUSAGE_CHILDREN, &before);
    const auto ended = testing_support::run(command, std::chrono::seconds(600));
    ::getrusage(RUSAGE_CHILDREN, &after);
    std::istringstream text(ended.out);
    for (std::string line; std::getline(text, line);) {
      const auto json = nlohmann::json::parse(line);
      if (!json.value("document", nlohmann::json()).is_string()) continue;
      documents_.push_back({json.at("document").get<std::string>()});
      pages_ += json.at("pages").get<std::size_t>();
    }
    if (documents_.empty()) {
      std::fprintf(stderr, "nothing was digitized\n%s", ended.err.c_str());
      std::exit(1);
    }
    const auto of = [](const timeval& time) {
      return 1e3 * static_cast<double>(time.tv_sec) + 1e-3 * static_cast<double>(time.tv_usec);
    };
    page_ms_ = (of(after.ru_utime) + of(after.ru_stime) - of(before.ru_utime) - of(before.ru_stime)) /
               static_cast<double>(pages_);
  }

  api::Config config(const std::string& data, const std::string& level, const std::string& key, bool asking) {
    api::Config config;
    config.data = folder_ / data;
    config.workers.count = 1;
    config.person_key.pkcs12 = config.agency_key.pkcs12 = folder_ / (key + ".p12");
    config.person_key.secret_file = config.agency_key.secret_file = folder_ / "password";
    config.issuing.level = *signature_level_of(level);
    config.issuing.anchors = folder_ / "root.pem";
    config.issuing.issuers = folder_ / "issuing.pem";
    config.issuing.revocation = asking;
    if (level != "B-B") config.issuing.timestamp_url = server_->url() + "/tsa";
    return config;
  }

  /// What signing takes by itself: the archived PDF with marks and a signature, in memory.
  void signatures(const std::string& key, const char* what) {
    const auto settings = config("base", "B-B", key, false);
    const auto archive = must(api::open_archive(settings, api::Access::read_only));
    const auto desk = must(api::SigningDesk::open(settings));
    auto* signer = must(desk->person());
    std::vector<Cost> times;
    for (const auto& document : documents_) {
      const auto record = must(archive->document(document));
      times.push_back(cost_of([&] {
        must(signer->check(now()));
        const auto base = must(archive->objects().open(record.document.pdf.digest));
        auto file = must(issue::SignedFile::open(base.get()));
        issue::MarkFacts facts;
        facts.code = "QD.47.01";
        facts.paper_name = "Quyết định";
        facts.system = "Sohoa";
        facts.by_name = "Nguyễn Thị Mẫu";
        facts.at = now();
        facts.person_signs = true;
        const auto extent = must(issue::page_extent(file.pdf(), 1));
        const auto marks = issue::plan_marks(facts, RecognizedPage(), extent);
        const auto looks = must(issue::add_marks(file.pdf(), marks));
        issue::SignatureField field;
        field.name = "KySo_CaNhan";
        field.at = facts.at;
        field.place = marks.appearances[0].text.place;
        field.appearance = looks[0];
        (void)must(file.sign(field, *signer, false));
      }));
    }
    print(what, times);
  }

  std::vector<Cost> checks() {
    const auto settings = config("base", "B-B", "rsa", false);
    const auto archive = must(api::open_archive(settings, api::Access::read_only));
    engine::Crew crew(must(api::start_zygote(settings)), api::crew_options(settings));
    flow::FileChecks checks(crew, settings.limits);
    std::vector<Cost> times;
    for (const auto& document : documents_) {
      const auto record = must(archive->document(document));
      const auto file = must(archive->objects().open(record.document.pdf.digest));
      (void)must(checks.pdfa(file.get(), "warm"));
      times.push_back(cost_of([&] { (void)must(checks.pdfa(file.get(), document.value)); }));
    }
    return times;
  }

  std::vector<Cost> issue(const std::string& data, const std::string& level, const std::string& key, bool asking) {
    fs::copy(folder_ / "base", folder_ / data, fs::copy_options::recursive);
    const auto plant = must(api::Plant::start(config(data, level, key, asking)));
    api::IssueRequest request;
    request.by = {Actor::Kind::officer, "an"};
    // The first one starts page workers and opens the keys.
    std::vector<Cost> times;
    request.kind = IssueKind::certified_copy;
    (void)must(plant->issuing().issue(documents_[0], request));
    request.kind = IssueKind::digitized_copy;
    for (const auto& document : documents_) {
      times.push_back(cost_of([&] { (void)must(plant->issuing().issue(document, request)); }));
    }
    return times;
  }

  testing_support::TemporaryFolder folder_{"sohoa-issuing-bench"};
  std::unique_ptr<pki::PkiServer> server_ = must(pki::PkiServer::listen("127.0.0.1", 0));
  std::unique_ptr<pki::DemoPki> pki_ =
      must(pki::DemoPki::create({.url = server_->url(), .authority_key = pki::KeyType::rsa2048}));
  std::vector<DocumentId> documents_;
  std::size_t pages_ = 0;
  double page_ms_ = 0;
};

}  // namespace
}  // namespace sohoa

int main(int argc, char** argv) {
  std::vector<std::string> paths(argv + 1, argv + argc);
  if (paths.empty()) paths.emplace_back(SOHOA_SHARED_DATA "/vi/scans-signed");
  sohoa::Bench(paths).run();
}
