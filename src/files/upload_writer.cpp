#include "files/upload_writer.h"

#include <fcntl.h>

#include "files/text_result.h"

namespace parley::files {

namespace {

constexpr std::size_t kReadPiece = 1U << 20U;

Error lost() { return {"gone", "the server has lost bytes of this upload; begin it anew", ""}; }

Digest::Kind digest_of(ChecksumKind kind) {
  return kind == ChecksumKind::kSha1 ? Digest::Kind::kSha1 : Digest::Kind::kSha256;
}

}  // namespace

Result<void, Error> UploadWriter::open(const std::filesystem::path& path, std::uint64_t durable,
                                       std::optional<ChecksumKind> checksum) {
  auto file = PosixFile::open(path, O_RDWR | O_CREAT);
  if (!file) return file.error();
  file_ = std::move(*file);
  const auto size = file_.size();
  if (!size) return size.error();
  if (*size < durable) return lost();
  if (*size > durable) {
    if (auto cut = file_.truncate(durable); !cut) return cut;
  }
  // A digest of bytes that are gone now is of no use.
  if (progress_.hashed > durable) progress_ = Progress{};
  begin_ = offset_ = durable_ = durable;
  if (checksum) {
    checksum_.emplace(digest_of(*checksum));
    digest_before_.emplace(progress_.digest);
    hashed_before_ = progress_.hashed;
  }
  return {};
}

Result<void, Error> UploadWriter::write(std::size_t size) {
  const ByteView bytes = ByteView(buffer_).first(size);
  if (auto written = file_.write_at(offset_, bytes); !written) {
    // Some of it may have been written.
    (void)file_.truncate(offset_);
    return written;
  }
  if (progress_.hashed == offset_) {
    progress_.digest.update(bytes);
    progress_.hashed += size;
  }
  if (checksum_) checksum_->update(bytes);
  offset_ += size;
  return {};
}

Result<void, Error> UploadWriter::sync() {
  if (durable_ == offset_ && offset_ != begin_) return {};
  if (auto synced = file_.sync(); !synced) return synced;
  durable_ = offset_;
  return {};
}

Result<void, Error> UploadWriter::undo() {
  if (digest_before_) {
    progress_.digest = std::move(*digest_before_);
    progress_.hashed = hashed_before_;
    digest_before_.reset();
  }
  offset_ = durable_ = begin_;
  return file_.truncate(begin_);
}

bool UploadWriter::checksum_matches(const TusChecksum& expected) const {
  return checksum_ && checksum_->value() == expected.digest;
}

Result<std::string, Error> finish_digest(Progress progress, const std::filesystem::path& path, std::uint64_t size) {
  const auto file = PosixFile::open(path, O_RDONLY);
  if (!file) return file.error().code == "not_found" ? lost() : file.error();
  const auto real = file->size();
  if (!real) return real.error();
  if (*real != size) return lost();
  if (progress.hashed > size) progress = Progress{};
  std::vector<std::uint8_t> piece(progress.hashed < size ? kReadPiece : 0);
  while (progress.hashed < size) {
    const auto got = file->read_at(progress.hashed, piece);
    if (!got) return got.error();
    if (*got == 0) return lost();
    progress.digest.update(ByteView(piece).first(*got));
    progress.hashed += *got;
  }
  return text_result(to_hex(progress.digest.value()));
}

Result<std::string, Error> concatenate(const std::vector<std::filesystem::path>& parts,
                                       const std::filesystem::path& to) {
  const auto target = PosixFile::open(to, O_RDWR | O_CREAT | O_TRUNC);
  if (!target) return target.error();
  Digest digest(Digest::Kind::kSha256);
  std::vector<std::uint8_t> piece(kReadPiece);
  std::uint64_t offset = 0;
  for (const auto& part : parts) {
    const auto source = PosixFile::open(part, O_RDONLY);
    if (!source) return source.error().code == "not_found" ? lost() : source.error();
    for (std::uint64_t at = 0;;) {
      const auto got = source->read_at(at, piece);
      if (!got) return got.error();
      if (*got == 0) break;
      const ByteView bytes = ByteView(piece).first(*got);
      if (auto written = target->write_at(offset, bytes); !written) return written.error();
      digest.update(bytes);
      at += *got;
      offset += *got;
    }
  }
  if (auto synced = target->sync(); !synced) return synced.error();
  return text_result(to_hex(digest.value()));
}

}  // namespace parley::files
