// @handle and @room within a message.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace parley::chat {

// What stands behind each '@' that begins a word, lower case in ASCII, each once, in order, at most `limit`. A full
// stop or hyphen at the end belongs to the sentence. Not within `code` or ```blocks```.
[[nodiscard]] std::vector<std::string> mentioned_handles(std::string_view content, std::size_t limit);

}  // namespace parley::chat
