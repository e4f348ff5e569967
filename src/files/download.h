// One answer that carries a file's content: read on the pool while the client takes it, noted in the list of downloads,
// ended when its reader loses the right to it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "files/ranges.h"
#include "files/service.h"
#include "http/message.h"

namespace parley::files {

class Download final : public http::BodySource {
 public:
  Download(std::shared_ptr<Service::Impl> impl, Content content, ByteRange range);
  Download(const Download&) = delete;
  Download& operator=(const Download&) = delete;
  ~Download() override;

  [[nodiscard]] std::uint64_t length() const override { return length_; }
  [[nodiscard]] awaitable<Result<std::size_t, Error>> read(ByteSpan out) override;
  void sending(std::function<void()> break_off) override;

  // Ends it, also while it waits for a slow client.
  void cut();
  [[nodiscard]] const std::string& room_id() const { return content_.file.room_id; }
  [[nodiscard]] const std::string& file_id() const { return content_.file.id; }
  [[nodiscard]] const std::string& user_id() const { return content_.user_id; }
  [[nodiscard]] const std::string& grant_id() const { return content_.grant_id; }

 private:
  // The bytes of one read, on a thread of the pool. Shared, for the connection may go while they are read.
  struct Piece {
    std::shared_ptr<ObjectReader> reader;
    std::vector<std::uint8_t> bytes;
  };
  std::shared_ptr<Service::Impl> impl_;
  Content content_;
  std::uint64_t offset_;
  std::uint64_t length_;
  std::uint64_t sent_ = 0;
  std::string row_id_;  // empty: this answer goes on with a download that has its row
  std::int64_t started_at_ = 0;
  bool cut_ = false;
  std::function<void()> break_off_;
  std::shared_ptr<Piece> piece_;
};

// The answer to GET or HEAD of content: conditions, ranges, headers. `attachment`: never shown in the browser's window.
// `shared_cache`: a CDN may keep it.
[[nodiscard]] http::Response content_answer(const Service& service, const http::Request& request, Content content,
                                            bool attachment, bool shared_cache);

}  // namespace parley::files
