// Clients that come and go at random, and keep up by events and by what they ask for on return, end with exactly the
// server's state.
#include <gtest/gtest.h>

#include <map>

#include "chat_fixture.h"

namespace parley::chat {
namespace {

namespace json = boost::json;

// What a client does, and docs/delivery.md tells clients to do.
struct ClientState {
  std::map<std::string, json::object> messages;
  std::map<std::string, std::string> members;  // to their roles
  std::string room_name;
  std::int64_t last_seq = -1;  // -1: nothing loaded yet

  static std::string text(const json::value& value) { return std::string(value.as_string()); }

  void apply(const std::string& name, const json::object& data) {
    if (!data.contains("seq")) return;
    const std::int64_t seq = data.at("seq").as_int64();
    if (seq <= last_seq) return;
    EXPECT_EQ(seq, last_seq + 1) << "a gap before " << name;
    last_seq = seq;
    if (name == "new-message") {
      json::object message = data;
      message.erase("thread");
      messages[text(message.at("id"))] = std::move(message);
    } else if (name == "message-updated") {
      messages[text(data.at("message").at("id"))] = data.at("message").as_object();
    } else if (name == "message-deleted") {
      json::object& message = messages[text(data.at("messageId"))];
      message["content"] = "";
      message["mentions"] = json::array();
      message["reactions"] = json::array();
      message["files"] = json::array();
      message["pinned"] = false;
      message["deletedAt"] = data.at("deletedAt");
    } else if (name == "reaction-updated") {
      messages[text(data.at("messageId"))]["reactions"] = data.at("reactions");
    } else if (name == "room-updated") {
      room_name = text(data.at("room").at("name"));
    } else if (name == "member-updated") {
      const std::string action = text(data.at("action"));
      if (action == "removed" || action == "left") {
        members.erase(text(data.at("userId")));
      } else {
        members[text(data.at("userId"))] = text(data.at("role"));
      }
    } else {
      ADD_FAILURE() << "unknown event " << name;
    }
    if (const json::value* thread = data.if_contains("thread")) {
      json::object& root = messages[text(thread->at("id"))];
      root["replyCount"] = thread->at("replyCount");
      root["lastReplyAt"] = thread->at("lastReplyAt");
    }
  }
};

class ResyncProperty : public ChatTest {
 protected:
  struct Client {
    auth::Subject who;
    std::unique_ptr<TestDevice> device;
    hub::DeviceId id = hub::DeviceId::kNone;
    ClientState state;
    int reloads = 0;
  };

  int below(int n) { return static_cast<int>(random.next() % static_cast<std::uint64_t>(n)); }
  template <class T>
  const T& any(const std::vector<T>& list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
  }

  // Everything, as a client loads it that has nothing, or too little.
  void load(ClientState& state, const auth::Subject& who, std::int64_t last_seq) {
    state = {};
    state.last_seq = last_seq;
    state.room_name = ok(service->rooms().get(who, room_id)).room.name;
    for (const MemberView& member : ok(service->rooms().list_members(who, room_id, "", 100)).items) {
      state.members[member.member.user_id] = member.member.role;
    }
    History query;
    query.limit = 50;
    while (true) {
      const HistoryPage page = ok(service->messages().history(who, room_id, query));
      for (const store::Message& message : page.items) state.messages[message.id] = to_json(message);
      if (page.next_cursor.empty()) return;
      query.before = std::stoll(page.next_cursor);
    }
  }

  void connect_client(Client& client) {
    client.device = std::make_unique<TestDevice>();
    client.id = connect(*client.device, client.who);
    const auto last = client.state.last_seq < 0 ? std::nullopt : std::optional(client.state.last_seq);
    const Opened opened = ok(service->rooms().open(client.who, client.id, room_id, last));
    if (!last || opened.reload) {
      client.reloads += last ? 1 : 0;
      load(client.state, client.who, opened.last_seq);
    }
    for (const store::RoomEvent& event : opened.missed) {
      const json::object missed = missed_json(event);
      client.state.apply(ClientState::text(missed.at("event")), missed.at("data").as_object());
    }
    if (!opened.reload) {
      EXPECT_EQ(client.state.last_seq, opened.last_seq);
    }
  }
  void disconnect_client(Client& client) {
    drain(client);
    hub.detach(now, client.id);
    client.device.reset();
  }
  static void drain(Client& client) {
    for (const hub::EventRef& event : client.device->got) {
      client.state.apply(event->name(), json::parse(event->data()).as_object());
    }
    client.device->got.clear();
  }

  void change_something() {
    const auth::Subject& who = any(people);
    now += std::chrono::milliseconds(1 + below(50));
    const int what = sent.empty() ? 0 : below(12);
    if (what <= 2) {
      sent.push_back(say(who, room_id, "message " + std::to_string(below(1'000)) + " @bob").id);
    } else if (what == 3) {
      const store::Message root = ok(service->messages().get(who, any(sent)));
      if (root.thread_id.empty()) sent.push_back(say(who, room_id, "reply", root.id).id);
    } else if (what <= 5) {
      static_cast<void>(run(service->messages().add_reaction(who, any(sent), below(2) == 0 ? "👍" : "🎉")));
    } else if (what == 6) {
      static_cast<void>(run(service->messages().remove_reaction(who, any(sent), "👍")));
    } else if (what == 7) {
      static_cast<void>(run(service->messages().edit(who, any(sent), "edited " + std::to_string(below(1'000)))));
    } else if (what == 8) {
      static_cast<void>(run(service->messages().remove(who, any(sent))));
    } else if (what == 9) {
      static_cast<void>(run(service->messages().pin(who, any(sent), below(2) == 0)));
    } else if (what == 10) {
      RoomChange change;
      change.name = "name " + std::to_string(below(100));
      ok(service->rooms().update(people[0], room_id, change));
    } else if (run(service->rooms().add_member(people[0], room_id, visitor.user_id, auth::RoomRole::kMember))) {
      visits = true;
    } else {
      ok(service->rooms().remove_member(people[0], room_id, visitor.user_id));
    }
  }

  std::vector<auth::Subject> people;
  auth::Subject visitor;
  bool visits = false;
  std::string room_id;
  std::vector<std::string> sent;
};
STORE_TEST_BOTH_ENGINES(ResyncProperty);

TEST_P(ResyncProperty, ClientsEndWithTheServersState) {
  Config config;
  config.max_missed_bytes = 6'000;  // so that some returns are reloads
  start(config);
  people = {person("ann"), person("bob")};
  visitor = person("visitor");
  int reloads = 0;
  int returns = 0;
  for (int round = 0; round < 4; ++round) {
    room_id = room(people[0], {people[1].user_id});
    sent.clear();
    std::vector<Client> clients(2);
    for (std::size_t i = 0; i < clients.size(); ++i) {
      clients[i].who = people[i];
      connect_client(clients[i]);
    }
    for (int step = 0; step < 120; ++step) {
      change_something();
      Client& client = clients[static_cast<std::size_t>(below(2))];
      if (below(5) != 0) continue;
      if (client.device) {
        disconnect_client(client);
      } else {
        connect_client(client);
        ++returns;
      }
    }
    ClientState server;
    load(server, people[0], ok(service->rooms().get(people[0], room_id)).room.last_seq);
    for (Client& client : clients) {
      if (!client.device) connect_client(client);
      drain(client);
      EXPECT_EQ(client.state.last_seq, server.last_seq);
      EXPECT_EQ(client.state.room_name, server.room_name);
      EXPECT_EQ(client.state.members, server.members);
      ASSERT_EQ(client.state.messages.size(), server.messages.size());
      for (const auto& [id, message] : server.messages) {
        ASSERT_EQ(json::serialize(client.state.messages[id]), json::serialize(message));
      }
      reloads += client.reloads;
      disconnect_client(client);
    }
  }
  EXPECT_GT(reloads, 0);
  EXPECT_GT(returns, reloads);
}

TEST_P(ResyncProperty, NumbersFromTheFutureMeanReload) {
  const auth::Subject ann = person("ann");
  room_id = room(ann, {});
  say(ann, room_id, "one");
  EXPECT_TRUE(ok(service->messages().resync(ann, room_id, 2)).reload);
  EXPECT_FALSE(ok(service->messages().resync(ann, room_id, 1)).reload);
  EXPECT_EQ(ok(service->messages().resync(ann, room_id, 0)).missed.size(), 1U);
}

TEST_P(ResyncProperty, ServiceStartedAnewGoesOnWhereItWas) {
  const auth::Subject ann = person("ann");
  room_id = room(ann, {});
  const Sent first = ok(service->messages().send(ann, {room_id, "one", "c1", "", "", {}}));
  service.reset();
  reopen();
  start();
  EXPECT_TRUE(ok(service->messages().send(ann, {room_id, "one", "c1", "", "", {}})).repeated);
  EXPECT_EQ(say(ann, room_id, "two").seq, first.message.seq + 1);
}

}  // namespace
}  // namespace parley::chat
