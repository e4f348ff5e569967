// A server and its clients in one io_context, over loopback, in one thread.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <chrono>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/server.h"

namespace parley::http::testing {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using ClientResponse = bhttp::response<bhttp::string_body>;
using ClientSocket = beast::websocket::stream<beast::tcp_stream>;
using Headers = std::vector<std::pair<std::string, std::string>>;

inline std::string header_of(const ClientResponse& response, std::string_view name) {
  const auto it = response.find(name);
  return it == response.end() ? std::string() : std::string(it->value());
}

class HttpHarness : public ::testing::Test {
 public:
  HttpHarness() {
    config.listen = "127.0.0.1:0";
    config.clock = [this] { return now; };
    config.rate_per_ip = {};
  }
  ~HttpHarness() override { shut_down(); }

  // Ends the server and lets its connections notice. To be called by whoever owns what their handlers refer to.
  void shut_down() {
    server.reset();
    io.restart();
    io.run_for(std::chrono::seconds(5));
  }

  void start() {
    server.emplace(io, config, router);
    const auto listening = server->listen();
    ASSERT_TRUE(listening) << listening.error().message;
  }

  // Runs the loop until the coroutine is done; rethrows what it threw.
  void run(asio::awaitable<void> work) {
    bool done = false;
    std::exception_ptr failure;
    asio::co_spawn(io, std::move(work), [&](std::exception_ptr e) {
      failure = e;
      done = true;
    });
    run_until([&] { return done; });
    if (failure) std::rethrow_exception(failure);
  }
  template <class Condition>
  void run_until(Condition condition) {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    io.restart();
    while (!condition()) {
      ASSERT_LT(std::chrono::steady_clock::now(), give_up) << "nothing happened any more";
      if (io.run_one_for(std::chrono::seconds(1)) == 0) io.restart();
    }
  }

  asio::ip::tcp::endpoint endpoint() const { return {asio::ip::make_address("127.0.0.1"), server->port()}; }
  asio::awaitable<beast::tcp_stream> connect() {
    beast::tcp_stream stream(io);
    stream.expires_after(std::chrono::seconds(15));
    co_await stream.async_connect(endpoint(), asio::use_awaitable);
    co_return stream;
  }
  static bhttp::request<bhttp::string_body> make_request(bhttp::verb method, std::string target,
                                                         const Headers& headers = {}, std::string body = {}) {
    bhttp::request<bhttp::string_body> request(method, target, 11);
    request.set(bhttp::field::host, "localhost");
    for (const auto& [name, value] : headers) request.insert(name, value);
    request.body() = std::move(body);
    request.prepare_payload();
    return request;
  }
  // One request on a connection of its own.
  ClientResponse fetch(bhttp::verb method, std::string target, Headers headers = {}, std::string body = {}) {
    ClientResponse out;
    run(fetch_into(out, make_request(method, std::move(target), headers, std::move(body))));
    return out;
  }
  asio::awaitable<void> fetch_into(ClientResponse& out, bhttp::request<bhttp::string_body> request) {
    beast::tcp_stream stream = co_await connect();
    co_await exchange(stream, request, out);
  }
  static asio::awaitable<void> exchange(beast::tcp_stream& stream, bhttp::request<bhttp::string_body>& request,
                                        ClientResponse& out) {
    co_await bhttp::async_write(stream, request, asio::use_awaitable);
    co_await read_response(stream, request.method() == bhttp::verb::head, out);
  }
  static asio::awaitable<void> read_response(beast::tcp_stream& stream, bool head, ClientResponse& out) {
    beast::flat_buffer buffer;
    bhttp::response_parser<bhttp::string_body> parser;
    parser.skip(head);
    parser.body_limit(64U << 20U);
    co_await bhttp::async_read(stream, buffer, parser, asio::use_awaitable);
    out = parser.release();
  }
  // Sends raw bytes, reads one answer.
  ClientResponse fetch_raw(std::string bytes) {
    ClientResponse out;
    run([](HttpHarness& self, std::string raw, ClientResponse& response) -> asio::awaitable<void> {
      beast::tcp_stream stream = co_await self.connect();
      co_await asio::async_write(stream, asio::buffer(raw), asio::use_awaitable);
      co_await read_response(stream, false, response);
    }(*this, std::move(bytes), out));
    return out;
  }
  asio::awaitable<ClientSocket> open_socket(std::string target, Headers headers = {}) {
    ClientSocket socket(co_await connect());
    beast::get_lowest_layer(socket).expires_never();
    socket.set_option(beast::websocket::stream_base::decorator(
        [headers = std::move(headers)](beast::websocket::request_type& request) {
          for (const auto& [name, value] : headers) request.insert(name, value);
        }));
    co_await socket.async_handshake("localhost", target, asio::use_awaitable);
    co_return socket;
  }

  asio::io_context io;
  TimePoint now{std::chrono::seconds(1'800'000'000)};
  ServerConfig config;
  Router router;
  std::optional<Server> server;
};

}  // namespace parley::http::testing
