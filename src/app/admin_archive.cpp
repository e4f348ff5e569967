// Backups and exports.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <vector>

#include "app/admin_desk.h"
#include "app/admin_tasks.h"
#include "chat/service.h"
#include "files/object_store.h"
#include "files/service.h"
#include "hub/hub.h"
#include "net/clock.h"
#include "signal/rest/export.h"
#include "store/backup.h"
#include "store/members.h"

namespace parley::app {

namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

constexpr const char* kDatabaseFile = "database.jsonl";
constexpr const char* kFilesFolder = "files";
constexpr const char* kNoKey = "--------------------------------";  // nothing is signed here
constexpr std::size_t kPage = 200;
constexpr std::size_t kCopyPiece = 1U << 20U;

}  // namespace

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
    // The storage may take the file away, and the backup stays whole; or it gives the file a second name: then writing
    // the next one over it would change what is stored.
    fs::remove(temp, failure);
    fs::copy_file(entry.path(), temp, failure);
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

Result<void, Error> note_of_archive(const config::Settings& settings, const char* action) {
  Desk desk(settings);
  if (auto opened = desk.open(); !opened) return opened;
  return note(desk, action, {}, {});
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
  if (without_files) return note_of_archive(settings, "server.backup");
  auto objects = storage_of(settings);
  if (!objects) return objects.error();
  const auto copied = copy_objects(**objects, fs::path(folder) / kFilesFolder);
  if (!copied) return copied.error();
  std::printf("files\t%zu\n", *copied);
  return note_of_archive(settings, "server.backup");
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
  return note_of_archive(settings, "server.restore");
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
    const auto written = desk.run(
        signal::rest::write_person(archive.sources(), std::move(subject), user->id, net::now(), std::move(sink)));
    return written ? note(desk, "user.export", user->id, {}) : written;
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
    const auto written =
        desk.run(signal::rest::write_room(archive.sources(), std::move(subject), room_id, net::now(), std::move(sink)));
    return written ? note(desk, "room.export", room_id, room_id) : written;
  });
}

}  // namespace parley::app
