#include "signal/rest/spool.h"

#include <stdlib.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <utility>

#include "files/posix_file.h"
#include "work/pool.h"

namespace parley::signal::rest {

struct Spool::File {
  files::PosixFile file;
  std::uint64_t size = 0;
};

namespace {

ByteView bytes_of(const std::string& text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }

Result<files::PosixFile, Error> make_file(const std::string& dir) {
  std::string path = dir + "/parley-answer-XXXXXX";
  files::PosixFile file(::mkstemp(path.data()));
  if (file.descriptor() < 0) return files::file_error("making", path, errno);
  // Without a name it goes by itself, however the program ends.
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  return file;
}

// First what lies in the file, then what is still in memory.
template <class File>
class SpooledBody final : public http::BodySource {
 public:
  SpooledBody(work::Pool& pool, std::shared_ptr<File> file, std::string tail)
      : pool_(pool), file_(std::move(file)), tail_(std::move(tail)), stored_(file_ ? file_->size : 0) {}

  [[nodiscard]] std::uint64_t length() const override { return stored_ + tail_.size(); }

  boost::asio::awaitable<Result<std::size_t, Error>> read(ByteSpan out) override {
    if (at_ < stored_) {
      // The answer's buffer lives as long as the awaited read.
      auto job = [file = file_, at = at_, out] { return file->file.read_at(at, out); };
      auto got = co_await pool_.run(std::move(job));
      if (got) at_ += *got;
      co_return got;
    }
    const std::size_t begin = static_cast<std::size_t>(at_ - stored_);
    const std::size_t count = std::min(out.size(), tail_.size() - begin);
    std::copy_n(tail_.data() + begin, count, out.data());
    at_ += count;
    co_return count;
  }

 private:
  work::Pool& pool_;
  std::shared_ptr<File> file_;
  std::string tail_;
  std::uint64_t stored_;
  std::uint64_t at_ = 0;
};

}  // namespace

Spool::Spool(work::Pool& pool, std::string dir) : pool_(pool), dir_(std::move(dir)) {}
Spool::~Spool() = default;

boost::asio::awaitable<Result<void, Error>> Spool::append(std::string piece) {
  buffer_ += piece;
  if (buffer_.size() < kBuffer) co_return Result<void, Error>{};
  if (!file_) file_ = std::make_shared<File>();
  auto job = [file = file_, dir = dir_, bytes = std::exchange(buffer_, {})]() -> Result<void, Error> {
    if (file->file.descriptor() < 0) {
      auto made = make_file(dir);
      if (!made) return made.error();
      file->file = std::move(*made);
    }
    if (auto written = file->file.write_at(file->size, bytes_of(bytes)); !written) return written;
    file->size += bytes.size();
    return {};
  };
  co_return co_await pool_.run(std::move(job));
}

std::shared_ptr<http::BodySource> Spool::finish() {
  return std::make_shared<SpooledBody<File>>(pool_, std::exchange(file_, nullptr), std::exchange(buffer_, {}));
}

}  // namespace parley::signal::rest
