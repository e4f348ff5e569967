#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <unistd.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <cstdio>
#include <filesystem>

#include "unit/http/http_harness.h"

namespace parley::http {
namespace {

using namespace parley::http::testing;
namespace fs = std::filesystem;

// A self-signed certificate for localhost, written as PEM files.
void write_certificate(const fs::path& cert_file, const fs::path& key_file) {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* cert = X509_new();
  ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
  X509_gmtime_adj(X509_getm_notBefore(cert), -3600);
  X509_gmtime_adj(X509_getm_notAfter(cert), 3600);
  X509_set_pubkey(cert, key);
  X509_NAME* name = X509_get_subject_name(cert);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
  X509_set_issuer_name(cert, name);
  X509_sign(cert, key, EVP_sha256());
  std::FILE* out = std::fopen(cert_file.c_str(), "w");
  PEM_write_X509(out, cert);
  std::fclose(out);
  out = std::fopen(key_file.c_str(), "w");
  PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(out);
  X509_free(cert);
  EVP_PKEY_free(key);
}

struct Greeter final : WebSocketHandler {
  void on_open(std::shared_ptr<WebSocketSession> socket) override { socket->send_text("welcome"); }
  void on_message(std::string_view /*payload*/, bool /*text*/) override {}
  void on_closed(std::uint16_t /*code*/, std::string_view /*reason*/) override {}
};

class TlsTest : public HttpHarness {
 public:
  TlsTest() : folder(fs::temp_directory_path() / ("parley_tls_" + std::to_string(::getpid()))) {
    fs::create_directories(folder);
    config.tls_cert = folder / "cert.pem";
    config.tls_key = folder / "key.pem";
    write_certificate(config.tls_cert, config.tls_key);
    router.add(Method::get, "/secure", [](const Request& request) -> awaitable<Response> {
      co_return text_response(200, request.secure ? "secure" : "plain");
    });
    router.add_websocket("/ws",
                         [](const Request&) -> awaitable<UpgradeDecision> { co_return std::make_shared<Greeter>(); });
  }
  ~TlsTest() override { fs::remove_all(folder); }

  asio::awaitable<void> connect_tls(asio::ssl::stream<beast::tcp_stream>& stream) {
    beast::get_lowest_layer(stream).expires_after(std::chrono::seconds(15));
    co_await beast::get_lowest_layer(stream).async_connect(endpoint(), asio::use_awaitable);
    co_await stream.async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);
  }

  fs::path folder;
  asio::ssl::context tls{asio::ssl::context::tls_client};
};

TEST_F(TlsTest, RequestsAndSocketsRunOverTls) {
  start();
  run([](TlsTest& self) -> asio::awaitable<void> {
    asio::ssl::stream<beast::tcp_stream> stream(self.io, self.tls);
    co_await self.connect_tls(stream);
    auto request = make_request(bhttp::verb::get, "/secure");
    co_await bhttp::async_write(stream, request, asio::use_awaitable);
    beast::flat_buffer buffer;
    ClientResponse response;
    co_await bhttp::async_read(stream, buffer, response, asio::use_awaitable);
    EXPECT_EQ(response.body(), "secure");
  }(*this));
  run([](TlsTest& self) -> asio::awaitable<void> {
    beast::websocket::stream<asio::ssl::stream<beast::tcp_stream>> socket(self.io, self.tls);
    co_await self.connect_tls(socket.next_layer());
    beast::get_lowest_layer(socket).expires_never();
    const std::string host = "localhost";
    const std::string target = "/ws";
    co_await socket.async_handshake(host, target, asio::use_awaitable);
    beast::flat_buffer buffer;
    co_await socket.async_read(buffer, asio::use_awaitable);
    EXPECT_EQ(beast::buffers_to_string(buffer.data()), "welcome");
  }(*this));
}

TEST_F(TlsTest, PlainTextOnATlsPortCostsOnlyThatConnection) {
  start();
  run([](TlsTest& self) -> asio::awaitable<void> {
    beast::tcp_stream stream = co_await self.connect();
    const std::string text = "GET /secure HTTP/1.1\r\nHost: x\r\n\r\n";
    co_await asio::async_write(stream, asio::buffer(text), asio::use_awaitable);
    std::array<char, 64> answer{};
    boost::system::error_code ec;
    while (!ec) co_await stream.async_read_some(asio::buffer(answer), asio::redirect_error(asio::use_awaitable, ec));
  }(*this));
  run_until([&] { return server->stats().connections_open == 0; });
  EXPECT_EQ(server->stats().tls_handshakes_failed, 1U);
}

TEST_F(TlsTest, KeyThatDoesNotFitIsNamed) {
  const fs::path other_key = folder / "other.pem";
  write_certificate(folder / "other_cert.pem", other_key);
  config.tls_key = other_key;
  Server bad(io, config, router);
  const auto listening = bad.listen();
  ASSERT_FALSE(listening);
  EXPECT_EQ(listening.error().field, "http.tls_key");
  EXPECT_NE(listening.error().message.find("other.pem"), std::string::npos);
}

}  // namespace
}  // namespace parley::http
