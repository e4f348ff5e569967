#include "app/admin_tasks.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <vector>

#include "app/workplace_config.h"
#include "auth/accounts.h"
#include "base/iso_time.h"
#include "base/uuid.h"
#include "chat/service.h"
#include "files/object_store.h"
#include "files/service.h"
#include "hub/hub.h"
#include "net/clock.h"
#include "signal/rest/export.h"
#include "store/backup.h"
#include "store/database.h"
#include "store/members.h"
#include "store/overview.h"
#include "store/webhooks.h"
#include "work/pool.h"

namespace parley::app {

namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

constexpr const char* kDatabaseFile = "database.jsonl";
constexpr const char* kFilesFolder = "files";
constexpr const char* kNoKey = "--------------------------------";  // nothing is signed here
constexpr std::size_t kPage = 200;
constexpr std::size_t kPasswordLength = 20;  // 120 bits
constexpr std::size_t kCopyPiece = 1U << 20U;

// Who acts: nobody with an account. The audit log has such acts without an actor.
auth::Subject operator_of_the_machine() {
  auth::Subject subject;
  subject.name = "command line";
  subject.role = auth::ServerRole::kAdmin;
  return subject;
}

// The services that the commands need, on a loop that runs while one is awaited.
struct Desk {
  explicit Desk(const config::Settings& s) : settings(s) {}

  Result<void, Error> open() {
    auto opened = store::Database::open(database_config(settings), io.get_executor());
    if (!opened) return opened.error();
    database = std::move(*opened);
    accounts = std::make_unique<auth::Accounts>(accounts_config(settings), *database, pool, random);
    return run(accounts->start());
  }

  template <class T>
  Result<T, Error> run(asio::awaitable<Result<T, Error>> work) {
    std::optional<Result<T, Error>> out;
    asio::co_spawn(io, std::move(work), [&out](const std::exception_ptr& failure, Result<T, Error> answer) {
      if (failure) std::rethrow_exception(failure);
      out.emplace(std::move(answer));
    });
    io.restart();
    while (!out) io.run_one();
    return std::move(*out);
  }

  const config::Settings& settings;
  asio::io_context io{1};
  SystemRandom random;
  work::Pool pool{{.name = "parley-admin"}, io.get_executor()};
  std::unique_ptr<store::Database> database;
  std::unique_ptr<auth::Accounts> accounts;
};

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

Result<store::User, Error> find_person(Desk& desk, const std::string& who) {
  return desk.database->read_now([&who](store::Session& session) -> Result<store::User, Error> {
    if (is_uuid(who)) return store::find_user(session, who);
    auto found = store::find_user_by_email(session, who);
    if (!found) return found.error();
    if (!*found) return Error{"not_found", "there is no account \"" + who + "\"", "who"};
    return std::move(**found);
  });
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
  const auto done = desk.run(desk.accounts->admin_reset_password(operator_of_the_machine(), user->id, password->text));
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

// ---- backups ----

namespace {

Error cannot(const std::string& what, const fs::path& path, const std::error_code& why) {
  return {"unavailable", "cannot " + what + " " + path.string() + ": " + why.message(), ""};
}

Result<void, Error> copy_out(files::ObjectStore& objects, const std::string& key, const fs::path& target) {
  auto reader = objects.open(key);
  if (!reader) return reader.error();
  std::error_code failure;
  fs::create_directories(target.parent_path(), failure);
  if (failure) return cannot("make", target.parent_path(), failure);
  std::ofstream out(target, std::ios::binary);
  std::vector<std::uint8_t> piece(kCopyPiece);
  for (std::uint64_t at = 0; at < (*reader)->size();) {
    const auto got = (*reader)->read_at(at, piece);
    if (!got) return got.error();
    if (*got == 0) return Error{"unavailable", "the object " + key + " is shorter than it was", ""};
    out.write(reinterpret_cast<const char*>(piece.data()), static_cast<std::streamsize>(*got));
    at += *got;
  }
  out.close();
  if (!out) return Error{"insufficient_storage", "cannot write " + target.string() + ": is the disk full?", ""};
  return {};
}

Result<std::size_t, Error> copy_objects(files::ObjectStore& objects, const fs::path& folder) {
  std::size_t count = 0;
  std::string after;
  for (;;) {
    const auto keys = objects.list(after, kPage);
    if (!keys) return keys.error();
    if (keys->empty()) return count;
    for (const std::string& key : *keys) {
      const auto copied = copy_out(objects, key, folder / key);
      // Collected meanwhile: nothing in the backup's database names it.
      if (!copied && copied.error().code != "not_found") return copied.error();
      ++count;
    }
    after = keys->back();
  }
}

Result<std::size_t, Error> put_objects(files::ObjectStore& objects, const fs::path& folder, const fs::path& temp) {
  std::size_t count = 0;
  std::error_code failure;
  for (const auto& entry : fs::recursive_directory_iterator(folder, failure)) {
    if (!entry.is_regular_file()) continue;
    // The storage may take the file away; the backup stays whole.
    fs::copy_file(entry.path(), temp, fs::copy_options::overwrite_existing, failure);
    if (failure) return cannot("copy", entry.path(), failure);
    const auto put = objects.put(fs::relative(entry.path(), folder).generic_string(), temp);
    if (!put) return put.error();
    ++count;
  }
  fs::remove(temp, failure);
  return count;
}

Result<std::unique_ptr<files::ObjectStore>, Error> storage_of(const config::Settings& settings) {
  return files::open_object_store(files_config(settings, kNoKey).storage);
}

}  // namespace

Result<void, Error> back_up(const config::Settings& settings, const std::string& folder, bool without_files) {
  std::error_code failure;
  if (fs::exists(folder) && !fs::is_empty(folder, failure)) {
    return Error{"already_exists", folder + " holds something: name a new folder", "folder"};
  }
  fs::create_directories(folder, failure);
  if (failure) return cannot("make", folder, failure);
  // The database first: every file that it names is still there a moment later, for content never changes and is
  // collected long after its last use.
  const auto report = store::backup(database_config(settings).url, fs::path(folder) / kDatabaseFile);
  if (!report) return report.error();
  std::printf("database\t%llu rows\n", static_cast<unsigned long long>(report->rows));
  if (without_files) return {};
  auto objects = storage_of(settings);
  if (!objects) return objects.error();
  const auto copied = copy_objects(**objects, fs::path(folder) / kFilesFolder);
  if (!copied) return copied.error();
  std::printf("files\t%zu\n", *copied);
  return {};
}

Result<void, Error> restore(const config::Settings& settings, const std::string& folder, bool without_files) {
  const fs::path files = fs::path(folder) / kFilesFolder;
  if (!fs::exists(fs::path(folder) / kDatabaseFile)) {
    return Error{"invalid_argument", folder + " holds no backup: there is no " + kDatabaseFile + " in it", "folder"};
  }
  // Files first: a database that names what is not there would be the worse half of a broken restore.
  if (!without_files && fs::exists(files)) {
    auto objects = storage_of(settings);
    if (!objects) return objects.error();
    std::error_code ignored;
    fs::create_directories(settings.data_dir, ignored);
    const auto put = put_objects(**objects, files, fs::path(settings.data_dir) / "restoring.tmp");
    if (!put) return put.error();
    std::printf("files\t%zu\n", *put);
  }
  const auto report = store::restore(database_config(settings).url, fs::path(folder) / kDatabaseFile);
  if (!report) return report.error();
  std::printf("database\t%llu rows\n", static_cast<unsigned long long>(report->rows));
  return {};
}

// ---- exports ----

namespace {

// Everything that an export reads.
struct Archive {
  explicit Archive(Desk& d, std::unique_ptr<files::ObjectStore> storage)
      : desk(d),
        objects(std::move(storage)),
        passwords(accounts_config(d.settings).password, d.pool),
        hub(hub_config(d.settings)),
        chat(chat_config(d.settings), {*d.database, hub, d.random, net::now}),
        files(files_config(d.settings, kNoKey),
              {*d.database, d.pool, hub, passwords, *objects, d.random, room_lookup(), d.io.get_executor()}) {}

  [[nodiscard]] files::RoomLookup room_lookup() {
    return [this](std::string user_id, std::string room_id) {
      return chat.rooms().object_for(std::move(user_id), std::move(room_id));
    };
  }
  [[nodiscard]] signal::rest::ExportSources sources() { return {*desk.accounts, chat, files}; }

  Desk& desk;
  std::unique_ptr<files::ObjectStore> objects;
  auth::Passwords passwords;
  hub::Hub hub;
  chat::Service chat;
  files::Service files;
};

// To a file, or to the standard output.
class Output {
 public:
  Result<void, Error> open(const std::string& file) {
    if (file.empty()) return {};
    out_ = std::fopen(file.c_str(), "wbx");
    if (out_ == nullptr) return Error{"unavailable", "cannot make " + file + " (is it there already?)", "output"};
    return {};
  }
  Result<void, Error> close() {
    std::FILE* out = out_;
    out_ = stdout;
    const bool good = !failed_ && std::fflush(out) == 0 && (out == stdout || std::fclose(out) == 0);
    if (good) return {};
    return Error{"insufficient_storage", "the export could not be written: is the disk full?", "output"};
  }
  asio::awaitable<bool> write(std::string piece) {
    failed_ = failed_ || std::fwrite(piece.data(), 1, piece.size(), out_) != piece.size();
    co_return !failed_;
  }

 private:
  std::FILE* out_ = stdout;
  bool failed_ = false;
};

template <class Write>
Result<void, Error> export_with(const config::Settings& settings, const std::string& file, const Write& write) {
  Desk desk(settings);
  if (auto opened = desk.open(); !opened) return opened;
  auto objects = storage_of(settings);
  if (!objects) return objects.error();
  Archive archive(desk, std::move(*objects));
  Output output;
  if (auto opened = output.open(file); !opened) return opened;
  const auto written = write(desk, archive, [&output](std::string piece) { return output.write(std::move(piece)); });
  const auto closed = output.close();
  return written ? closed : written;
}

}  // namespace

Result<void, Error> export_person(const config::Settings& settings, const std::string& who, const std::string& file) {
  return export_with(settings, file, [&who](Desk& desk, Archive& archive, chat::Sink sink) -> Result<void, Error> {
    const auto user = find_person(desk, who);
    if (!user) return user.error();
    // Nobody but the person may have it from the server: whoever runs the machine acts in the person's name.
    auth::Subject subject = operator_of_the_machine();
    subject.user_id = user->id;
    return desk.run(
        signal::rest::write_person(archive.sources(), std::move(subject), user->id, net::now(), std::move(sink)));
  });
}

namespace {

// An owner; where a room has none, as direct rooms have, any member.
Result<std::string, Error> owner_of(store::Session& session, const std::string& room_id) {
  std::string found;
  std::string after;
  for (;;) {
    const auto members = store::list_members(session, room_id, after, kPage);
    if (!members) return members.error();
    for (const store::Member& member : *members) {
      if (found.empty() || member.role == "owner") found = member.user_id;
      if (member.role == "owner") return {boost::system::in_place_value, std::move(found)};
    }
    if (members->size() < kPage) break;
    after = members->back().user_id;
  }
  if (found.empty()) return Error{"not_found", "there is no room \"" + room_id + "\", or nobody in it", "id"};
  return {boost::system::in_place_value, std::move(found)};
}

}  // namespace

Result<void, Error> export_room(const config::Settings& settings, const std::string& room_id, const std::string& file) {
  return export_with(settings, file, [&room_id](Desk& desk, Archive& archive, chat::Sink sink) -> Result<void, Error> {
    auto owner = desk.database->read_now([&room_id](store::Session& session) { return owner_of(session, room_id); });
    if (!owner) return owner.error();
    // Rooms are their owners' to hand out: whoever runs the machine acts in one's name.
    auth::Subject subject = operator_of_the_machine();
    subject.user_id = *owner;
    return desk.run(
        signal::rest::write_room(archive.sources(), std::move(subject), room_id, net::now(), std::move(sink)));
  });
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
