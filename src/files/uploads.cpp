#include "files/uploads.h"

#include <unistd.h>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <filesystem>
#include <unordered_map>

#include "base/log.h"
#include "base/uuid.h"
#include "files/posix_file.h"
#include "files/service_impl.h"
#include "files/upload_writer.h"
#include "store/database.h"

namespace parley::files {

namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

constexpr std::size_t kPiece = 256U << 10U;      // of one write
constexpr std::uint64_t kSyncEvery = 8U << 20U;  // bytes that a power loss may take from a running request at most
constexpr std::size_t kMaxIdle = 1000;           // digests kept between the requests of an upload
constexpr int kTakeOverSteps = 500;              // of 10 ms: how long a writer may take to let go
constexpr std::int64_t kBatch = 100;

Error no_upload() { return {"not_found", "there is no such upload, or it has expired", ""}; }

// An upload that has been written to since the server began.
struct Live {
  Progress progress;
  http::BodyReader* writer = nullptr;  // set while a request writes
  bool busy = false;                   // a request writes, or the upload is being finished
  std::uint64_t used = 0;
};

}  // namespace

struct Uploads::Impl : std::enable_shared_from_this<Uploads::Impl> {
  explicit Impl(Service& s) : service(s), shared(s.impl()), dir(fs::path(s.config().storage.dir) / "uploads") {}

  [[nodiscard]] const Config& config() const { return shared->config; }
  [[nodiscard]] fs::path path_of(const std::string& id) const { return dir / id; }
  [[nodiscard]] std::int64_t expiry() const { return shared->now_ms() + to_millis(config().upload_ttl); }

  awaitable<Result<store::Upload, Error>> find(std::string user, std::string id);
  awaitable<Result<store::Upload, Error>> write(store::Upload upload, AppendRequest request, http::BodyReader& body);
  awaitable<Result<void, Error>> receive(std::shared_ptr<UploadWriter> writer, const store::Upload& upload,
                                         bool save_on_the_way, std::uint64_t room, http::BodyReader& body);
  awaitable<Result<void, Error>> save_offset(std::string id, std::uint64_t offset);
  awaitable<Result<store::Upload, Error>> finish(auth::Subject subject, store::Upload upload);
  awaitable<Result<std::string, Error>> join_parts(const store::Upload& upload);
  awaitable<void> wait_until_free(const std::string& id);
  awaitable<void> remove_file(std::string id);
  Live& live(const std::string& id);

  Service& service;
  std::shared_ptr<Service::Impl> shared;
  fs::path dir;
  std::unordered_map<std::string, std::shared_ptr<Live>> lives;
  std::uint64_t uses = 0;
  Stats stats;
};

namespace {

// Marks the upload as busy for as long as it lives.
class Hold {
 public:
  Hold(std::shared_ptr<Live> live, http::BodyReader* writer, Uploads::Stats& stats)
      : live_(std::move(live)), stats_(stats) {
    live_->busy = true;
    live_->writer = writer;
    ++stats_.writing;
  }
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;
  ~Hold() {
    live_->busy = false;
    live_->writer = nullptr;
    --stats_.writing;
  }

 private:
  std::shared_ptr<Live> live_;
  Uploads::Stats& stats_;
};

// Fills the buffer as far as the body goes. ended: its end came, or an error, which is told apart.
struct Filled {
  std::size_t size = 0;
  bool ended = false;
  std::optional<Error> failure;
};
awaitable<Filled> fill(http::BodyReader& body, ByteSpan buffer) {
  Filled out;
  while (out.size < buffer.size()) {
    const ByteSpan rest = buffer.subspan(out.size);
    const auto got = co_await body.read(rest);
    if (!got) out.failure = got.error();
    out.ended = !got || *got == 0;
    if (out.ended) break;
    out.size += *got;
  }
  co_return out;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    if (end > begin) out.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

std::string joined(const std::vector<std::string>& ids) {
  std::string out;
  for (const std::string& id : ids) out += (out.empty() ? "" : " ") + id;
  return out;
}

// The whole length of a final upload; its parts must be complete, partial and the same person's.
Result<std::int64_t, Error> length_of_parts(store::Session& session, const std::string& user,
                                            const std::vector<std::string>& ids) {
  std::int64_t total = 0;
  for (const std::string& id : ids) {
    const auto part = store::find_upload(session, id);
    if (!part) return part.error();
    const bool fits = *part && (*part)->owner_id == user && (*part)->kind == store::UploadKind::kPartial;
    if (!fits) return Error{"invalid_argument", "there is no partial upload " + id + " of yours", "Upload-Concat"};
    if (!(*part)->length || *(*part)->length != (*part)->offset) {
      return Error{"invalid_argument", "the partial upload " + id + " is not complete", "Upload-Concat"};
    }
    total += (*part)->offset;
  }
  return total;
}

bool complete(const store::Upload& upload) { return upload.length && *upload.length == upload.offset; }

bool final_word(const Error& error) {
  static constexpr std::string_view kPassing[] = {"unavailable", "internal", "insufficient_storage",
                                                  "resource_exhausted", "aborted"};
  return std::find(std::begin(kPassing), std::end(kPassing), error.code) == std::end(kPassing);
}

}  // namespace

Live& Uploads::Impl::live(const std::string& id) {
  auto& entry = lives[id];
  if (!entry) entry = std::make_shared<Live>();
  entry->used = ++uses;
  if (lives.size() > kMaxIdle) {
    auto oldest = lives.end();
    for (auto it = lives.begin(); it != lives.end(); ++it) {
      if (!it->second->busy && it->first != id && (oldest == lives.end() || it->second->used < oldest->second->used)) {
        oldest = it;
      }
    }
    if (oldest != lives.end()) lives.erase(oldest);
  }
  return *lives[id];
}

awaitable<Result<store::Upload, Error>> Uploads::Impl::find(std::string user, std::string id) {
  if (!is_uuid(id)) co_return no_upload();
  const auto self = shared_from_this();
  auto job = [id](store::Session& session) { return store::find_upload(session, id); };
  auto found = co_await shared->parts.database.read(std::move(job));
  if (!found) co_return found.error();
  const bool fits = *found && (*found)->owner_id == user && (*found)->expires_at > shared->now_ms();
  if (!fits) co_return no_upload();
  co_return std::move(**found);
}

awaitable<Result<void, Error>> Uploads::Impl::save_offset(std::string id, std::uint64_t offset) {
  auto job = [id, offset, until = expiry()](store::Session& session) {
    return store::set_upload_offset(session, id, static_cast<std::int64_t>(offset), until);
  };
  co_return co_await shared->parts.database.write(std::move(job));
}

awaitable<void> Uploads::Impl::remove_file(std::string id) {
  auto job = [path = path_of(id)]() -> Result<void, Error> {
    ::unlink(path.c_str());
    return {};
  };
  (void)co_await shared->parts.pool.run(std::move(job));
  lives.erase(id);
}

awaitable<void> Uploads::Impl::wait_until_free(const std::string& id) {
  asio::steady_timer pause(shared->parts.home);
  for (int i = 0; i < kTakeOverSteps; ++i) {
    const auto it = lives.find(id);
    if (it == lives.end() || !it->second->busy) co_return;
    if (it->second->writer != nullptr) it->second->writer->abort();
    pause.expires_after(std::chrono::milliseconds(10));
    boost::system::error_code ignored;
    co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
}

// Takes the body in until its end. What was written stays in the file whatever the answer.
awaitable<Result<void, Error>> Uploads::Impl::receive(std::shared_ptr<UploadWriter> writer, const store::Upload& upload,
                                                      bool save_on_the_way, std::uint64_t room,
                                                      http::BodyReader& body) {
  auto& pool = shared->parts.pool;
  writer->buffer().resize(kPiece);
  while (true) {
    // One byte more than there is room for tells that the body is too long.
    const std::size_t most = std::min<std::uint64_t>(kPiece, room + 1);
    const ByteSpan buffer(writer->buffer().data(), most);
    const Filled filled = co_await fill(body, buffer);
    const std::size_t kept = std::min<std::uint64_t>(filled.size, room);
    room -= kept;
    stats.bytes_in += kept;
    const bool sync = writer->offset() + kept - writer->durable() >= kSyncEvery;
    auto store = [writer, kept, sync]() -> Result<void, Error> {
      if (auto written = writer->write(kept); !written) return written;
      return sync ? writer->sync() : Result<void, Error>();
    };
    if (kept > 0) {
      const auto stored = co_await pool.run(std::move(store));
      if (!stored) co_return stored.error();
      if (sync && save_on_the_way) {
        const auto saved = co_await save_offset(upload.id, writer->durable());
        if (!saved) co_return saved.error();
      }
    }
    if (filled.size > kept) co_return Error{"payload_too_large", "this is more than the upload's length", ""};
    if (filled.failure) co_return *filled.failure;
    if (filled.ended) co_return Result<void, Error>();
  }
}

awaitable<Result<store::Upload, Error>> Uploads::Impl::write(store::Upload upload, AppendRequest request,
                                                             http::BodyReader& body) {
  auto& pool = shared->parts.pool;
  const auto offset = static_cast<std::uint64_t>(upload.offset);
  const std::uint64_t limit = upload.length ? static_cast<std::uint64_t>(*upload.length) : config().max_file_size;
  const std::uint64_t room = limit > offset ? limit - offset : 0;
  if (body.length().value_or(0) > room) {
    co_return Error{"payload_too_large", "this is more than the upload's length or than files may have", ""};
  }
  Live& state = live(upload.id);
  const auto writer = std::make_shared<UploadWriter>(std::move(state.progress));
  state.progress = Progress{};
  std::optional<ChecksumKind> kind;
  if (request.checksum) kind = request.checksum->kind;
  auto open = [writer, path = path_of(upload.id), offset, kind] { return writer->open(path, offset, kind); };
  const auto opened = co_await pool.run(std::move(open));
  if (!opened) co_return opened.error();

  Result<void, Error> outcome = co_await receive(writer, upload, !kind, room, body);
  if (!outcome && outcome.error().code == "canceled") ++stats.broken_off;
  // With a checksum it is all or nothing: bytes that nobody vouches for are not kept.
  bool undo = kind && !outcome;
  if (kind && outcome && !writer->checksum_matches(*request.checksum)) {
    outcome = Error{"checksum_mismatch", "the bytes are not those that the checksum was made of; send them again", ""};
    undo = true;
  }
  auto settle = [writer, undo] { return undo ? writer->undo() : writer->sync(); };
  const auto settled = co_await pool.run(std::move(settle));
  if (settled) {
    const auto saved = co_await save_offset(upload.id, writer->durable());
    if (!saved) co_return saved.error();
    upload.offset = static_cast<std::int64_t>(writer->durable());
    upload.expires_at = expiry();
    live(upload.id).progress = writer->take_progress();
  }
  if (!outcome) co_return outcome.error();
  if (!settled) co_return settled.error();
  co_return upload;
}

awaitable<Result<std::string, Error>> Uploads::Impl::join_parts(const store::Upload& upload) {
  std::vector<fs::path> paths;
  for (const std::string& id : split(upload.parts)) paths.push_back(path_of(id));
  auto join = [paths, to = path_of(upload.id)] { return concatenate(paths, to); };
  co_return co_await shared->parts.pool.run(std::move(join));
}

awaitable<Result<store::Upload, Error>> Uploads::Impl::finish(auth::Subject subject, store::Upload upload) {
  FinishedUpload finished;
  finished.id = upload.id;
  finished.subject = std::move(subject);
  finished.what = {upload.name, upload.room_id, upload.file_id, upload.note};
  finished.path = path_of(upload.id);
  finished.size = static_cast<std::uint64_t>(*upload.length);
  std::optional<Result<std::string, Error>> sha256;
  if (upload.kind == store::UploadKind::kFinal) {
    sha256.emplace(co_await join_parts(upload));
  } else {
    const auto progress = std::make_shared<Progress>(std::move(live(upload.id).progress));
    live(upload.id).progress = Progress{};
    auto digest = [progress, path = finished.path, size = finished.size] {
      return finish_digest(std::move(*progress), path, size);
    };
    sha256.emplace(co_await shared->parts.pool.run(std::move(digest)));
  }
  if (!*sha256) co_return sha256->error();
  finished.sha256 = **sha256;

  auto file = co_await service.finish_upload(std::move(finished));
  if (!file && !final_word(file.error())) co_return file.error();
  const std::string file_id = file ? file->id : std::string();
  const std::string refusal = file ? std::string() : file.error().code + " " + file.error().message;
  auto note = [id = upload.id, file_id, refusal,
               parts = split(upload.parts)](store::Session& session) -> Result<void, Error> {
    for (const std::string& part : parts) {
      if (auto gone = store::delete_upload(session, part); !gone) return gone;
    }
    return refusal.empty() ? store::set_upload_done(session, id, file_id)
                           : store::set_upload_refused(session, id, refusal);
  };
  const auto noted = co_await shared->parts.database.write(std::move(note));
  if (!noted) co_return noted.error();
  for (const std::string& part : split(upload.parts)) co_await remove_file(part);
  co_await remove_file(upload.id);
  if (!file) co_return file.error();
  ++stats.finished;
  upload.done = true;
  upload.file_id = file_id;
  upload.offset = *upload.length;
  co_return upload;
}

Uploads::Uploads(Service& service) : impl_(std::make_shared<Impl>(service)) {}
Uploads::~Uploads() = default;
Uploads::Stats Uploads::stats() const { return impl_->stats; }

Result<void, Error> Uploads::start() {
  const auto made = make_directories(impl_->dir);
  if (!made || ::access(impl_->dir.c_str(), W_OK) != 0) {
    return Error{"invalid_argument", "cannot write to " + impl_->dir.string(), "files.dir"};
  }
  return {};
}

awaitable<Result<store::Upload, Error>> Uploads::create(auth::Subject subject, NewUpload wanted) {
  const auto impl = impl_;
  auto& database = impl->shared->parts.database;
  if (wanted.kind == store::UploadKind::kFinal) {
    auto add = [user = subject.user_id, parts = wanted.parts](store::Session& session) {
      return length_of_parts(session, user, parts);
    };
    const auto total = co_await database.read(std::move(add));
    if (!total) co_return total.error();
    wanted.length = static_cast<std::uint64_t>(*total);
  }
  auto allowed = co_await impl->service.may_upload(subject, wanted.what, wanted.length);
  if (!allowed) co_return allowed.error();

  store::Upload upload;
  upload.id = impl->shared->new_id();
  upload.owner_id = subject.user_id;
  upload.room_id = wanted.what.room_id;
  upload.file_id = wanted.what.file_id;
  upload.kind = wanted.kind;
  upload.name = wanted.what.name;
  upload.declared_type = wanted.declared_type;
  upload.note = wanted.what.note;
  upload.metadata = wanted.metadata;
  upload.parts = joined(wanted.parts);
  if (wanted.length) upload.length = static_cast<std::int64_t>(*wanted.length);
  upload.created_at = impl->shared->now_ms();
  upload.expires_at = impl->expiry();
  if (wanted.kind == store::UploadKind::kFinal) upload.offset = *upload.length;
  auto job = [upload, most = impl->config().max_uploads_per_user,
              quota = impl->config().quota_per_user](store::Session& session) -> Result<void, Error> {
    const auto pending = store::pending_uploads(session, upload.owner_id);
    if (!pending) return pending.error();
    const auto used = store::bytes_of_user(session, upload.owner_id);
    if (!used) return used.error();
    // A final upload's bytes are there already, as its parts.
    const std::int64_t added = upload.kind == store::UploadKind::kFinal ? 0 : upload.length.value_or(0);
    if (quota > 0 && static_cast<std::uint64_t>(*used + pending->bytes + added) > quota) {
      return Error{"quota_exceeded", "your files and uploads under way would take more than everybody has here",
                   "size"};
    }
    if (pending->count >= most) {
      return Error{"resource_exhausted", "you have " + std::to_string(most) + " uploads under way; finish some first",
                   "", 60};
    }
    return store::insert_upload(session, upload);
  };
  const auto inserted = co_await database.write(std::move(job));
  if (!inserted) co_return inserted.error();
  ++impl->stats.created;
  const bool whole = complete(upload) && upload.kind != store::UploadKind::kPartial;
  const std::shared_ptr<Live> state = (impl->live(upload.id), impl->lives[upload.id]);
  const Hold hold(state, nullptr, impl->stats);
  // A file of no bytes must be there, too, before it can be taken.
  const auto writer = std::make_shared<UploadWriter>(Progress{});
  auto touch = [writer, path = impl->path_of(upload.id), dir = impl->dir]() -> Result<void, Error> {
    if (auto opened = writer->open(path, 0, std::nullopt); !opened) return opened;
    return sync_directory(dir);
  };
  const auto touched = co_await impl->shared->parts.pool.run(std::move(touch));
  if (!touched) co_return touched.error();
  if (!whole) co_return upload;
  co_return co_await impl->finish(subject, upload);
}

awaitable<Result<store::Upload, Error>> Uploads::get(auth::Subject subject, std::string id) {
  const auto impl = impl_;
  co_return co_await impl->find(subject.user_id, id);
}

awaitable<Result<store::Upload, Error>> Uploads::resume(auth::Subject subject, std::string id) {
  const auto impl = impl_;
  auto known = co_await impl->find(subject.user_id, id);
  if (!known) co_return known;
  co_await impl->wait_until_free(id);
  const std::shared_ptr<Live> state = (impl->live(id), impl->lives[id]);
  if (state->busy) co_return Error{"locked", "another request is writing to this upload", ""};
  auto upload = co_await impl->find(subject.user_id, id);
  if (!upload) co_return upload;
  if (!upload->refusal.empty()) {
    const std::size_t space = upload->refusal.find(' ');
    co_return Error{"gone", upload->refusal.substr(space + 1), ""};
  }
  const bool unfinished = complete(*upload) && !upload->done && upload->kind != store::UploadKind::kPartial;
  if (!unfinished || state->busy) co_return upload;
  const Hold hold(state, nullptr, impl->stats);
  co_return co_await impl->finish(subject, *upload);
}

awaitable<Result<store::Upload, Error>> Uploads::append(auth::Subject subject, std::string id, AppendRequest request,
                                                        http::BodyReader& body) {
  const auto impl = impl_;
  if (!is_uuid(id)) co_return no_upload();
  const std::shared_ptr<Live> state = (impl->live(id), impl->lives[id]);
  if (state->busy) co_return Error{"locked", "another request is writing to this upload", ""};
  const Hold hold(state, &body, impl->stats);
  auto upload = co_await impl->find(subject.user_id, id);
  if (!upload) {
    impl->lives.erase(id);
    co_return upload;
  }
  if (upload->kind == store::UploadKind::kFinal) {
    co_return Error{"permission_denied", "a final upload takes no bytes of its own", ""};
  }
  if (!upload->refusal.empty()) co_return Error{"gone", "this upload was refused; begin it anew", ""};
  if (request.offset != static_cast<std::uint64_t>(upload->offset)) {
    co_return Error{"aborted", "the upload stands at " + std::to_string(upload->offset), "Upload-Offset"};
  }
  if (request.length) {
    const auto length = static_cast<std::int64_t>(*request.length);
    const bool other = upload->length && *upload->length != length;
    if (other || length < upload->offset) {
      co_return Error{"invalid_argument", "the upload has another length", "Upload-Length"};
    }
    NewFile what{upload->name, upload->room_id, upload->file_id, upload->note};
    auto allowed = co_await impl->service.may_upload(subject, what, request.length);
    if (!allowed) co_return allowed.error();
    auto job = [id, length](store::Session& session) { return store::set_upload_length(session, id, length); };
    const auto set = co_await impl->shared->parts.database.write(std::move(job));
    if (!set) co_return set.error();
    upload->length = length;
  }
  if (upload->done) co_return upload;
  auto written = co_await impl->write(*upload, request, body);
  if (!written) co_return written;
  if (!complete(*written) || written->kind == store::UploadKind::kPartial) co_return written;
  // From here on nobody may break it off.
  state->writer = nullptr;
  co_return co_await impl->finish(subject, *written);
}

awaitable<Result<void, Error>> Uploads::terminate(auth::Subject subject, std::string id) {
  const auto impl = impl_;
  auto upload = co_await impl->find(subject.user_id, id);
  if (!upload) co_return upload.error();
  co_await impl->wait_until_free(id);
  const auto it = impl->lives.find(id);
  if (it != impl->lives.end() && it->second->busy) {
    co_return Error{"locked", "another request is writing to this upload", ""};
  }
  auto job = [id](store::Session& session) { return store::delete_upload(session, id); };
  const auto gone = co_await impl->shared->parts.database.write(std::move(job));
  if (!gone) co_return gone.error();
  co_await impl->remove_file(id);
  co_return Result<void, Error>();
}

awaitable<void> Uploads::sweep() {
  const auto impl = impl_;
  auto& database = impl->shared->parts.database;
  auto list = [](store::Session& session) { return store::list_unfinished_uploads(session, kBatch); };
  const auto unfinished = co_await database.read(std::move(list));
  if (unfinished) {
    for (const store::Upload& upload : *unfinished) {
      const std::shared_ptr<Live> state = (impl->live(upload.id), impl->lives[upload.id]);
      if (state->busy) continue;
      const Hold hold(state, nullptr, impl->stats);
      auth::Subject owner;
      owner.user_id = upload.owner_id;
      const auto finished = co_await impl->finish(owner, upload);
      if (!finished) {
        log::warn("files", "an upload could not be finished",
                  {{"upload", upload.id}, {"why", finished.error().message}});
      }
    }
  }
  auto old = [time = impl->shared->now_ms()](store::Session& session) {
    return store::list_expired_uploads(session, time, kBatch);
  };
  const auto expired = co_await database.read(std::move(old));
  if (!expired) co_return;
  for (const store::Upload& upload : *expired) {
    const auto it = impl->lives.find(upload.id);
    if (it != impl->lives.end() && it->second->busy) continue;
    auto job = [id = upload.id](store::Session& session) { return store::delete_upload(session, id); };
    const auto gone = co_await database.write(std::move(job));
    if (!gone) continue;
    co_await impl->remove_file(upload.id);
    if (!upload.done) ++impl->stats.expired;
  }
}

}  // namespace parley::files
