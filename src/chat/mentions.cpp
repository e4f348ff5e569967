#include "chat/mentions.h"

#include <algorithm>

#include "chat/link.h"

namespace parley::chat {

namespace {

// As handles are made (store/users.h).
bool of_handle(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
         c == '_' || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::vector<std::string> mentioned_handles(std::string_view content, std::size_t limit) {
  std::vector<std::string> handles;
  std::size_t at = 0;
  while (at < content.size() && handles.size() < limit) {
    if (content[at] == '`') {
      at = after_code(content, at);
      continue;
    }
    const bool begins = content[at] == '@' && (at == 0 || !of_handle(content[at - 1]));
    if (!begins) {
      ++at;
      continue;
    }
    std::size_t end = at + 1;
    while (end < content.size() && of_handle(content[end])) ++end;
    std::string_view word = content.substr(at + 1, end - at - 1);
    while (!word.empty() && (word.back() == '.' || word.back() == '-')) word.remove_suffix(1);
    at = end;
    if (word.empty()) continue;
    std::string handle(word);
    std::ranges::transform(handle, handle.begin(), lower);
    if (std::ranges::find(handles, handle) == handles.end()) handles.push_back(std::move(handle));
  }
  return handles;
}

}  // namespace parley::chat
