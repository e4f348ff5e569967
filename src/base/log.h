// Log facade: the modules say what happened, the application decides where it goes. Never called per packet.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace parley::log {

enum class Level : std::uint8_t { kTrace, kDebug, kInfo, kWarn, kError };

// One key and its value, kept structured so that the JSON format needs no parsing.
struct Field {
  std::string_view key;
  std::string value;

  Field(std::string_view k, std::string_view v) : key(k), value(v) {}
  Field(std::string_view k, const char* v) : key(k), value(v) {}
  Field(std::string_view k, std::string v) : key(k), value(std::move(v)) {}
  template <class T>
    requires std::is_arithmetic_v<T>
  Field(std::string_view k, T v) : key(k), value(std::to_string(v)) {}
};

// Called from any thread. `component` is the folder ("ice", "room").
using Sink = void (*)(Level, std::string_view component, std::string_view message, const Field* fields, std::size_t n);

// Set once at start, before threads exist. Without a sink nothing is written.
void set_sink(Sink sink, Level threshold);
[[nodiscard]] bool enabled(Level level);
void write(Level level, std::string_view component, std::string_view message, std::initializer_list<Field> fields = {});

inline void debug(std::string_view c, std::string_view m, std::initializer_list<Field> f = {}) {
  if (enabled(Level::kDebug)) write(Level::kDebug, c, m, f);
}
inline void info(std::string_view c, std::string_view m, std::initializer_list<Field> f = {}) {
  if (enabled(Level::kInfo)) write(Level::kInfo, c, m, f);
}
inline void warn(std::string_view c, std::string_view m, std::initializer_list<Field> f = {}) {
  if (enabled(Level::kWarn)) write(Level::kWarn, c, m, f);
}
inline void error(std::string_view c, std::string_view m, std::initializer_list<Field> f = {}) {
  if (enabled(Level::kError)) write(Level::kError, c, m, f);
}

}  // namespace parley::log
