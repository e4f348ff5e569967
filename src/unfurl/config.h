// Settings of link previews.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "base/address_block.h"
#include "base/time.h"

namespace parley::unfurl {

struct Config {
  // Whose pages are fetched besides those of the public internet, on any port.
  std::vector<AddressBlock> networks;
  std::string own_url;  // pages below it are this server's own, and have no preview
  std::string ca_file;  // PEM; empty: the system's
  Duration timeout = 8s;
  unsigned max_redirects = 5;
  std::size_t max_page = 512U << 10U;  // bytes read of a page; the rest does not count
  std::size_t max_image = 4U << 20U;   // a larger picture is left out
  std::size_t max_small = 12U << 10U;  // likewise, of the small picture made of it
  std::size_t at_once = 64;            // pages under way; further ones have no preview
  std::size_t kept = 1'000;            // previews in memory
  Duration keep = 1h;                  // how long one is good
  Duration keep_failure = 5min;        // how long it is not asked for again where there was none
  std::function<TimePoint()> clock;    // required
};

}  // namespace parley::unfurl
