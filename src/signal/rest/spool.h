// An answer that is made piece by piece and may be larger than memory should hold: it goes to a file without a name,
// and from there to the client. Internal to signal/rest.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "http/message.h"

namespace parley::work {
class Pool;
}

namespace parley::signal::rest {

class Spool {
 public:
  // Small answers stay in memory.
  static constexpr std::size_t kBuffer = 1U << 20U;

  // The file is made in `dir` when it is needed. pool outlives it and what it gives.
  Spool(work::Pool& pool, std::string dir);
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  boost::asio::awaitable<Result<void, Error>> append(std::string piece);
  // All that was appended, as an answer's body; the spool is empty then.
  [[nodiscard]] std::shared_ptr<http::BodySource> finish();

 private:
  struct File;

  work::Pool& pool_;
  std::string dir_;
  std::string buffer_;
  std::shared_ptr<File> file_;
};

}  // namespace parley::signal::rest
