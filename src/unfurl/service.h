// Previews of links: what messages show of a page that they lead to. The server fetches, once for all, so that no
// reader's address goes to a stranger's server; and it fetches only from the public internet and from what the operator
// allows besides, asked anew for every connection, whatever names and redirects say.
//
//   preview(url) ──▶ known? ──▶ page (GET) ──▶ card ──▶ picture (GET) ──▶ small picture ──▶ kept for others
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "unfurl/config.h"

namespace parley::unfurl {

struct Preview {
  std::string url;  // as asked
  std::string title;
  std::string site;
  std::string description;  // may be empty
  std::string image;        // WebP; empty: none

  friend bool operator==(const Preview&, const Preview&) = default;
};

struct Stats {
  std::uint64_t made = 0;
  std::uint64_t none = 0;     // pages that could not be had, or have no title
  std::uint64_t refused = 0;  // too many under way
};

// A picture of any format made small, as WebP; empty: it cannot be. Blocks, on a thread of the service's own.
using Shrink = std::function<std::string(const std::string& bytes)>;

class Service {
 public:
  // Call from `home`; coroutines resume there.
  Service(Config config, boost::asio::any_io_executor home, Shrink shrink);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // nullopt: there is none, for whatever reason. Those who ask for the same at the same time wait for one answer.
  boost::asio::awaitable<std::optional<Preview>> preview(std::string url);

  [[nodiscard]] Stats stats() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace parley::unfurl
