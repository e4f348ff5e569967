#include "base/url_token.h"

#include <algorithm>

namespace parley {

std::string url_token(RandomSource& random, std::size_t length) {
  std::string out = random.token(length);
  std::replace(out.begin(), out.end(), '+', '-');
  std::replace(out.begin(), out.end(), '/', '_');
  return out;
}

}  // namespace parley
