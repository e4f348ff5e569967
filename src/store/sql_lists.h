// Lists whose length is known only at run time.
#pragma once

#include <cstddef>
#include <string>

namespace parley::store {

// "(:p0, :p1, :p2)"; count is at least 1.
[[nodiscard]] inline std::string parameter_list(std::size_t count) {
  std::string out = "(";
  for (std::size_t i = 0; i < count; ++i) out += (i == 0 ? ":p" : ", :p") + std::to_string(i);
  return out + ")";
}

}  // namespace parley::store
