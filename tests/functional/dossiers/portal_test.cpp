// The HTTP connector against a server on the loopback that speaks just enough HTTP, and the payload it carries.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "api/portal/connector.hpp"
#include "tests/support/small_office.hpp"
#include "tests/unit/archive/samples.hpp"

namespace sohoa::api::portal {
namespace {

using nlohmann::json;
using test::must;

/// Answers one request with `status`, and keeps what it was sent.
class OneAnswer {
 public:
  explicit OneAnswer(const std::string& status) : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(listener_.get(), 1), 0);
    socklen_t size = sizeof address;
    ::getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this, status] { serve(status); });
  }
  [[nodiscard]] std::string address() const { return "http://127.0.0.1:" + std::to_string(port_) + "/DongBoHoSoMC"; }
  std::string request() {
    thread_.join();
    return request_;
  }

 private:
  void serve(const std::string& status) {
    const UniqueFd peer(::accept(listener_.get(), nullptr, nullptr));
    char piece[4096];
    const auto complete = [&] {
      const auto body = request_.find("\r\n\r\n");
      const auto length = request_.find("Content-Length: ");
      return body != std::string::npos && request_.size() >= body + 4 + std::stoul(request_.substr(length + 16));
    };
    while (!complete()) {
      const auto got = ::read(peer.get(), piece, sizeof piece);
      if (got <= 0) break;
      request_.append(piece, static_cast<std::size_t>(got));
    }
    const auto answer = "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n";
    EXPECT_EQ(::write(peer.get(), answer.data(), answer.size()), static_cast<ssize_t>(answer.size()));
  }

  UniqueFd listener_;
  std::uint16_t port_ = 0;
  std::string request_;
  std::jthread thread_;
};

Message sample_message() {
  auto dossier = dossier_from({test::reception(1)}, 0);
  dossier.reception.due_at = test::on("2025-12-05") + std::chrono::hours(17);
  dossier.reception.vneid_authenticated = true;
  must(apply(dossier,
             {test::officer(),
              ComponentDigitized{dossier.reception.code, {"TP1"}, test::paper({std::string(32, 'a')}, "GKS")}},
             1));
  must(apply(dossier,
             {test::officer(),
              PaperReused{dossier.reception.code, {"TP2"}, PaperPlace{{test::dossier_code(9)}, {}, 1}, "", "thử"}},
             2));
  auto result = test::paper({std::string(32, 'b')}, "XNHN");
  result.code = {test::dossier_code(1) + "-KQ1"};
  result.details.name = "Giấy xác nhận";
  must(apply(dossier, {test::officer(), ResultIssued{dossier.reception.code, {"KQ.G07.000122"}, result}}, 3));
  return message_for(dossier, test::small_catalogue(), "https://kho.example");
}

TEST(PayloadTest, SaysWhatThePortalAsksFor) {
  const auto message = sample_message();
  const auto payload = json::parse(message.json);
  EXPECT_EQ(payload.at("MaHoSo"), test::dossier_code(1));
  EXPECT_EQ(payload.at("MaTTHC"), "1.001776");
  EXPECT_EQ(payload.at("TenTTHC"), "Đăng ký kết hôn");
  EXPECT_EQ(payload.at("KenhThucHien"), "1");
  EXPECT_EQ(payload.at("NgayHenTra"), "20251205170000");
  EXPECT_EQ(payload.at("TrangThaiHoSo"), "2");
  EXPECT_EQ(payload.at("HoSoCoThanhPhanSoHoa"), "1");
  EXPECT_EQ(payload.at("TaiKhoanDuocXacThucVoiVNeID"), "1");
  const auto& papers = payload.at("TaiLieuNop");
  EXPECT_EQ(papers[0].at("DuongDanTaiTepTin"), "https://kho.example/api/v1/documents/" + std::string(32, 'a') + "/pdf");
  EXPECT_EQ(papers[0].at("DuocSoHoa"), "1");
  EXPECT_EQ(papers[0].at("DuocTaiSuDung"), "0");
  EXPECT_EQ(papers[1].at("DuocSoHoa"), "0");
  EXPECT_EQ(papers[1].at("DuocTaiSuDung"), "1");
  EXPECT_EQ(papers[1].at("MaKetQuaThayThe"), test::dossier_code(9) + "/KQ1");
  EXPECT_EQ(payload.at("DanhSachGiayToKetQua")[0].at("MaGiayToKetQua"), test::dossier_code(1) + "-KQ1");
  EXPECT_EQ(message.results, 1U);
  EXPECT_EQ(message.documents.size(), 2U);
}

TEST(HttpConnectorTest, PostsThePayload) {
  OneAnswer server("200 OK");
  const auto message = sample_message();
  must(must(http_connector(server.address()))->send(message));
  const auto request = server.request();
  EXPECT_EQ(request.substr(0, request.find("\r\n")), "POST /DongBoHoSoMC HTTP/1.1");
  EXPECT_NE(request.find("Content-Type: application/json; charset=utf-8"), std::string::npos);
  EXPECT_EQ(request.substr(request.find("\r\n\r\n") + 4), message.json);
}

TEST(HttpConnectorTest, TellsRefusalFromTroubleOnTheWay) {
  OneAnswer refusing("422 Unprocessable Entity");
  EXPECT_TRUE(
      test::fails_with(must(http_connector(refusing.address()))->send(sample_message()), ErrorCode::invalid_input));
  OneAnswer broken("503 Service Unavailable");
  EXPECT_TRUE(test::fails_with(must(http_connector(broken.address()))->send(sample_message()), ErrorCode::unavailable));
  EXPECT_TRUE(
      test::fails_with(must(http_connector("http://127.0.0.1:1/x"))->send(sample_message()), ErrorCode::unavailable));
}

TEST(HttpConnectorTest, TakesHttpAddressesOnly) {
  for (const auto* bad : {"", "127.0.0.1", "https://x", "http://", "http://x:y/", "http://a b/"}) {
    EXPECT_TRUE(test::fails_with(http_connector(bad), ErrorCode::invalid_input)) << bad;
  }
}

}  // namespace
}  // namespace sohoa::api::portal
