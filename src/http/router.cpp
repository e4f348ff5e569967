#include "http/router.h"

#include <algorithm>

namespace parley::http {

namespace {

bool serves(Method route, Method asked) { return route == asked || (route == Method::get && asked == Method::head); }

}  // namespace

Router::Pattern Router::Pattern::parse(std::string_view text) {
  Pattern pattern;
  std::size_t begin = 1;  // behind the leading '/'
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find('/', begin), text.size());
    pattern.segments.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return pattern;
}

bool Router::Pattern::matches(std::string_view path, Params& params) const {
  params.clear();
  std::size_t begin = 1;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (begin > path.size()) return false;
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view given = path.substr(begin, end - begin);
    const std::string& wanted = segments[i];
    if (wanted.size() > 2 && wanted.front() == '{') {
      std::string value = percent_decode(given);
      if (value.empty() || !is_utf8(value)) return false;
      params.emplace_back(wanted.substr(1, wanted.size() - 2), std::move(value));
    } else if (given != wanted) {
      return false;
    }
    begin = end + 1;
  }
  return begin > path.size();
}

void Router::add(Method method, std::string_view pattern, Handler handler) {
  routes_.push_back({method, Pattern::parse(pattern), std::move(handler), nullptr});
}

void Router::add_streaming(Method method, std::string_view pattern, StreamingHandler handler) {
  routes_.push_back({method, Pattern::parse(pattern), nullptr, std::move(handler)});
}

void Router::add_prefix(Method method, std::string prefix, Handler handler) {
  prefixes_.push_back({method, std::move(prefix), std::move(handler)});
  std::stable_sort(prefixes_.begin(), prefixes_.end(),
                   [](const PrefixRoute& a, const PrefixRoute& b) { return a.prefix.size() > b.prefix.size(); });
}

void Router::add_websocket(std::string_view pattern, UpgradeHandler handler) {
  sockets_.push_back({Pattern::parse(pattern), std::move(handler)});
}

std::vector<std::pair<Method, std::string>> Router::patterns() const {
  std::vector<std::pair<Method, std::string>> out;
  out.reserve(routes_.size());
  for (const Route& route : routes_) {
    std::string text;
    for (const std::string& segment : route.pattern.segments) text += "/" + segment;
    out.emplace_back(route.method, std::move(text));
  }
  return out;
}

Router::Match Router::match(Method method, std::string_view path) const {
  Match out;
  Params params;
  for (const Route& route : routes_) {
    if (!route.pattern.matches(path, params)) continue;
    if (serves(route.method, method)) {
      if (route.streaming) {
        out.streaming = &route.streaming;
      } else {
        out.handler = &route.handler;
      }
      out.params = std::move(params);
      return out;
    }
    out.allowed.push_back(route.method);
  }
  for (const PrefixRoute& route : prefixes_) {
    if (!path.starts_with(route.prefix)) continue;
    if (serves(route.method, method)) {
      out.handler = &route.handler;
      return out;
    }
    out.allowed.push_back(route.method);
  }
  if (out.allowed.empty() && fallback_ && (method == Method::get || method == Method::head)) out.handler = &fallback_;
  return out;
}

const UpgradeHandler* Router::match_websocket(std::string_view path, Params& params) const {
  for (const SocketRoute& route : sockets_) {
    if (route.pattern.matches(path, params)) return &route.handler;
  }
  return nullptr;
}

}  // namespace parley::http
