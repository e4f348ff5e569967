// The link of a message that a preview is shown of.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace parley::chat {

// The first http or https URL of the content, as clients make links of it: not within `code`, without the signs that
// end the sentence or the Markdown around it, without a fragment. Empty: there is none, or it is longer than 2,048
// bytes.
[[nodiscard]] std::string first_link(std::string_view content);

// Where the code that opens with the backtick at `at` is over; behind the opening when it never is, as clients show it.
[[nodiscard]] std::size_t after_code(std::string_view content, std::size_t at);

}  // namespace parley::chat
