// sohoa-pki: a public key infrastructure for demonstrations, without any legal value.

#include <signal.h>

#include <charconv>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/pki/pki_server.hpp"
#include "pipeline/base/file.hpp"

namespace {

using namespace sohoa;
using namespace sohoa::pki;

constexpr int done = 0, failed = 1, wrong_usage = 2;
constexpr std::string_view default_listen = "127.0.0.1:8318";

constexpr std::string_view usage =
    "usage: sohoa-pki init FOLDER [--listen HOST:PORT]   makes keys, certificates and PKCS#12 files for "
    "demonstrations\n"
    "       sohoa-pki serve FOLDER [--listen HOST:PORT]  answers: /tsa (RFC 3161), /ocsp, CRLs, issuers' certificates\n"
    "       sohoa-pki revoke FOLDER NAME                 revokes NAME.pem from now on; serve reads it when it starts\n"
    "HOST:PORT is 127.0.0.1:8318 unless given, and stands in the certificates. None of this has any legal value.\n";

struct Person {
  std::string_view file, name, organization;
  KeyType key;
};
constexpr std::string_view office = "Cơ quan MẪU, không có giá trị pháp lý";
constexpr std::array persons{
    Person{"person", "Nguyễn Thị Mẫu", office, KeyType::rsa2048},
    Person{"agency", "Ủy ban nhân dân xã Mẫu (MẪU trình diễn)", office, KeyType::rsa2048},
    Person{"person-p256", "Trần Văn Mẫu", office, KeyType::p256},
    Person{"agency-p256", "Sở Mẫu (MẪU trình diễn)", office, KeyType::p256},
};
constexpr std::string_view password = "mau";

void append(Bytes& to, const Bytes& bytes) {
  to.insert(to.end(), bytes.begin(), bytes.end());
}

Result<void> write_person(const std::filesystem::path& folder, const Identity& identity, const DemoPki& pki,
                          const std::string& name) {
  const auto container = identity.pkcs12(std::string(password), {pki.issuing()});
  SOHOA_DO(write_file(folder / (name + ".p12"), container));
  std::filesystem::permissions(folder / (name + ".p12"), std::filesystem::perms(0600));
  SOHOA_DO(write_file(folder / (name + ".pem"), identity.certificate_pem()));
  SOHOA_DO(write_file(folder / (name + ".key.pem"), identity.key_pem()));
  std::filesystem::permissions(folder / (name + ".key.pem"), std::filesystem::perms(0600));
  return {};
}

Result<void> init(const std::filesystem::path& folder, const std::string& listen) {
  if (std::filesystem::exists(folder / "root.key.pem")) {
    return Error{ErrorCode::already_exists, folder.string() + " holds keys already"};
  }
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  SOHOA_TRY(const auto pki, DemoPki::create({"http://" + listen, KeyType::rsa2048}));
  SOHOA_DO(pki->save(folder));
  for (const auto& person : persons) {
    SOHOA_TRY(const auto identity, pki->issue({.common_name = std::string(person.name),
                                               .organization = std::string(person.organization),
                                               .key = person.key}));
    SOHOA_DO(write_person(folder, identity, *pki, std::string(person.file)));
  }
  Bytes chain = pki->issuing().certificate_pem();
  append(chain, pki->root().certificate_pem());
  SOHOA_DO(write_file(folder / "chain.pem", chain));
  SOHOA_DO(write_file(folder / "password", as_bytes(password)));
  std::cout << folder.string() << ": root.pem is to be trusted; person.p12, agency.p12, person-p256.p12, "
            << "agency-p256.p12 sign (password: " << password << "). For demonstrations only\n";
  return {};
}

struct Place {
  std::string host;
  std::uint16_t port = 0;
};
Result<Place> place_of(const std::string& listen) {
  const auto colon = listen.rfind(':');
  Place place{listen.substr(0, colon), 0};
  const auto* end = listen.data() + listen.size();
  if (colon == std::string::npos || std::from_chars(listen.data() + colon + 1, end, place.port).ptr != end) {
    return Error{ErrorCode::invalid_input, listen + ": not HOST:PORT"};
  }
  return place;
}

Result<void> serve(const std::filesystem::path& folder, const std::string& listen) {
  SOHOA_TRY(const auto place, place_of(listen));
  // Before any thread starts, so that all of them leave these signals to sigwait.
  sigset_t ends;
  ::sigemptyset(&ends);
  ::sigaddset(&ends, SIGINT);
  ::sigaddset(&ends, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  SOHOA_TRY(const auto pki, DemoPki::load(folder));
  SOHOA_TRY(const auto server, PkiServer::listen(place.host, place.port));
  server->serve(*pki);
  std::cout << "sohoa-pki: " << server->url() << "/tsa (demonstration)" << std::endl;
  int which = 0;
  ::sigwait(&ends, &which);
  return {};
}

Result<void> revoke(const std::filesystem::path& folder, const std::string& name) {
  SOHOA_TRY(const auto key, read_file(folder / (name + ".key.pem"), 1 << 20));
  SOHOA_TRY(const auto certificate, read_file(folder / (name + ".pem"), 1 << 20));
  SOHOA_TRY(const auto identity, Identity::from_pem(key, certificate));
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now()).time_since_epoch().count();
  std::ofstream(folder / "revoked", std::ios::app) << identity.serial() << ' ' << seconds << " 1\n";
  return {};
}

int report(const Result<void>& result) {
  if (result) return done;
  std::cerr << "sohoa-pki: " << result.error().message << '\n';
  return failed;
}

}  // namespace

int main(int count, char** words) {
  std::vector<std::string> given(words + 1, words + count);
  std::string listen(default_listen);
  if (const auto at = std::find(given.begin(), given.end(), "--listen"); at != given.end() && at + 1 != given.end()) {
    listen = *(at + 1);
    given.erase(at, at + 2);
  }
  if (given.size() == 2 && given[0] == "init") return report(init(given[1], listen));
  if (given.size() == 2 && given[0] == "serve") return report(serve(given[1], listen));
  if (given.size() == 3 && given[0] == "revoke") return report(revoke(given[1], given[2]));
  std::cerr << usage;
  return wrong_usage;
}
