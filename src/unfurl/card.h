// What a web page says of itself, for the card that messages show of a link: Open Graph (https://ogp.me), the names
// that Twitter gave such cards, or the plain title and description of HTML.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace parley::unfurl {

// All UTF-8, one line each, without control characters.
struct Card {
  std::string title;        // 200 bytes at most, never empty
  std::string site;         // 80; the host where the page names none
  std::string description;  // 300
  std::string image_url;    // absolute, http or https; empty: none

  friend bool operator==(const Card&, const Card&) = default;
};

// The beginning of a page, as it came. page_url: where it came from, redirects included. charset: what the header of
// the answer says, or empty; a page's own word and, before both, bytes that are UTF-8 count as well. nullopt: it has no
// title. Never touches the network.
[[nodiscard]] std::optional<Card> read_card(std::string_view html, const std::string& page_url,
                                            std::string_view charset);

// "text/html; charset=utf-8": the value of one parameter, without quotes; empty: it has none.
[[nodiscard]] std::string_view charset_of(std::string_view content_type);
// Whether the header names a page of HTML.
[[nodiscard]] bool is_page(std::string_view content_type);

}  // namespace parley::unfurl
