// A chat service over a database of each engine, with people and their devices.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/random.h"
#include "base/uuid.h"
#include "chat/json.h"
#include "chat/service.h"
#include "hub/hub.h"
#include "store/audit.h"
#include "store/users.h"
#include "unit/store/store_harness.h"

namespace parley::chat {

class TestDevice final : public hub::Device {
 public:
  void deliver(const hub::EventRef& event) override { got.push_back(event); }
  void end(std::string_view reason_code, std::string_view /*message*/) override { ended = reason_code; }

  // Names of what came since the last time, without presence.
  std::vector<std::string> take() {
    std::vector<std::string> names;
    for (const hub::EventRef& event : got) {
      if (event->name() != "presence-updated") names.push_back(event->name());
    }
    got.clear();
    return names;
  }
  boost::json::object last() const { return boost::json::parse(got.back()->data()).as_object(); }

  std::vector<hub::EventRef> got;
  std::string ended;
};

// Files that hang on messages, as the files' side would do it: any id but "bad" exists.
class FakeFiles final : public FileLinks {
 public:
  Result<std::vector<store::LinkedFile>, Error> attach(store::Session& /*session*/,
                                                       const FileAttachment& attachment) const override {
    std::vector<store::LinkedFile> linked;
    for (const std::string& id : attachment.file_ids) {
      if (id == "bad") return Error{"not_found", "there is no such file", "fileIds"};
      linked.push_back({attachment.message_id, R"({"id":")" + id + R"("})", "image/png"});
    }
    return linked;
  }
  Result<std::vector<store::LinkedFile>, Error> of_messages(store::Session& /*session*/,
                                                            std::span<const std::string> ids) const override {
    std::vector<store::LinkedFile> linked;
    for (const std::string& id : ids) linked.push_back({id, R"({"id":"f1"})", "image/png"});
    return linked;
  }
  Result<void, Error> detach(store::Session& /*session*/, std::span<const std::string> /*ids*/) const override {
    return {};
  }
};

class ChatTest : public store::StoreTest {
 protected:
  ChatTest() : hub(hub::Config{}), random(1) { start(); }

  void start(Config config = {}, LinkPreview link_preview = {}) {
    service.reset();
    service = std::make_unique<Service>(config, Dependencies{db(), hub, random, [this] { return now; }, &files,
                                                             io().get_executor(), std::move(link_preview)});
  }

  auth::Subject person(const std::string& name, bool admin = false) {
    store::User user;
    user.id = make_uuid(now, random);
    user.name = name;
    user.email = name + "@example.org";
    user.created_at = user.updated_at = 1;
    write([&](store::Session& session) { return store::insert_user(session, user); });
    return {user.id, "session-" + name, name, admin ? auth::ServerRole::kAdmin : auth::ServerRole::kUser, false, ""};
  }

  // The value, or a failed test.
  template <class T>
  T ok(boost::asio::awaitable<Result<T, Error>> work) {
    Result<T, Error> answer = run(std::move(work));
    if (!answer) throw std::runtime_error(answer.error().code + ": " + answer.error().message);
    if constexpr (!std::is_void_v<T>) return std::move(*answer);
  }
  // The error's code and field; "" when there is none.
  template <class T>
  std::string error(boost::asio::awaitable<Result<T, Error>> work) {
    const Result<T, Error> answer = run(std::move(work));
    if (answer) return "";
    return answer.error().field.empty() ? answer.error().code : answer.error().code + " " + answer.error().field;
  }

  std::string room(const auth::Subject& owner, std::vector<std::string> members,
                   const std::string& visibility = "private") {
    return ok(service->rooms().create(owner, {"Room", "group", visibility, "", "", false, std::move(members)}))
        .view.room.id;
  }
  hub::DeviceId connect(TestDevice& device, const auth::Subject& who) {
    return ok(service->rooms().connect(who, device));
  }
  store::Message say(const auth::Subject& who, const std::string& room_id, const std::string& content,
                     const std::string& thread = "") {
    NewMessage message;
    message.room_id = room_id;
    message.content = content;
    message.thread_id = thread;
    now += 1ms;
    return ok(service->messages().send(who, message)).message;
  }
  // Oldest first.
  std::vector<store::AuditEntry> audit_log() {
    auto entries = read([](store::Session& session) {
      return store::list_audit(session, {.actor_id = {}, .object_id = {}, .room_id = {}});
    });
    std::ranges::reverse(*entries);
    return std::move(*entries);
  }
  std::vector<std::string> search(const auth::Subject& who, const std::string& text) {
    std::vector<std::string> snippets;
    for (const SearchItem& item : ok(service->search().find(who, {text, "", false, "", 50})).items) {
      snippets.push_back(item.snippet);
    }
    return snippets;
  }

  FakeFiles files;
  hub::Hub hub;
  SeededRandom random;
  std::unique_ptr<Service> service;
};

}  // namespace parley::chat
