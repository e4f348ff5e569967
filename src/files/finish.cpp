// From a complete upload to a file: rules, scan, storage, rows, event.
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/serialize.hpp>

#include "base/log.h"
#include "base/uuid.h"
#include "files/clamav.h"
#include "files/content_type.h"
#include "files/json.h"
#include "files/object_store.h"
#include "files/ranges.h"
#include "files/service_impl.h"
#include "files/text_result.h"
#include "store/database.h"
#include "store/search.h"

namespace parley::files {

namespace {

struct Made {
  store::File file;
  store::RoomEvent event;  // seq 0: of no room
  bool created = false;    // else a version
  bool repeated = false;   // made before
};

Error too_large(std::uint64_t limit) {
  return {"payload_too_large", "files may have at most " + std::to_string(limit) + " bytes", "size"};
}

Result<void, Error> check_quota(store::Session& session, const Config& config, const std::string& user,
                                const std::string& room, std::uint64_t added) {
  if (config.quota_per_user > 0) {
    const auto used = store::bytes_of_user(session, user);
    if (!used) return used.error();
    if (static_cast<std::uint64_t>(*used) + added > config.quota_per_user) {
      return Error{"quota_exceeded",
                   "your files would take more than the " + std::to_string(config.quota_per_user) +
                       " bytes that everybody has here; delete some first",
                   "size"};
    }
  }
  if (config.quota_per_room > 0 && !room.empty()) {
    const auto used = store::bytes_of_room(session, room);
    if (!used) return used.error();
    if (static_cast<std::uint64_t>(*used) + added > config.quota_per_room) {
      return Error{"quota_exceeded",
                   "the room's files would take more than the " + std::to_string(config.quota_per_room) +
                       " bytes that a room has here",
                   "size"};
    }
  }
  return {};
}

Result<void, Error> announce(store::Session& session, Made& made, bool created) {
  const store::File& file = made.file;
  if (file.room_id.empty()) return {};
  const bool image = file.mime.starts_with("image/");
  auto indexed =
      store::index_file_name(session, file.id, file.room_id, file.owner_id, file.name, image, file.created_at);
  if (!indexed) return indexed;
  const boost::json::object body{{"file", to_json(file)}};
  const std::string_view name = created ? "file-created" : "file-updated";
  auto event = store::append_room_event(session, file.room_id, name, boost::json::serialize(body));
  if (!event) return event.error();
  made.event = std::move(*event);
  return {};
}

// Everything that the rows need, decided before.
struct Plan {
  std::string id;
  std::string user_id;
  NewFile what;
  std::string room_id;  // of the file
  std::uint64_t size = 0;
  std::string sha256;
  std::string mime;
  std::int64_t time = 0;
  Config config;
};

store::FileVersion version_of(const Plan& plan, std::string file_id, std::int64_t number) {
  store::FileVersion version;
  version.id = plan.id;
  version.file_id = std::move(file_id);
  version.number = number;
  version.sha256 = plan.sha256;
  version.size = static_cast<std::int64_t>(plan.size);
  version.mime = plan.mime;
  version.uploader_id = plan.user_id;
  version.note = plan.what.note;
  version.created_at = plan.time;
  return version;
}

Result<Made, Error> make_file(store::Session& session, const Plan& plan) {
  Made made;
  made.created = true;
  store::File& file = made.file;
  file.id = plan.id;
  file.owner_id = plan.user_id;
  file.room_id = plan.room_id;
  file.name = plan.what.name;
  file.created_at = plan.time;
  file.updated_at = plan.time;
  const store::FileVersion version = version_of(plan, file.id, 1);
  if (auto inserted = store::insert_file(session, file, version); !inserted) return inserted.error();
  auto stored = store::find_file(session, plan.id);
  if (!stored || !*stored) return Error{"internal", "a file vanished while it was made", ""};
  file = std::move(**stored);
  if (auto announced = announce(session, made, true); !announced) return announced.error();
  return made;
}

Result<Made, Error> make_version(store::Session& session, const Plan& plan) {
  auto file = store::find_file(session, plan.what.file_id);
  if (!file) return file.error();
  if (!*file) return no_file();
  if ((*file)->version >= plan.config.max_versions) {
    return Error{"failed_precondition",
                 "a file keeps at most " + std::to_string(plan.config.max_versions) + " versions", "fileId"};
  }
  const store::FileVersion version = version_of(plan, plan.what.file_id, (*file)->version + 1);
  if (auto inserted = store::insert_file_version(session, version); !inserted) return inserted.error();
  auto stored = store::find_file(session, plan.what.file_id);
  if (!stored || !*stored) return no_file();
  Made made;
  made.file = std::move(**stored);
  if (auto announced = announce(session, made, false); !announced) return announced.error();
  return made;
}

Result<Made, Error> make_rows(store::Session& session, const Plan& plan) {
  // An upload that was finished before: the server stopped between this job and what comes after it.
  const std::string& file_id = plan.what.file_id.empty() ? plan.id : plan.what.file_id;
  auto versions = store::list_file_versions(session, file_id);
  if (!versions) return versions.error();
  for (const store::FileVersion& version : *versions) {
    if (version.id != plan.id) continue;
    auto file = store::find_file(session, file_id);
    if (!file || !*file) return no_file();
    Made made;
    made.file = std::move(**file);
    made.repeated = true;
    return made;
  }
  auto quota = check_quota(session, plan.config, plan.user_id, plan.room_id, plan.size);
  if (!quota) return quota.error();
  if (auto touched = store::touch_object(session, plan.sha256, static_cast<std::int64_t>(plan.size), plan.time);
      !touched) {
    return touched.error();
  }
  return plan.what.file_id.empty() ? make_file(session, plan) : make_version(session, plan);
}

}  // namespace

awaitable<Result<void, Error>> Service::may_upload(auth::Subject subject, NewFile what,
                                                   std::optional<std::uint64_t> length) {
  const auto impl = impl_;
  if (length && *length > impl->config.max_file_size) co_return too_large(impl->config.max_file_size);
  std::string room = what.room_id;
  std::string name = what.name;
  if (!what.file_id.empty()) {
    auto access = co_await impl->allow(subject, auth::Action::kFileVersionAdd, what.file_id);
    if (!access) co_return access.error();
    room = access->file.room_id;
    if (name.empty()) name = access->file.name;
  } else {
    auto allowed =
        co_await impl->allow_in_room(subject, auth::Action::kFileUpload, what.room_id, impl->config.guests_upload);
    if (!allowed) co_return allowed;
  }
  if (auto named = check_extension(impl->config.types, clean_file_name(name)); !named) co_return named;
  auto job = [limits = impl->config, user = subject.user_id, room, added = length.value_or(0)](
                 store::Session& session) { return check_quota(session, limits, user, room, added); };
  co_return co_await impl->parts.database.read(std::move(job));
}

awaitable<Result<store::File, Error>> Service::finish_upload(FinishedUpload upload) {
  const auto impl = impl_;
  auto file = co_await impl->finish(std::move(upload));
  if (!file) ++impl->stats.refused;
  co_return file;
}

awaitable<Result<std::string, Error>> Service::Impl::inspect(const FinishedUpload& upload, const std::string& name) {
  auto look = [path = upload.path, name, types = config.types]() -> Result<std::string, Error> {
    auto mime = detect_type(path);
    if (!mime) return mime;
    if (auto taken = check_type(types, *mime, name); !taken) return taken.error();
    return mime;
  };
  auto mime = co_await parts.pool.run(std::move(look));
  if (!mime || config.clamav_socket.empty()) co_return mime;
  auto scan = [path = upload.path, socket = config.clamav_socket, timeout = config.clamav_timeout] {
    return scan_file(socket, path, timeout);
  };
  const auto verdict = co_await parts.pool.run(std::move(scan));
  if (!verdict) co_return verdict.error();
  if (!verdict->clean()) {
    log::warn("files", "an upload holds a virus", {{"user", upload.subject.user_id}, {"virus", verdict->virus}});
    co_return Error{"failed_precondition", "the file holds a virus (" + verdict->virus + ") and was not taken", "file"};
  }
  co_return mime;
}

// The collection must not take away what is just being stored: it keeps off pinned objects, and this one waits for a
// removal that has begun.
awaitable<Result<void, Error>> Service::Impl::put_object(std::string sha256, std::uint64_t size,
                                                         std::filesystem::path path) {
  const auto self = shared_from_this();
  boost::asio::steady_timer pause(parts.home);
  while (collecting.contains(sha256)) {
    pause.expires_after(std::chrono::milliseconds(5));
    boost::system::error_code ignored;
    co_await pause.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
  }
  auto store = [&objects = parts.objects, sha256, path]() -> Result<void, Error> {
    const auto known = objects.exists(sha256);
    if (!known) return known.error();
    if (*known) return {};
    return objects.put(sha256, path);
  };
  auto touch = [sha256, size, time = now_ms()](store::Session& session) {
    return store::touch_object(session, sha256, static_cast<std::int64_t>(size), time);
  };
  if (auto touched = co_await parts.database.write(std::move(touch)); !touched) co_return touched;
  co_return co_await parts.pool.run(std::move(store));
}

awaitable<Result<store::File, Error>> Service::Impl::finish(FinishedUpload upload) {
  const auto self = shared_from_this();
  if (upload.size > config.max_file_size) co_return too_large(config.max_file_size);
  Plan plan;
  plan.id = upload.id;
  plan.user_id = upload.subject.user_id;
  plan.what = upload.what;
  plan.what.name = clean_file_name(upload.what.name);
  plan.size = upload.size;
  plan.sha256 = upload.sha256;
  plan.config = config;
  if (!upload.what.file_id.empty()) {
    auto access = co_await allow(upload.subject, auth::Action::kFileVersionAdd, upload.what.file_id);
    if (!access) co_return access.error();
    plan.room_id = access->file.room_id;
    if (plan.what.name.empty()) plan.what.name = access->file.name;
  } else {
    plan.room_id = upload.what.room_id;
    auto allowed =
        co_await allow_in_room(upload.subject, auth::Action::kFileUpload, plan.room_id, config.guests_upload);
    if (!allowed) co_return allowed.error();
    if (plan.what.name.empty()) plan.what.name = "file";
  }
  auto mime = co_await inspect(upload, plan.what.name);
  if (!mime) co_return mime.error();
  plan.mime = *mime;
  plan.time = now_ms();

  ++pinned[plan.sha256];
  Result<void, Error> stored = co_await put_object(plan.sha256, upload.size, upload.path);
  std::optional<Result<Made, Error>> made;
  if (stored) {
    auto job = [plan, this](store::Session& session) -> Result<Made, Error> {
      auto rows = make_rows(session, plan);
      if (!rows || rows->repeated) return rows;
      const auto what = rows->created ? &Observer::on_file_created : &Observer::on_file_updated;
      if (const auto kept = tell(what, session, rows->file); !kept) return kept.error();
      return rows;
    };
    made.emplace(co_await parts.database.write(std::move(job)));
  }
  if (--pinned[plan.sha256] == 0) pinned.erase(plan.sha256);
  if (!stored) co_return stored.error();
  if (!*made) co_return made->error();
  Made& result = **made;
  if (result.repeated) co_return result.file;

  if (result.event.seq > 0) publish(result.event);
  ++(result.created ? stats.files_created : stats.versions_created);
  committed();
  if (result.file.previews == store::PreviewState::kPending) schedule_previews(plan.sha256, plan.mime);
  co_return result.file;
}

}  // namespace parley::files
