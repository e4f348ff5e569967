#include "store/url.h"

#include <libpq-fe.h>

#include <array>
#include <memory>
#include <string_view>
#include <utility>

namespace parley::store {

namespace {

constexpr std::string_view kExamples =
    "write sqlite:data/parley.db or postgresql://parley:secret@db.example.org:5432/parley";

Error malformed(std::string_view what) {
  std::string message = "database.url ";
  message += what;
  message += "; ";
  message += kExamples;
  return Error{"invalid_argument", std::move(message), "database.url"};
}

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
struct FreeText {
  void operator()(char* text) const { PQfreemem(text); }
};

// As libpq reads it, key='value', once SOCI's factory has been over it: that takes the string apart at spaces, and
// keeps a value with spaces together only within double quotes, which it drops.
void append_pair(std::string& out, std::string_view key, std::string_view value) {
  const bool spaced = value.find_first_of(" \t\r\n\f\v") != std::string_view::npos;
  out += key;
  out += spaced ? "=\"'" : "='";
  for (const char c : value) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  out += spaced ? "'\" " : "' ";
}

bool can_be_passed(std::string_view value) {
  return value.find('"') == std::string_view::npos || value.find_first_of(" \t\r\n\f\v") == std::string_view::npos;
}

// What an operator hardly ever sets and the server needs: a dead peer is noticed within seconds.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kDefaults{{{"connect_timeout", "5"},
                                                                                  {"application_name", "parley"},
                                                                                  {"keepalives_idle", "10"},
                                                                                  {"keepalives_interval", "5"},
                                                                                  {"tcp_user_timeout", "10000"},
                                                                                  {"client_encoding", "UTF8"}}};

Result<Url, Error> parse_postgres(const std::string& url) {
  char* raw_message = nullptr;
  const std::unique_ptr<PQconninfoOption, FreeOptions> options(PQconninfoParse(url.c_str(), &raw_message));
  const std::unique_ptr<char, FreeText> message(raw_message);
  if (!options) return malformed("is not a PostgreSQL URL");
  Url out{.engine = Engine::kPostgres, .path = {}, .connection = {}, .shown = "postgresql://"};
  std::string host;
  std::string port;
  std::string name;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val == nullptr) continue;
    const std::string_view key = option->keyword;
    if (!can_be_passed(option->val)) return malformed("has a value with both spaces and double quotes");
    append_pair(out.connection, key, option->val);
    if (key == "host") host = option->val;
    if (key == "port") port = option->val;
    if (key == "dbname") name = option->val;
  }
  for (const auto& [key, value] : kDefaults) {
    if (out.connection.find(std::string(key) + "=") == std::string::npos) append_pair(out.connection, key, value);
  }
  if (host.empty()) return malformed("names no host");
  if (name.empty()) return malformed("names no database");
  out.shown += host;
  if (!port.empty()) out.shown += ":" + port;
  out.shown += "/" + name;
  return out;
}

}  // namespace

Result<Url, Error> parse_url(const std::string& url) {
  constexpr std::string_view kSqlite = "sqlite:";
  if (url.starts_with(kSqlite)) {
    std::string path = url.substr(kSqlite.size());
    // sqlite:///var/lib/x, as other programs write it, and sqlite:/var/lib/x are the same file.
    if (path.starts_with("//")) path.erase(0, 2);
    if (path.empty()) return malformed("names no file");
    if (path.find_first_of(std::string_view("\0?\"", 3)) != std::string::npos) {
      return malformed("holds a character that a file of sqlite: cannot have here ('?', '\"')");
    }
    Url out{.engine = Engine::kSqlite, .path = path, .connection = {}, .shown = url};
    if (path == ":memory:") out.path.clear();
    return out;
  }
  if (url.starts_with("postgresql://") || url.starts_with("postgres://")) return parse_postgres(url);
  return malformed(url.empty() ? "is empty" : "is neither sqlite: nor postgresql:");
}

}  // namespace parley::store
