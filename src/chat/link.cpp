#include "chat/link.h"

#include <algorithm>

namespace parley::chat {

namespace {

constexpr std::size_t kMaxUrl = 2'048;

bool ends_url(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte == 0x7f || c == '<' || c == '>' || c == '"' || c == '`' || c == '|';
}

// What follows a URL in a sentence, or closes the emphasis around it, is not of it.
bool trails(char c) { return std::string_view(".,;:!?'*_~").find(c) != std::string_view::npos; }

std::string_view trimmed(std::string_view url) {
  for (;;) {
    if (!url.empty() && trails(url.back())) {
      url.remove_suffix(1);
      continue;
    }
    // "(see https://a.example/b)" and "[words](https://a.example/b)", but "https://a.example/b_(c)".
    const bool closes = !url.empty() && (url.back() == ')' || url.back() == ']');
    const char opens = closes && url.back() == ')' ? '(' : '[';
    if (!closes || std::ranges::count(url, url.back()) <= std::ranges::count(url, opens)) return url;
    url.remove_suffix(1);
  }
}

std::size_t scheme_at(std::string_view text) {
  if (text.starts_with("https://")) return 8;
  return text.starts_with("http://") ? 7 : 0;
}

}  // namespace

std::size_t after_code(std::string_view content, std::size_t at) {
  const std::size_t ticks = std::min(content.find_first_not_of('`', at), content.size()) - at;
  const std::size_t end = content.find(content.substr(at, ticks), at + ticks);
  return end == std::string_view::npos ? at + ticks : end + ticks;
}

std::string first_link(std::string_view content) {
  std::size_t at = 0;
  while (at < content.size()) {
    if (content[at] == '`') {
      at = after_code(content, at);
      continue;
    }
    const std::size_t scheme = content[at] == 'h' ? scheme_at(content.substr(at)) : 0;
    if (scheme == 0) {
      ++at;
      continue;
    }
    const std::string_view rest = content.substr(at);
    const auto length = static_cast<std::size_t>(std::ranges::find_if(rest, ends_url) - rest.begin());
    std::string_view url = trimmed(rest.substr(0, length));
    // "](": the words of a link may be its own address.
    url = url.substr(0, std::min(url.find("]("), url.find('#')));
    if (url.size() > scheme) return url.size() <= kMaxUrl ? std::string(url) : std::string();
    at += std::max<std::size_t>(length, 1);
  }
  return {};
}

}  // namespace parley::chat
