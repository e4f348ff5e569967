#include "app/admin_tasks.h"

#include <cstdio>
#include <iostream>

#include "app/admin_desk.h"
#include "store/overview.h"
#include "store/webhooks.h"

namespace parley::app {

namespace {

constexpr std::size_t kPage = 200;
constexpr std::size_t kPasswordLength = 20;  // 120 bits

// A password of the standard input, or one that is made and shown.
struct Password {
  std::string text;
  bool made = false;
};

Result<Password, Error> password_for(Desk& desk, bool from_stdin) {
  if (!from_stdin) return Password{desk.random.token(kPasswordLength), true};
  Password out;
  if (!std::getline(std::cin, out.text) || out.text.empty()) {
    return Error{"invalid_argument", "the standard input holds no password", "password"};
  }
  return out;
}

}  // namespace

// ---- accounts ----

Result<void, Error> create_user(const config::Settings& settings, const NewAccount& account) {
  Desk desk(settings);
  if (auto opened = desk.open(); !opened) return opened;
  auto password = password_for(desk, account.password_stdin);
  if (!password) return password.error();
  auth::NewUser wanted;
  wanted.email = account.email;
  wanted.name = account.name;
  wanted.password = password->text;
  const auto role = account.administrator ? auth::ServerRole::kAdmin : auth::ServerRole::kUser;
  const auto user = desk.run(desk.accounts->admin_create_user(operator_of_the_machine(), std::move(wanted), role));
  if (!user) return user.error();
  std::printf("%s\t%s\n", user->id.c_str(), user->email.c_str());
  if (password->made) std::printf("password\t%s\n", password->text.c_str());
  return {};
}

Result<void, Error> reset_password(const config::Settings& settings, const std::string& who, bool password_stdin) {
  Desk desk(settings);
  if (auto opened = desk.open(); !opened) return opened;
  const auto user = find_person(desk, who);
  if (!user) return user.error();
  const auto password = password_for(desk, password_stdin);
  if (!password) return password.error();
  auto done = desk.run(desk.accounts->admin_reset_password(operator_of_the_machine(), user->id, password->text));
  if (!done) return done;
  if (password->made) std::printf("password\t%s\n", password->text.c_str());
  return {};
}

Result<void, Error> list_users(const config::Settings& settings) {
  Desk desk(settings);
  if (auto opened = desk.open(); !opened) return opened;
  store::UserQuery query;
  query.limit = kPage;
  query.guests = true;
  query.inactive = true;
  for (;;) {
    const auto users = desk.database->read_now([&query](store::Session& s) { return store::list_users(s, query); });
    if (!users) return users.error();
    for (const store::User& user : *users) {
      const char* role = user.guest ? "guest" : user.admin ? "admin" : "user";
      const char* state = user.deleted_at != 0 ? "deleted" : user.disabled_at != 0 ? "disabled" : "active";
      std::printf("%s\t%s\t%s\t%s\t%s\n", user.id.c_str(), role, state, user.email.c_str(), user.name.c_str());
    }
    if (users->size() < query.limit) return {};
    query.after = users->back().id;
  }
}

Result<void, Error> list_rooms(const config::Settings& settings) {
  Desk desk(settings);
  if (auto opened = desk.open(); !opened) return opened;
  std::string after;
  for (;;) {
    const auto rooms =
        desk.database->read_now([&after](store::Session& s) { return store::list_all_rooms(s, after, kPage); });
    if (!rooms) return rooms.error();
    for (const store::Room& room : *rooms) {
      std::printf("%s\t%s\t%s\t%lld\t%s\n", room.id.c_str(), room.type.c_str(), room.visibility.c_str(),
                  static_cast<long long>(room.member_count), room.name.c_str());
    }
    if (rooms->size() < kPage) return {};
    after = rooms->back().id;
  }
}

// ---- webhooks ----

Result<void, Error> list_dead_letters(const config::Settings& settings) {
  Desk desk(settings);
  if (auto opened = desk.open(); !opened) return opened;
  std::int64_t before = 0;
  for (;;) {
    const auto letters =
        desk.database->read_now([before](store::Session& s) { return store::list_dead_webhooks(s, before, kPage); });
    if (!letters) return letters.error();
    for (const store::WebhookDelivery& letter : *letters) {
      std::printf("%s\t%s\t%lld\t%s\t%s\n", letter.id.c_str(), letter.event.c_str(),
                  static_cast<long long>(letter.attempts), letter.url.c_str(), letter.last_error.c_str());
    }
    if (letters->size() < kPage) return {};
    before = letters->back().position;
  }
}

Result<void, Error> retry_dead_letter(const config::Settings& settings, const std::string& id) {
  Desk desk(settings);
  if (auto opened = desk.open(); !opened) return opened;
  const auto url = desk.database->write_now([&id](store::Session& s) { return store::retry_dead_webhook(s, id); });
  if (!url) return url.error();
  std::printf("%s\n", url->c_str());
  return {};
}

Result<void, Error> drop_dead_letter(const config::Settings& settings, const std::string& id) {
  Desk desk(settings);
  if (auto opened = desk.open(); !opened) return opened;
  return desk.database->write_now([&id](store::Session& s) { return store::delete_dead_webhook(s, id); });
}

}  // namespace parley::app
