#include "files/download.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "files/object_store.h"
#include "files/service_impl.h"
#include "store/database.h"

namespace parley::files {

namespace {

namespace asio = boost::asio;

// A download that goes on within this time is the same one.
constexpr std::int64_t kSameDownloadMs = 24 * 3600 * 1000LL;

store::FileDownload row_of(const Content& content, std::string id, std::int64_t time) {
  store::FileDownload row;
  row.id = std::move(id);
  row.file_id = content.file.id;
  row.version = content.version.number;
  row.user_id = content.user_id;
  row.grant_id = content.grant_id;
  row.started_at = time;
  return row;
}

// Part of a content that somebody began before: noted only if there is no such beginning.
Result<void, Error> note_start(store::Session& session, const store::FileDownload& row, bool from_start) {
  if (!from_start) {
    const auto known = store::has_file_download(session, row, row.started_at - kSameDownloadMs);
    if (!known) return known.error();
    if (*known) return {};
  }
  return store::insert_file_download(session, row);
}

awaitable<void> write_start(std::shared_ptr<Service::Impl> impl, store::FileDownload row, bool from_start) {
  auto job = [row, from_start](store::Session& session) { return note_start(session, row, from_start); };
  (void)co_await impl->parts.database.write(std::move(job));
}

awaitable<void> write_end(std::shared_ptr<Service::Impl> impl, std::string id, std::int64_t bytes, bool complete,
                          std::int64_t time) {
  auto job = [id, bytes, complete, time](store::Session& session) {
    return store::end_file_download(session, id, bytes, complete, time);
  };
  (void)co_await impl->parts.database.write(std::move(job));
}

}  // namespace

Download::Download(std::shared_ptr<Service::Impl> impl, Content content, ByteRange range)
    : impl_(std::move(impl)),
      content_(std::move(content)),
      offset_(range.first),
      length_(range.length()),
      piece_(std::make_shared<Piece>()) {
  piece_->reader = content_.reader;
  impl_->downloads.insert(this);
}

Download::~Download() {
  impl_->downloads.erase(this);
  impl_->stats.bytes_out += sent_;
  if (row_id_.empty() || impl_->closed) return;
  asio::co_spawn(impl_->parts.home,
                 write_end(impl_, row_id_, static_cast<std::int64_t>(sent_), sent_ == length_, impl_->now_ms()),
                 asio::detached);
}

void Download::sending(std::function<void()> break_off) {
  break_off_ = std::move(break_off);
  started_at_ = impl_->now_ms();
  row_id_ = impl_->new_id();
  ++impl_->stats.downloads_started;
  asio::co_spawn(impl_->parts.home, write_start(impl_, row_of(content_, row_id_, started_at_), offset_ == 0),
                 asio::detached);
}

void Download::cut() {
  if (cut_) return;
  cut_ = true;
  ++impl_->stats.downloads_cut;
  // What it calls may destroy this.
  const auto break_off = break_off_;
  if (break_off) break_off();
}

awaitable<Result<std::size_t, Error>> Download::read(ByteSpan out) {
  if (cut_) co_return Error{"permission_denied", "the file is no longer for this reader", ""};
  const auto piece = piece_;
  piece->bytes.resize(std::min<std::uint64_t>(out.size(), length_ - sent_));
  auto job = [piece, at = offset_ + sent_] { return piece->reader->read_at(at, piece->bytes); };
  auto got = co_await impl_->parts.pool.run(std::move(job));
  if (cut_) co_return Error{"permission_denied", "the file is no longer for this reader", ""};
  if (!got) co_return got;
  std::copy_n(piece->bytes.data(), *got, out.data());
  sent_ += *got;
  co_return got;
}

void Service::Impl::cut_downloads(const std::function<bool(const Download&)>& concerned) {
  const std::vector<Download*> all(downloads.begin(), downloads.end());
  for (Download* download : all) {
    if (downloads.contains(download) && concerned(*download)) download->cut();
  }
}

void Service::on_member_removed(std::string_view room_id, std::string_view user_id) {
  impl_->cut_downloads(
      [&](const Download& download) { return download.room_id() == room_id && download.user_id() == user_id; });
}

void Service::on_room_deleted(std::string_view room_id) {
  impl_->cut_downloads([&](const Download& download) { return download.room_id() == room_id; });
}

http::Response content_answer(const Service& service, const http::Request& request, Content content, bool attachment,
                              bool shared_cache) {
  http::Response response;
  const std::string etag = "\"" + content.version.sha256 + "\"";
  const std::uint64_t size = content.reader->size();
  const SafeType type = safe_type(content.version.mime);
  response.set("ETag", etag);
  response.set("Accept-Ranges", "bytes");
  // A reader's right may end; what a browser keeps is asked for again each time (and answered by 304).
  response.set("Cache-Control", shared_cache ? "public, max-age=300" : "private, no-cache");
  response.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  response.set("Cross-Origin-Resource-Policy", "cross-origin");
  response.set("Content-Disposition", content_disposition(attachment || !type.inline_allowed, content.file.name));
  if (etag_matches(request.header("If-None-Match"), etag)) {
    response.status = 304;
    return response;
  }
  RangeAnswer range;
  const std::string_view if_range = request.header("If-Range");
  if (if_range.empty() || if_range_matches(if_range, etag)) range = parse_range(request.header("Range"), size);
  if (range.wish == RangeWish::kUnsatisfiable) {
    http::Response refused =
        http::problem_response({"range_not_satisfiable", "the file has only " + std::to_string(size) + " bytes", ""});
    refused.set("Content-Range", "bytes */" + std::to_string(size));
    return refused;
  }
  response.content_type = type.content_type;
  if (range.wish == RangeWish::kPart) {
    response.status = 206;
    response.set("Content-Range", "bytes " + std::to_string(range.range.first) + "-" +
                                      std::to_string(range.range.last) + "/" + std::to_string(size));
  } else {
    if (size == 0) return response;
    range.range = {0, size - 1};
  }
  response.source = std::make_shared<Download>(service.impl(), std::move(content), range.range);
  return response;
}

}  // namespace parley::files
