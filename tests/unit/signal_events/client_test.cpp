// Clients between a fake transport, the real dispatcher and the real hub.
#include "signal/events/client.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "signal/socketio/engine_session.h"

namespace parley::signal::events {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

struct FakeChannel final : socketio::Channel {
  [[nodiscard]] socketio::Wire wire() const override { return socketio::Wire::kSocketIo; }
  void send(const socketio::Payload& event) override { said.push_back(*event); }
  void emit(std::string_view name, const json::array& args, const Attachments&) override {
    said.push_back(std::string(name) + json::serialize(args));
  }
  void acknowledge(std::string_view ack, const json::array& args, const Attachments&) override {
    said.push_back(std::string(ack) + json::serialize(args));
  }
  void disconnect() override { said.emplace_back("disconnect"); }
  void drop(std::string_view reason) override { said.push_back("drop " + std::string(reason)); }
  [[nodiscard]] const std::string& id() const override { return own_id; }
  std::string own_id = "id";
  std::vector<std::string> said;
};

class ClientTest : public ::testing::Test {
 public:
  ClientTest() {
    limits.messages = {1, 2};
    limits.max_pending = 3;
    dispatcher.emplace(limits, [this] { return now; });
    dispatcher->add({"echo", LimitGroup::kNone, "roomId", with(*this, echo)});
    dispatcher->add({"say", LimitGroup::kMessages, "", with(*this, echo)});
    dispatcher->add({"throw", LimitGroup::kNone, "", with(*this, fail)});
    Gate gate;
    gate.authenticate = [this](std::string token) { return authenticate(*this, std::move(token)); };
    gate.attach = [this](auth::Subject subject, hub::Device& device) {
      return attach(*this, std::move(subject), device);
    };
    gate.expiry_of = [this](std::string_view) { return expiry; };
    clients = std::make_shared<Clients>(io.get_executor(), std::move(gate), hub, *dispatcher, [this] { return now; });
  }
  static EventAnswer echo(ClientTest&, Caller caller, json::object args) {
    args["by"] = caller.subject.user_id;
    co_return json::value(std::move(args));
  }
  static EventAnswer fail(ClientTest&, Caller, json::object) {
    throw std::runtime_error("a defect");
    co_return json::value();
  }
  static asio::awaitable<Result<auth::Subject, Error>> authenticate(ClientTest& self, std::string token) {
    if (token == "bad") co_return Error{"unauthenticated", "no", ""};
    auth::Subject subject;
    subject.user_id = token;
    subject.session_id = self.session;
    co_return subject;
  }
  static asio::awaitable<Result<hub::DeviceId, Error>> attach(ClientTest& self, auth::Subject subject,
                                                              hub::Device& device) {
    const std::vector<hub::Membership> rooms{{"room", 2}};
    co_return self.hub.attach(self.now, device, subject.user_id, subject.session_id, rooms);
  }

  struct Connected {
    std::shared_ptr<FakeChannel> channel;
    std::shared_ptr<socketio::ClientHandler> handler;
    std::string refusal;
  };
  static asio::awaitable<void> connect_into(ClientTest& self, std::string token, Connected& out) {
    socketio::ConnectRequest request;
    if (!token.empty()) request.auth["token"] = token;
    std::shared_ptr<socketio::Channel> way = out.channel;
    auto handler = co_await self.clients->connect(std::move(request), std::move(way));
    if (handler) {
      out.handler = std::move(*handler);
    } else {
      out.refusal = handler.error().code;
    }
  }
  Connected connect(std::string token, bool opens = true) {
    Connected out;
    out.channel = std::make_shared<FakeChannel>();
    asio::co_spawn(io, connect_into(*this, std::move(token), out), asio::detached);
    run();
    if (out.handler && opens) out.handler->on_open();
    return out;
  }
  void run() {
    io.restart();
    io.run();
  }
  std::string ask(Connected& who, std::string name, json::array args, socketio::Channel::Attachments extra = {}) {
    who.channel->said.clear();
    who.handler->on_event({std::move(name), std::move(args), std::move(extra), "7"});
    run();
    return who.channel->said.empty() ? "" : who.channel->said.back();
  }
  void publish(std::string data) {
    hub.publish_to_room(now, hub::make_event({"new-message", std::move(data), "room", 0}));
  }

  asio::io_context io;
  TimePoint now{std::chrono::seconds(1'800'000'000)};
  std::int64_t expiry = 0;
  std::string session = "session";
  EventLimits limits;
  hub::Hub hub{hub::Config{}};
  std::optional<Dispatcher> dispatcher;
  std::shared_ptr<Clients> clients;
};

TEST_F(ClientTest, OnlyAGoodTokenConnects) {
  EXPECT_EQ(connect("").refusal, "unauthenticated");
  EXPECT_EQ(connect("bad").refusal, "unauthenticated");
  EXPECT_TRUE(connect("ann").handler);
  EXPECT_EQ(clients->stats.refused, 2U);
  EXPECT_EQ(clients->stats.accepted, 1U);
}

TEST_F(ClientTest, AnswersAreAcknowledgements) {
  Connected ann = connect("ann");
  EXPECT_EQ(ask(ann, "echo", {json::object{{"a", 1}}}), R"(7[{"ok":true,"data":{"a":1,"by":"ann"}}])");
  EXPECT_EQ(ask(ann, "echo", {"r1"}), R"(7[{"ok":true,"data":{"roomId":"r1","by":"ann"}}])");
  EXPECT_EQ(ask(ann, "echo", {}), R"(7[{"ok":true,"data":{"by":"ann"}}])");
  const std::pair<std::string, json::array> rows[] = {
      {"unknown-event", {}}, {"invalid-argument", {1}}, {"invalid-argument", {json::object(), 2}}};
  for (const auto& [code, args] : rows) {
    const std::string answer = ask(ann, code == "unknown-event" ? "nothing" : "echo", args);
    EXPECT_NE(answer.find("\"code\":\"" + code + "\""), std::string::npos) << answer;
  }
  EXPECT_NE(ask(ann, "say", {"bare"}).find("invalid-argument"), std::string::npos);
  EXPECT_NE(ask(ann, "echo", {}, {"bytes"}).find("invalid-argument"), std::string::npos);
  EXPECT_NE(ask(ann, "throw", {}).find("\"code\":\"internal\""), std::string::npos);
}

TEST_F(ClientTest, RatesAreOfThePersonOverAllDevices) {
  Connected first = connect("ann");
  Connected second = connect("ann");
  Connected other = connect("bob");
  EXPECT_NE(ask(first, "say", {}).find("\"ok\":true"), std::string::npos);
  EXPECT_NE(ask(second, "say", {}).find("\"ok\":true"), std::string::npos);
  const std::string refused = ask(first, "say", {});
  EXPECT_NE(refused.find("\"code\":\"rate-limited\""), std::string::npos);
  EXPECT_NE(refused.find("\"retryAfter\":1"), std::string::npos);
  EXPECT_NE(ask(other, "say", {}).find("\"ok\":true"), std::string::npos);
  now += 1s;
  EXPECT_NE(ask(first, "say", {}).find("\"ok\":true"), std::string::npos);
}

TEST_F(ClientTest, EventsWithoutAnswerYetAreBounded) {
  Connected ann = connect("ann");
  ann.channel->said.clear();
  for (int i = 0; i < 4; ++i) ann.handler->on_event({"echo", {}, {}, std::to_string(i)});
  ASSERT_EQ(ann.channel->said.size(), 1U);
  EXPECT_NE(ann.channel->said[0].find("rate-limited"), std::string::npos);
  run();
  EXPECT_EQ(ann.channel->said.size(), 4U);
}

TEST_F(ClientTest, EventsThatCameBeforeTheClientKnewFollow) {
  Connected ann = connect("ann", false);
  publish("{\"n\":1}");
  EXPECT_TRUE(ann.channel->said.empty());
  ann.handler->on_open();
  publish("{\"n\":2}");
  EXPECT_EQ(ann.channel->said,
            (std::vector<std::string>{R"(42["new-message",{"n":1}])", R"(42["new-message",{"n":2}])"}));
}

TEST_F(ClientTest, NothingReachesAClientThatIsGone) {
  Connected ann = connect("ann");
  ann.handler->on_closed("transport close");
  run();
  EXPECT_EQ(hub.stats().devices, 0U);
  publish("{}");
  EXPECT_TRUE(ann.channel->said.empty());
  EXPECT_EQ(clients->stats.connected, 0U);
}

TEST_F(ClientTest, ConnectionThatWasGoneBeforeItWasAcceptedLeavesNothing) {
  Connected ann = connect("ann", false);
  EXPECT_EQ(hub.stats().devices, 1U);
  ann.handler.reset();
  EXPECT_EQ(hub.stats().devices, 0U);
  EXPECT_TRUE(clients->all.empty());
}

TEST_F(ClientTest, SlowClientIsCountedAsSuch) {
  Connected ann = connect("ann");
  ann.handler->on_closed(socketio::end_reason::kTooSlow);
  run();
  EXPECT_EQ(hub.stats().slow_devices, 1U);
  EXPECT_EQ(hub.stats().devices, 0U);
}

TEST_F(ClientTest, EndOfTheSessionIsToldAndFinal) {
  Connected ann = connect("ann");
  hub.end_sessions("ann", "session", hub::kEndSessionRevoked, "log-out");
  run();
  EXPECT_EQ(ann.channel->said, (std::vector<std::string>{
                                   R"(session-ended[{"code":"session-revoked","message":"log-out"}])", "disconnect"}));
}

TEST_F(ClientTest, ForeignTokensEndTheConnectionUnlessRefreshed) {
  session = "x:foreign";
  expiry = 1'800'000'100;
  Connected ann = connect("ann");
  now += 150s;
  clients->end_expired();
  run();
  EXPECT_TRUE(ann.channel->said.empty());
  now += 20s;
  clients->end_expired();
  run();
  ASSERT_EQ(ann.channel->said.size(), 2U);
  EXPECT_NE(ann.channel->said[0].find("token-expired"), std::string::npos);
}

}  // namespace
}  // namespace parley::signal::events
