// Where log lines go: standard error through spdlog, as text for people or JSON for collectors.
#pragma once

#include <string>

namespace parley::app {

// level: trace, debug, info, warn, error; format: text, json (config::Log has checked both).
void install_log_sink(const std::string& level, const std::string& format);

}  // namespace parley::app
