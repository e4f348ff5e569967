#include "unfurl/card.h"

#include <libxml/HTMLparser.h>
#include <libxml/uri.h>

#include <algorithm>
#include <climits>
#include <memory>

#include "http/query.h"

namespace parley::unfurl {

namespace {

constexpr std::size_t kMaxTitle = 200;
constexpr std::size_t kMaxSite = 80;
constexpr std::size_t kMaxDescription = 300;
constexpr std::size_t kMaxUrl = 2'048;

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
struct FreeText {
  void operator()(xmlChar* text) const { xmlFree(text); }
};
using Text = std::unique_ptr<xmlChar, FreeText>;

std::string_view view(const Text& text) {
  return text ? std::string_view(reinterpret_cast<const char*>(text.get())) : std::string_view();
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

// One line of at most `most` bytes; runs of blanks and control characters become one space.
std::string tidy(std::string_view text, std::size_t most) {
  std::string out;
  for (const char c : text) {
    if (out.size() > most) break;
    const auto byte = static_cast<unsigned char>(c);
    const bool blank = byte <= 0x20 || byte == 0x7f;
    if (!blank) {
      out.push_back(c);
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  }
  out.resize(http::utf8_prefix(out, most).size());
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return http::is_utf8(out) ? out : std::string();
}

struct Found {
  std::string og_title, twitter_title, title;
  std::string site;
  std::string og_description, description;
  std::string og_image, twitter_image;
};

// The first of a name counts: later ones are further pictures, or somebody's mistake.
void take(std::string& into, std::string_view value) {
  if (into.empty()) into = value;
}

void read_meta(xmlNode* node, Found& found) {
  Text name(xmlGetProp(node, BAD_CAST "property"));
  if (!name) name.reset(xmlGetProp(node, BAD_CAST "name"));
  const Text value(xmlGetProp(node, BAD_CAST "content"));
  if (!name || !value) return;
  const std::string_view key = view(name);
  if (same(key, "og:title")) take(found.og_title, view(value));
  if (same(key, "twitter:title")) take(found.twitter_title, view(value));
  if (same(key, "og:site_name")) take(found.site, view(value));
  if (same(key, "og:description")) take(found.og_description, view(value));
  if (same(key, "description")) take(found.description, view(value));
  if (same(key, "og:image") || same(key, "og:image:url")) take(found.og_image, view(value));
  if (same(key, "twitter:image")) take(found.twitter_image, view(value));
}

bool is_named(const xmlNode* node, std::string_view name) {
  return node->type == XML_ELEMENT_NODE && reinterpret_cast<const char*>(node->name) == name;
}

// Depth first without recursion: how deep a page nests is a stranger's choice.
const xmlNode* after(const xmlNode* node) {
  if (node->children != nullptr && node->type == XML_ELEMENT_NODE) return node->children;
  while (node != nullptr && node->next == nullptr) node = node->parent;
  return node == nullptr ? nullptr : node->next;
}

Found collect(xmlDoc* document) {
  Found found;
  for (const xmlNode* node = xmlDocGetRootElement(document); node != nullptr; node = after(node)) {
    auto* element = const_cast<xmlNode*>(node);
    if (is_named(node, "meta")) read_meta(element, found);
    // Pictures within the page (svg) have titles, too.
    if (is_named(node, "title") && node->parent != nullptr && is_named(node->parent, "head")) {
      take(found.title, view(Text(xmlNodeGetContent(element))));
    }
  }
  return found;
}

std::string host_of(const std::string& url) {
  const std::unique_ptr<xmlURI, decltype(&xmlFreeURI)> uri(xmlParseURI(url.c_str()), &xmlFreeURI);
  if (!uri || uri->server == nullptr) return {};
  std::string_view host = uri->server;
  if (host.starts_with("www.")) host.remove_prefix(4);
  return tidy(host, kMaxSite);
}

std::string absolute(std::string_view reference, const std::string& page_url) {
  const std::string tidied = tidy(reference, kMaxUrl);
  if (tidied.empty() || tidied.find(' ') != std::string::npos) return {};
  const Text built(xmlBuildURI(BAD_CAST tidied.c_str(), BAD_CAST page_url.c_str()));
  const std::string_view url = view(built);
  const bool web = url.starts_with("https://") || url.starts_with("http://");
  return web && url.size() <= kMaxUrl ? std::string(url) : std::string();
}

std::string_view first_of(std::string_view a, std::string_view b, std::string_view c = {}) {
  return !a.empty() ? a : !b.empty() ? b : c;
}

// Bytes that are UTF-8 are nothing else, whatever was said of them; a page is often cut within a character.
const char* encoding_of(std::string_view html, const std::string& charset) {
  constexpr std::size_t kLongestCharacter = 4;
  for (std::size_t cut = 0; cut < kLongestCharacter && cut <= html.size(); ++cut) {
    if (http::is_utf8(html.substr(0, html.size() - cut))) return "UTF-8";
  }
  return charset.empty() ? nullptr : charset.c_str();
}

}  // namespace

std::optional<Card> read_card(std::string_view html, const std::string& page_url, std::string_view charset) {
  if (html.empty() || html.size() > INT_MAX) return std::nullopt;
  const std::string named(charset);
  constexpr int kOptions = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
  const std::unique_ptr<xmlDoc, FreeDocument> document(
      htmlReadMemory(html.data(), static_cast<int>(html.size()), page_url.c_str(), encoding_of(html, named), kOptions));
  if (!document) return std::nullopt;
  const Found found = collect(document.get());
  Card card;
  card.title = tidy(first_of(found.og_title, found.twitter_title, found.title), kMaxTitle);
  if (card.title.empty()) return std::nullopt;
  card.site = tidy(found.site, kMaxSite);
  if (card.site.empty()) card.site = host_of(page_url);
  card.description = tidy(first_of(found.og_description, found.description), kMaxDescription);
  card.image_url = absolute(first_of(found.og_image, found.twitter_image), page_url);
  return card;
}

std::string_view charset_of(std::string_view content_type) {
  constexpr std::string_view kName = "charset=";
  for (std::size_t at = content_type.find(';'); at != std::string_view::npos; at = content_type.find(';', at)) {
    at = std::min(content_type.find_first_not_of("; \t", at), content_type.size());
    std::string_view value = content_type.substr(at, content_type.find(';', at) - at);
    if (!same(value.substr(0, kName.size()), kName)) continue;
    value.remove_prefix(kName.size());
    while (!value.empty() && (value.back() == ' ' || value.back() == '"')) value.remove_suffix(1);
    if (value.starts_with('"')) value.remove_prefix(1);
    return value;
  }
  return {};
}

bool is_page(std::string_view content_type) {
  std::string_view type = content_type.substr(0, content_type.find(';'));
  while (type.ends_with(' ')) type.remove_suffix(1);
  return same(type, "text/html") || same(type, "application/xhtml+xml");
}

}  // namespace parley::unfurl
