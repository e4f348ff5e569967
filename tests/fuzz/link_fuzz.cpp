// Where messages lead.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "chat/link.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view content(reinterpret_cast<const char*>(data), size);
  const std::string url = parley::chat::first_link(content);
  if (url.empty()) return 0;
  const bool fine = url.size() <= 2'048 && url.starts_with("http") && content.find(url) != std::string_view::npos &&
                    url.find_first_of(" \t\r\n<>\"#") == std::string::npos;
  if (!fine) __builtin_trap();
  return 0;
}
