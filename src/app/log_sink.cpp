#include "app/log_sink.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <memory>

#include "base/log.h"

namespace parley::app {
namespace {

bool g_json = false;

spdlog::level::level_enum to_spdlog(log::Level level) {
  switch (level) {
    case log::Level::kTrace:
      return spdlog::level::trace;
    case log::Level::kDebug:
      return spdlog::level::debug;
    case log::Level::kInfo:
      return spdlog::level::info;
    case log::Level::kWarn:
      return spdlog::level::warn;
    case log::Level::kError:
      break;
  }
  return spdlog::level::err;
}

std::string quoted(std::string_view text) { return boost::json::serialize(boost::json::string(text)); }

void write_line(log::Level level, std::string_view component, std::string_view message, const log::Field* fields,
                std::size_t n) {
  std::string line;
  if (g_json) {
    line = R"("component":)" + quoted(component) + R"(,"message":)" + quoted(message);
    for (std::size_t i = 0; i < n; ++i) line += "," + quoted(fields[i].key) + ":" + quoted(fields[i].value);
  } else {
    line = std::string(component) + ": " + std::string(message);
    for (std::size_t i = 0; i < n; ++i) line += " " + std::string(fields[i].key) + "=" + fields[i].value;
  }
  spdlog::log(to_spdlog(level), "{}", line);
}

}  // namespace

void install_log_sink(const std::string& level, const std::string& format) {
  g_json = format == "json";
  auto logger = std::make_shared<spdlog::logger>("parley", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
  logger->set_pattern(g_json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%f%z","level":"%l",%v})"
                             : "%Y-%m-%d %H:%M:%S.%e %^%l%$ %v");
  const auto threshold = level == "warn"    ? log::Level::kWarn
                         : level == "error" ? log::Level::kError
                         : level == "debug" ? log::Level::kDebug
                         : level == "trace" ? log::Level::kTrace
                                            : log::Level::kInfo;
  logger->set_level(to_spdlog(threshold));
  logger->flush_on(spdlog::level::info);
  spdlog::set_default_logger(logger);
  log::set_sink(write_line, threshold);
}

}  // namespace parley::app
