// Which handler answers a method and path.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/message.h"
#include "http/websocket.h"

namespace parley::http {

class Router {
 public:
  // pattern: "/api/rooms/{room}"; a {name} takes one whole segment. GET routes serve HEAD too.
  void add(Method method, std::string_view pattern, Handler handler);
  // As add(), for requests whose body the handler takes piece by piece.
  void add_streaming(Method method, std::string_view pattern, StreamingHandler handler);
  // Every path that starts with prefix; the longest prefix wins, exact patterns go first.
  void add_prefix(Method method, std::string prefix, Handler handler);
  // Upgrade requests to this path. A plain request for it is answered as if it were absent.
  void add_websocket(std::string_view pattern, UpgradeHandler handler);
  // GET and HEAD of whatever else: static files and pages.
  void set_fallback(Handler handler) { fallback_ = std::move(handler); }

  struct Match {
    const Handler* handler = nullptr;             // nullptr: none
    const StreamingHandler* streaming = nullptr;  // instead of handler
    std::vector<std::pair<std::string, std::string>> params;
    std::vector<Method> allowed;  // where the path is known, but not with this method
  };
  [[nodiscard]] Match match(Method method, std::string_view path) const;
  // Methods and patterns of add() and add_streaming(), for whoever holds them against a description.
  [[nodiscard]] std::vector<std::pair<Method, std::string>> patterns() const;
  [[nodiscard]] const UpgradeHandler* match_websocket(std::string_view path,
                                                      std::vector<std::pair<std::string, std::string>>& params) const;

 private:
  using Params = std::vector<std::pair<std::string, std::string>>;

  struct Pattern {
    std::vector<std::string> segments;  // "{name}" for a variable
    [[nodiscard]] static Pattern parse(std::string_view text);
    [[nodiscard]] bool matches(std::string_view path, Params& params) const;
  };
  struct Route {
    Method method;
    Pattern pattern;
    Handler handler;
    StreamingHandler streaming;  // instead of handler
  };
  struct PrefixRoute {
    Method method;
    std::string prefix;
    Handler handler;
  };
  struct SocketRoute {
    Pattern pattern;
    UpgradeHandler handler;
  };

  std::vector<Route> routes_;
  std::vector<PrefixRoute> prefixes_;
  std::vector<SocketRoute> sockets_;
  Handler fallback_;
};

}  // namespace parley::http
