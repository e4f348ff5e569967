#include "signal/socketio/socketio_session.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

namespace parley::signal::socketio {
namespace {

struct FakeLink final : EngineLink {
  void send(const Payload& packet, bool text) override { sent.push_back((text ? "t:" : "b:") + *packet); }
  void close(std::string_view reason) override { closed.emplace_back(reason); }
  std::vector<std::string> sent;
  std::vector<std::string> closed;
};

struct FakeClient final : ClientHandler {
  explicit FakeClient(std::vector<std::string>& l) : log(l) {}
  void on_open() override { log.emplace_back("open"); }
  void on_event(IncomingEvent event) override {
    std::string line = event.name + boost::json::serialize(event.args) + event.ack;
    for (const std::string& attachment : event.attachments) line += "+" + attachment;
    log.push_back(std::move(line));
  }
  void on_closed(std::string_view reason) override { log.push_back("closed: " + std::string(reason)); }
  std::vector<std::string>& log;
};

class SocketIoSessionTest : public ::testing::Test, public SocketIoHost {
 public:
  [[nodiscard]] bool has_namespace(std::string_view nsp) const override { return nsp == "/" || nsp == "/custom"; }
  void connect(std::shared_ptr<SocketChannel> channel, ConnectRequest request) override {
    channels.push_back(channel);
    auths.push_back(boost::json::serialize(request.auth));
    if (accepts) channel->accept(std::make_shared<FakeClient>(log));
  }
  void hear(std::string_view text) { session.on_message(now, text, false); }
  void hear_binary(std::string_view data) { session.on_message(now, data, true); }

  bool accepts = true;
  TimePoint now{Duration{1'000'000}};
  SocketIoConfig config;
  FakeLink link;
  SeededRandom random{1};
  std::vector<std::shared_ptr<SocketChannel>> channels;
  std::vector<std::string> auths;
  std::vector<std::string> log;
  SocketIoSession session{now, config, link, *this, random, {}};
};

TEST_F(SocketIoSessionTest, ConnectIsAnsweredWithAnIdOfTheNamespace) {
  hear("0{\"token\":\"t\"}");
  hear("0/custom,");
  ASSERT_EQ(channels.size(), 2U);
  EXPECT_EQ(link.sent[0], "t:40{\"sid\":\"" + channels[0]->id() + "\"}");
  EXPECT_EQ(link.sent[1], "t:40/custom,{\"sid\":\"" + channels[1]->id() + "\"}");
  EXPECT_NE(channels[0]->id(), channels[1]->id());
  EXPECT_EQ(auths, (std::vector<std::string>{"{\"token\":\"t\"}", "{}"}));
  EXPECT_EQ(log, (std::vector<std::string>{"open", "open"}));
  EXPECT_EQ(session.deadline(), kNever);
}

TEST_F(SocketIoSessionTest, SecondConnectIsPassedOver) {
  hear("0");
  hear("0");
  EXPECT_EQ(channels.size(), 1U);
  EXPECT_EQ(link.sent.size(), 1U);
  EXPECT_TRUE(link.closed.empty());
}

TEST_F(SocketIoSessionTest, UnknownNamespaceIsRefused) {
  hear("0/random");
  EXPECT_EQ(link.sent, std::vector<std::string>{"t:44/random,{\"message\":\"Invalid namespace\"}"});
  EXPECT_TRUE(link.closed.empty());
}

TEST_F(SocketIoSessionTest, RefusalCarriesMessageAndData) {
  accepts = false;
  hear("0");
  channels[0]->refuse("no \"entry\"", R"({"code":"unauthenticated"})");
  EXPECT_EQ(link.sent, std::vector<std::string>{R"(t:44{"message":"no \"entry\"","data":{"code":"unauthenticated"}})"});
  channels[0]->refuse("again", "");
  EXPECT_EQ(link.sent.size(), 1U);
}

TEST_F(SocketIoSessionTest, EventsComeWithArgumentsAndAcknowledgement) {
  hear("0");
  hear("2[\"message\",1,\"2\",{\"3\":[true]}]");
  hear("2456[\"ask\"]");
  EXPECT_EQ(log[1], "message[1,\"2\",{\"3\":[true]}]");
  EXPECT_EQ(log[2], "ask[]456");
  link.sent.clear();
  channels[0]->acknowledge("456", {1, "2"}, {});
  channels[0]->emit("say", {boost::json::object{{"a", 1}}}, {});
  channels[0]->acknowledge("", {1}, {});
  EXPECT_EQ(link.sent, (std::vector<std::string>{"t:43456[1,\"2\"]", "t:42[\"say\",{\"a\":1}]"}));
}

TEST_F(SocketIoSessionTest, AttachmentsAreGatheredAndSent) {
  hear("0");
  hear("52-789[\"m\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
  hear_binary("one");
  EXPECT_EQ(log.size(), 1U);
  hear_binary("two");
  EXPECT_EQ(log[1], "m[{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]789+one+two");
  link.sent.clear();
  channels[0]->acknowledge("789", {true}, {"one", "two"});
  EXPECT_EQ(link.sent, (std::vector<std::string>{"t:462-789[true]", "b:one", "b:two"}));
}

TEST_F(SocketIoSessionTest, FaultsOfTheProtocolCloseTheConnection) {
  const std::vector<std::string> rows[] = {{"abc"},
                                           {"0", "2{}"},
                                           {"0", "42abc[\"x\"]"},
                                           {"2[\"early\"]"},
                                           {"0", "4{\"message\":\"x\"}"},
                                           {"0", "51-[\"m\"]", "2[\"x\"]"}};
  for (const auto& frames : rows) {
    FakeLink fresh;
    SocketIoSession other(now, config, fresh, *this, random, {});
    for (const std::string& frame : frames) other.on_message(now, frame, false);
    EXPECT_EQ(fresh.closed, std::vector<std::string>{"parse error"}) << frames.back();
  }
  hear_binary("unasked for");
  EXPECT_EQ(link.closed.size(), 1U);
}

TEST_F(SocketIoSessionTest, AttachmentsAreBounded) {
  config.max_attachment_bytes = 5;
  hear("0");
  hear("52-[\"m\"]");
  hear_binary("123");
  EXPECT_TRUE(link.closed.empty());
  hear_binary("456");
  EXPECT_EQ(link.closed.size(), 1U);
}

TEST_F(SocketIoSessionTest, DisconnectOfTheClientEndsTheNamespaceAlone) {
  hear("0");
  hear("0/custom,");
  hear("1/custom,");
  EXPECT_EQ(log.back(), "closed: client namespace disconnect");
  hear("2[\"still here\"]");
  EXPECT_EQ(log.back(), "still here[]");
  hear("2/custom,[\"late\"]");
  EXPECT_EQ(log.back(), "still here[]");
  EXPECT_TRUE(link.closed.empty());
}

TEST_F(SocketIoSessionTest, DisconnectOfTheServerSaysSoAndClosesWithTheLastNamespace) {
  hear("0");
  hear("0/custom,");
  channels[0]->disconnect();
  EXPECT_EQ(link.sent.back(), "t:41");
  EXPECT_TRUE(link.closed.empty());
  channels[1]->disconnect();
  EXPECT_EQ(link.sent.back(), "t:41/custom,");
  EXPECT_EQ(link.closed, std::vector<std::string>{"forced close"});
}

TEST_F(SocketIoSessionTest, DropClosesWithoutADisconnect) {
  hear("0");
  const auto before = link.sent.size();
  channels[0]->drop("slow-consumer");
  EXPECT_EQ(link.sent.size(), before);
  EXPECT_EQ(link.closed, std::vector<std::string>{"slow-consumer"});
}

TEST_F(SocketIoSessionTest, LostConnectionEndsEveryNamespace) {
  hear("0");
  hear("0/custom,");
  session.on_closed(now, "transport close");
  EXPECT_EQ(log[2], "closed: transport close");
  EXPECT_EQ(log[3], "closed: transport close");
  channels[0]->emit("late", {}, {});
  EXPECT_EQ(link.sent.size(), 2U);
}

TEST_F(SocketIoSessionTest, DecisionThatComesTooLateIsPassedOver) {
  accepts = false;
  hear("0");
  session.on_closed(now, "transport close");
  channels[0]->accept(std::make_shared<FakeClient>(log));
  EXPECT_TRUE(log.empty());
  EXPECT_TRUE(link.sent.empty());
}

TEST_F(SocketIoSessionTest, ConnectionWithoutNamespaceIsClosedInTime) {
  EXPECT_EQ(session.deadline(), now + config.connect_timeout);
  session.handle_timeout(now + config.connect_timeout);
  EXPECT_EQ(link.closed.size(), 1U);
}

TEST_F(SocketIoSessionTest, NamespacesOfOneConnectionAreBounded) {
  config.max_namespaces = 1;
  hear("0");
  hear("0/custom,");
  EXPECT_EQ(link.sent.back(), "t:44/custom,{\"message\":\"Invalid namespace\"}");
}

TEST(Sid, NeedsNoEscapeInAUrl) {
  SeededRandom random(7);
  for (int i = 0; i < 200; ++i) {
    EXPECT_EQ(make_sid(random).find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
              std::string::npos);
  }
}

}  // namespace
}  // namespace parley::signal::socketio
