#include "files/service.h"

#include <boost/json/serialize.hpp>

#include "base/uuid.h"
#include "files/content_type.h"
#include "files/digest.h"
#include "files/download.h"
#include "files/json.h"
#include "files/ranges.h"
#include "files/service_impl.h"
#include "store/database.h"
#include "store/search.h"

namespace parley::files {

namespace {

constexpr std::int64_t kMaxPage = 200;

std::int64_t page_size(std::int64_t wanted) { return std::clamp<std::int64_t>(wanted, 1, kMaxPage); }

// One more than asked for was read, to know whether there are more.
template <class T, class Cursor>
std::string cut_page(std::vector<T>& items, std::int64_t limit, Cursor cursor) {
  if (static_cast<std::int64_t>(items.size()) <= limit) return {};
  items.resize(static_cast<std::size_t>(limit));
  return cursor(items.back());
}

Page page_of(std::vector<store::File> items, std::int64_t limit) {
  Page page;
  page.items = std::move(items);
  page.next_cursor = cut_page(page.items, limit, [](const store::File& file) { return write_cursor(file); });
  return page;
}

struct Changed {
  store::File file;
  store::RoomEvent event;
};

Result<Changed, Error> with_event(store::Session& session, store::File file, std::string_view name) {
  Changed out;
  if (!file.room_id.empty()) {
    const boost::json::object body{{"file", to_json(file)}};
    auto event = store::append_room_event(session, file.room_id, name, boost::json::serialize(body));
    if (!event) return event.error();
    out.event = std::move(*event);
  }
  out.file = std::move(file);
  return out;
}

Result<Changed, Error> rename_job(store::Session& session, const std::string& id, const std::string& name,
                                  std::int64_t time) {
  if (auto renamed = store::rename_file(session, id, name, time); !renamed) return renamed.error();
  auto file = store::find_file(session, id);
  if (!file) return file.error();
  if (!*file) return no_file();
  const store::File& f = **file;
  if (!f.room_id.empty()) {
    auto indexed = store::index_file_name(session, f.id, f.room_id, f.owner_id, f.name, f.mime.starts_with("image/"),
                                          f.created_at);
    if (!indexed) return indexed.error();
  }
  return with_event(session, std::move(**file), "file-updated");
}

Result<Changed, Error> remove_job(store::Session& session, const std::string& id) {
  auto file = store::find_file(session, id);
  if (!file) return file.error();
  if (!*file) return no_file();
  if (auto gone = store::unindex_document(session, "file", id); !gone) return gone.error();
  if (auto gone = store::delete_file(session, id); !gone) return gone.error();
  Changed out;
  out.file = std::move(**file);
  if (!out.file.room_id.empty()) {
    const boost::json::object body{{"fileId", out.file.id}};
    auto event = store::append_room_event(session, out.file.room_id, "file-deleted", boost::json::serialize(body));
    if (!event) return event.error();
    out.event = std::move(*event);
  }
  return out;
}

Result<Changed, Error> restore_job(store::Session& session, const std::string& file_id, std::int64_t number,
                                   const std::string& new_id, const std::string& user, std::int64_t time,
                                   std::int64_t most) {
  auto file = store::find_file(session, file_id);
  if (!file) return file.error();
  auto old = store::find_file_version(session, file_id, number);
  if (!old) return old.error();
  if (!*file || !*old) return Error{"not_found", "there is no such version", "version"};
  if ((*file)->version >= most) {
    return Error{"failed_precondition", "a file keeps at most " + std::to_string(most) + " versions", "version"};
  }
  store::FileVersion version = std::move(**old);
  version.id = new_id;
  version.restored_from = number;
  version.number = (*file)->version + 1;
  version.uploader_id = user;
  version.note.clear();
  version.created_at = time;
  if (auto touched = store::touch_object(session, version.sha256, version.size, time); !touched) return touched.error();
  if (auto inserted = store::insert_file_version(session, version); !inserted) return inserted.error();
  auto stored = store::find_file(session, file_id);
  if (!stored || !*stored) return no_file();
  return with_event(session, std::move(**stored), "file-updated");
}

}  // namespace

Service::Impl::Impl(Config c, Parts p)
    : config(std::move(c)),
      parts(std::move(p)),
      preview_pool({.name = "previews", .threads = config.previews.at_once, .max_queue = config.previews.waiting},
                   parts.home) {
  if (config.url_key.empty()) {
    // Signed URLs then last until the next start.
    config.url_key = parts.random.token(32);
  }
}

void Service::Impl::publish(const store::RoomEvent& event) {
  if (event.seq == 0) return;
  parts.hub.publish_to_room(now(), hub::make_event({event.name, event.data, event.room_id, event.seq}));
}

Service::Service(Config config, Parts parts) : impl_(std::make_shared<Impl>(std::move(config), std::move(parts))) {}
Service::~Service() {
  impl_->closed = true;
  impl_->observers.clear();
  impl_->cut_downloads([](const Download&) { return true; });
}

void Service::add_observer(Observer& observer) { impl_->observers.push_back(&observer); }
Service::Stats Service::stats() const {
  Stats out = impl_->stats;
  out.downloads_open = impl_->downloads.size();
  return out;
}
const Config& Service::config() const { return impl_->config; }

awaitable<Result<FileView, Error>> Service::get(auth::Subject subject, std::string file_id) {
  const auto impl = impl_;
  auto access = co_await impl->allow(subject, auth::Action::kFileRead, std::move(file_id));
  if (!access) co_return access.error();
  FileView view;
  view.can_edit = Impl::check(subject, auth::Action::kFileVersionAdd, *access).has_value();
  view.can_delete = Impl::check(subject, auth::Action::kFileDelete, *access).has_value();
  view.can_grant = Impl::check(subject, auth::Action::kFileGrant, *access).has_value();
  view.file = std::move(access->file);
  co_return view;
}

awaitable<Result<Page, Error>> Service::list_room(auth::Subject subject, std::string room_id, std::string cursor,
                                                  std::int64_t limit) {
  const auto impl = impl_;
  auto before = read_cursor(cursor);
  if (!before) co_return before.error();
  auto allowed = co_await impl->allow_in_room(subject, auth::Action::kFileRead, room_id);
  if (!allowed) co_return allowed.error();
  limit = page_size(limit);
  auto job = [room_id, from = *before, limit](store::Session& session) {
    return store::list_room_files(session, room_id, from, limit + 1);
  };
  auto items = co_await impl->parts.database.read(std::move(job));
  if (!items) co_return items.error();
  co_return page_of(std::move(*items), limit);
}

awaitable<Result<Page, Error>> Service::list_mine(auth::Subject subject, std::string cursor, std::int64_t limit) {
  const auto impl = impl_;
  auto before = read_cursor(cursor);
  if (!before) co_return before.error();
  limit = page_size(limit);
  auto job = [user = subject.user_id, from = *before, limit](store::Session& session) {
    return store::list_own_files(session, user, from, limit + 1);
  };
  auto items = co_await impl->parts.database.read(std::move(job));
  if (!items) co_return items.error();
  co_return page_of(std::move(*items), limit);
}

awaitable<Result<Page, Error>> Service::list_shared_with_me(auth::Subject subject) {
  const auto impl = impl_;
  auto job = [user = subject.user_id, time = impl->now_ms()](store::Session& session) {
    return store::list_granted_files(session, user, time, kMaxPage);
  };
  auto items = co_await impl->parts.database.read(std::move(job));
  if (!items) co_return items.error();
  Page page;
  page.items = std::move(*items);
  co_return page;
}

awaitable<Result<store::File, Error>> Service::rename(auth::Subject subject, std::string file_id, std::string name) {
  const auto impl = impl_;
  name = clean_file_name(name);
  if (name.empty()) co_return Error{"invalid_argument", "a file needs a name", "name"};
  if (auto taken = check_extension(impl->config.types, name); !taken) {
    co_return Error{"invalid_argument", taken.error().message, "name"};
  }
  auto access = co_await impl->allow(subject, auth::Action::kFileVersionAdd, file_id);
  if (!access) co_return access.error();
  auto job = [within = impl.get(), file_id, name,
              time = impl->now_ms()](store::Session& session) -> Result<Changed, Error> {
    auto done = rename_job(session, file_id, name, time);
    if (!done) return done;
    if (const auto kept = within->tell(&Observer::on_file_updated, session, done->file); !kept) return kept.error();
    return done;
  };
  auto changed = co_await impl->parts.database.write(std::move(job));
  if (!changed) co_return changed.error();
  impl->publish(changed->event);
  impl->committed();
  co_return changed->file;
}

awaitable<Result<void, Error>> Service::remove(auth::Subject subject, std::string file_id) {
  const auto impl = impl_;
  auto access = co_await impl->allow(subject, auth::Action::kFileDelete, file_id);
  if (!access) co_return access.error();
  auto job = [within = impl.get(), file_id, by = subject.user_id](store::Session& session) -> Result<Changed, Error> {
    auto done = remove_job(session, file_id);
    if (!done) return done;
    const auto kept = within->tell(&Observer::on_file_deleted, session, done->file, std::string_view(by));
    if (!kept) return kept.error();
    return done;
  };
  auto entry = impl->act(subject, "file.delete", access->file, {{"ownerId", access->file.owner_id}});
  // One's own file is one's own to delete.
  const auto moderated = [own = access->object.own](const auto& /*done*/) { return !own; };
  auto audited = store::audited(std::move(entry), std::move(job), moderated);
  auto changed = co_await impl->parts.database.write(std::move(audited));
  if (!changed) co_return changed.error();
  impl->publish(changed->event);
  impl->cut_downloads([&](const Download& download) { return download.file_id() == file_id; });
  impl->committed();
  co_return Result<void, Error>();
}

awaitable<Result<std::vector<store::FileVersion>, Error>> Service::versions(auth::Subject subject,
                                                                            std::string file_id) {
  const auto impl = impl_;
  auto access = co_await impl->allow(subject, auth::Action::kFileRead, file_id);
  if (!access) co_return access.error();
  auto job = [file_id](store::Session& session) { return store::list_file_versions(session, file_id); };
  co_return co_await impl->parts.database.read(std::move(job));
}

awaitable<Result<store::File, Error>> Service::restore(auth::Subject subject, std::string file_id,
                                                       std::int64_t number) {
  const auto impl = impl_;
  auto access = co_await impl->allow(subject, auth::Action::kFileVersionAdd, file_id);
  if (!access) co_return access.error();
  auto job = [within = impl.get(), file_id, number, id = impl->new_id(), user = subject.user_id, time = impl->now_ms(),
              most = impl->config.max_versions](store::Session& session) -> Result<Changed, Error> {
    auto done = restore_job(session, file_id, number, id, user, time, most);
    if (!done) return done;
    if (const auto kept = within->tell(&Observer::on_file_updated, session, done->file); !kept) return kept.error();
    return done;
  };
  auto changed = co_await impl->parts.database.write(std::move(job));
  if (!changed) co_return changed.error();
  ++impl->stats.versions_created;
  impl->publish(changed->event);
  impl->committed();
  co_return changed->file;
}

awaitable<Result<DownloadPage, Error>> Service::downloads(auth::Subject subject, std::string file_id,
                                                          std::string cursor, std::int64_t limit) {
  const auto impl = impl_;
  auto before = read_cursor(cursor);
  if (!before) co_return before.error();
  auto access = co_await impl->allow(subject, auth::Action::kFileTracking, file_id);
  if (!access) co_return access.error();
  limit = page_size(limit);
  auto job = [file_id, from = *before, limit](store::Session& session) {
    return store::list_file_downloads(session, file_id, from, limit + 1);
  };
  auto items = co_await impl->parts.database.read(std::move(job));
  if (!items) co_return items.error();
  DownloadPage page;
  page.items = std::move(*items);
  page.next_cursor = cut_page(page.items, limit, [](const store::FileDownload& download) {
    return write_cursor(download.started_at, download.id);
  });
  co_return page;
}

}  // namespace parley::files
