#include "base/log.h"

namespace parley::log {
namespace {

Sink g_sink = nullptr;
Level g_threshold = Level::kInfo;

}  // namespace

void set_sink(Sink sink, Level threshold) {
  g_sink = sink;
  g_threshold = threshold;
}

bool enabled(Level level) { return g_sink != nullptr && level >= g_threshold; }

void write(Level level, std::string_view component, std::string_view message, std::initializer_list<Field> fields) {
  if (enabled(level)) g_sink(level, component, message, fields.begin(), fields.size());
}

}  // namespace parley::log
