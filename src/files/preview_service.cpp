// When previews are made, and where they are kept: as objects beside the content, once for each content.
#include <fcntl.h>
#include <unistd.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <filesystem>

#include "base/log.h"
#include "files/object_store.h"
#include "files/posix_file.h"
#include "files/previews.h"
#include "files/service_impl.h"
#include "files/text_result.h"
#include "store/database.h"

namespace parley::files {

namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

constexpr std::size_t kCopyPiece = 1U << 20U;
constexpr std::size_t kMaxPreview = 8U << 20U;

// A file that goes with its scope.
struct TemporaryFile {
  fs::path path;
  explicit TemporaryFile(fs::path p) : path(std::move(p)) {}
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { ::unlink(path.c_str()); }
};

Result<void, Error> write_file(const fs::path& path, std::string_view bytes) {
  const auto file = PosixFile::open(path, O_WRONLY | O_CREAT | O_TRUNC);
  if (!file) return file.error();
  return file->write_at(0, as_bytes(bytes));
}

Result<void, Error> fetch_object(ObjectStore& objects, const std::string& key, const fs::path& to, std::uint64_t most) {
  auto reader = objects.open(key);
  if (!reader) return reader.error();
  if ((*reader)->size() > most) return Error{"unsupported_media_type", "it is too large", ""};
  const auto file = PosixFile::open(to, O_WRONLY | O_CREAT | O_TRUNC);
  if (!file) return file.error();
  std::vector<std::uint8_t> piece(kCopyPiece);
  std::uint64_t offset = 0;
  while (offset < (*reader)->size()) {
    const auto got = (*reader)->read_at(offset, piece);
    if (!got) return got.error();
    if (*got == 0) return Error{"unavailable", "an object is shorter than it was", ""};
    if (auto written = file->write_at(offset, ByteView(piece).first(*got)); !written) return written;
    offset += *got;
  }
  return {};
}

// On the previews' own pool. Error "unsupported_media_type": this content has none, now and later.
Result<void, Error> make_and_store(ObjectStore& objects, const std::string& sha256, const std::string& mime,
                                   const PreviewLimits& limits, const fs::path& dir) {
  if (auto made = make_directories(dir); !made) return made;
  const TemporaryFile copy(dir / (sha256 + ".source"));
  fs::path source = objects.local_path(sha256);
  if (source.empty()) {
    if (auto fetched = fetch_object(objects, sha256, copy.path, limits.max_bytes); !fetched) return fetched;
    source = copy.path;
  }
  auto images = make_previews(source, mime, limits);
  if (!images) return images.error();
  for (const PreviewImage& image : *images) {
    const TemporaryFile file(dir / (sha256 + "." + std::to_string(image.size) + ".webp"));
    if (auto written = write_file(file.path, image.webp); !written) return written;
    if (auto put = objects.put(preview_key(sha256, image.size), file.path); !put) return put;
  }
  return {};
}

Result<std::string, Error> read_object(ObjectStore& objects, const std::string& key, std::size_t most) {
  auto reader = objects.open(key);
  if (!reader) return reader.error();
  std::string out(std::min<std::uint64_t>((*reader)->size(), most), '\0');
  const auto got = (*reader)->read_at(0, {reinterpret_cast<std::uint8_t*>(out.data()), out.size()});
  if (!got) return got.error();
  out.resize(*got);
  return text_result(std::move(out));
}

awaitable<void> run_previews(std::shared_ptr<Service::Impl> impl, std::string sha256, std::string mime) {
  co_await impl->make_object_previews(sha256, mime);
}

}  // namespace

std::string preview_key(std::string_view sha256, int size) {
  return "previews/" + std::string(sha256) + "." + std::to_string(size) + ".webp";
}

void Service::Impl::schedule_previews(const std::string& sha256, const std::string& mime) {
  if (preview_kind(mime) != PreviewKind::kImage || previewing.contains(sha256)) return;
  asio::co_spawn(parts.home, run_previews(shared_from_this(), sha256, mime), asio::detached);
}

awaitable<void> Service::Impl::make_object_previews(std::string sha256, std::string mime) {
  const auto self = shared_from_this();
  if (const auto it = previewing.find(sha256); it != previewing.end()) {
    const auto others = it->second;
    boost::system::error_code ignored;
    co_await others->async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    co_return;
  }
  const auto done = std::make_shared<asio::steady_timer>(parts.home, asio::steady_timer::time_point::max());
  previewing.emplace(sha256, done);
  auto make = [&objects = parts.objects, sha256, mime, limits = config.previews,
               dir = fs::path(config.storage.dir) / "previews"] {
    return make_and_store(objects, sha256, mime, limits, dir);
  };
  const auto made = co_await preview_pool.run(std::move(make));
  // A full queue or a full disk says nothing about the content: it is tried again when somebody asks.
  const bool decided = made || made.error().code == "unsupported_media_type";
  if (decided) {
    const auto state = made ? store::PreviewState::kReady : store::PreviewState::kNone;
    auto note = [sha256, state](store::Session& session) { return store::set_object_previews(session, sha256, state); };
    (void)co_await parts.database.write(std::move(note));
  }
  ++(made ? stats.previews_made : stats.previews_failed);
  if (!made) log::info("files", "no preview", {{"object", sha256}, {"why", made.error().message}});
  previewing.erase(sha256);
  done->cancel();
}

awaitable<Result<Service::Preview, Error>> Service::Impl::preview_of(store::File file, std::int64_t number, int size) {
  const auto self = shared_from_this();
  const Error none{"not_found", "there is no such preview of this file", ""};
  auto job = [id = file.id, number = number == 0 ? file.version : number](
                 store::Session& session) -> Result<std::pair<store::FileVersion, store::PreviewState>, Error> {
    auto version = store::find_file_version(session, id, number);
    if (!version) return version.error();
    if (!*version) return Error{"not_found", "there is no such version", "version"};
    const auto state = store::object_previews(session, (*version)->sha256);
    if (!state) return state.error();
    return std::pair(std::move(**version), *state);
  };
  auto found = co_await parts.database.read(std::move(job));
  if (!found) co_return found.error();
  const store::FileVersion& version = found->first;
  const PreviewKind kind = preview_kind(version.mime);
  Preview out;
  std::string key = version.sha256;
  std::size_t most = config.previews.text_bytes;
  if (kind == PreviewKind::kText && size == 0) {
    out.mime = "text/plain; charset=utf-8";
    out.etag = "\"t-" + version.sha256 + "\"";
  } else if (kind == PreviewKind::kImage &&
             std::find(kPreviewSizes.begin(), kPreviewSizes.end(), size) != kPreviewSizes.end()) {
    if (found->second == store::PreviewState::kNone) co_return none;
    if (found->second == store::PreviewState::kPending) co_await make_object_previews(version.sha256, version.mime);
    out.mime = kPreviewType;
    out.etag = "\"p" + std::to_string(size) + "-" + version.sha256 + "\"";
    key = preview_key(version.sha256, size);
    most = kMaxPreview;
  } else {
    co_return none;
  }
  auto read = [&objects = parts.objects, key, most] { return read_object(objects, key, most); };
  auto bytes = co_await parts.pool.run(std::move(read));
  if (!bytes) co_return bytes.error().code == "not_found" ? none : bytes.error();
  out.bytes = kind == PreviewKind::kText ? text_preview(*bytes) : std::move(*bytes);
  co_return out;
}

}  // namespace parley::files
