// What happens without anybody asking: content that nothing names goes; and what goes with a person or room.
#include "base/iso_time.h"
#include "base/log.h"
#include "files/json.h"
#include "files/object_store.h"
#include "files/service_impl.h"
#include "store/database.h"
#include "store/search.h"

namespace parley::files {

namespace {

constexpr std::int64_t kBatch = 200;
constexpr std::int64_t kExportPage = 500;

Result<void, Error> remove_object(ObjectStore& objects, const std::string& sha256) {
  for (const int size : kPreviewSizes) {
    if (auto gone = objects.remove(preview_key(sha256, size)); !gone) return gone;
  }
  return objects.remove(sha256);
}

using ListFiles = Result<std::vector<store::File>, Error> (*)(store::Session&, std::string_view,
                                                              const std::optional<store::FileCursor>&, std::int64_t);

Result<boost::json::array, Error> export_files(store::Session& session, ListFiles list, const std::string& of) {
  boost::json::array out;
  std::optional<store::FileCursor> before;
  while (true) {
    auto files = list(session, of, before, kExportPage);
    if (!files) return files.error();
    for (const store::File& file : *files) {
      boost::json::object item = to_json(file);
      const auto versions = store::list_file_versions(session, file.id);
      if (!versions) return versions.error();
      item["versions"] = to_json(*versions);
      const auto downloads = store::list_file_downloads(session, file.id, std::nullopt, kExportPage);
      if (!downloads) return downloads.error();
      item["downloads"] = to_json(*downloads);
      out.push_back(std::move(item));
    }
    if (static_cast<std::int64_t>(files->size()) < kExportPage) return out;
    before = store::FileCursor{files->back().created_at, files->back().id};
  }
}

Result<std::int64_t, Error> forget_batch(store::Session& session, const std::string& user) {
  auto files = store::list_loose_files(session, user, kBatch);
  if (!files) return files.error();
  for (const std::string& id : *files) {
    if (auto gone = store::delete_file(session, id); !gone) return gone.error();
  }
  return static_cast<std::int64_t>(files->size());
}

}  // namespace

// The row goes first: an object whose row is there is whole. Should the server stop in between, the object itself stays
// behind until the same content comes again.
awaitable<void> Service::collect() {
  const auto impl = impl_;
  const std::int64_t since = impl->now_ms() - to_millis(impl->config.object_grace);
  auto list = [since](store::Session& session) { return store::list_unused_objects(session, since, kBatch); };
  const auto unused = co_await impl->parts.database.read(std::move(list));
  if (!unused) co_return;
  for (const std::string& sha256 : *unused) {
    if (impl->pinned.contains(sha256) || impl->previewing.contains(sha256)) continue;
    impl->collecting.insert(sha256);
    auto forget = [sha256, since](store::Session& session) {
      return store::delete_unused_object(session, sha256, since);
    };
    const auto forgotten = co_await impl->parts.database.write(std::move(forget));
    if (forgotten && *forgotten) {
      auto remove = [&objects = impl->parts.objects, sha256] { return remove_object(objects, sha256); };
      const auto removed = co_await impl->parts.pool.run(std::move(remove));
      if (removed) {
        ++impl->stats.objects_collected;
      } else {
        log::warn("files", "an object that nothing needs stays",
                  {{"object", sha256}, {"why", removed.error().message}});
      }
    }
    impl->collecting.erase(sha256);
  }
}

awaitable<Result<boost::json::array, Error>> Service::export_of_user(std::string user_id) {
  const auto impl = impl_;
  auto job = [user_id](store::Session& session) { return export_files(session, &store::list_own_files, user_id); };
  co_return co_await impl->parts.database.read(std::move(job));
}

awaitable<Result<boost::json::array, Error>> Service::export_of_room(std::string room_id) {
  const auto impl = impl_;
  auto job = [room_id](store::Session& session) { return export_files(session, &store::list_room_files, room_id); };
  co_return co_await impl->parts.database.read(std::move(job));
}

awaitable<Result<void, Error>> Service::forget_user(std::string user_id) {
  const auto impl = impl_;
  std::int64_t gone = kBatch;
  while (gone == kBatch) {
    auto job = [user_id](store::Session& session) { return forget_batch(session, user_id); };
    const auto batch = co_await impl->parts.database.write(std::move(job));
    if (!batch) co_return batch.error();
    gone = *batch;
  }
  co_return Result<void, Error>();
}

}  // namespace parley::files
