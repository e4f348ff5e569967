// The commands of the program; each answers the process's exit code.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "config/settings.h"

namespace parley::app {

// The developer's key that --dev configures. Known to everybody: never for a server that strangers can reach.
inline constexpr const char* kDevKey = "devkey";
inline constexpr const char* kDevSecret = "secret";

struct ConfigFlags {
  std::string file;
  bool dev = false;
  std::vector<std::string> sets;  // KEY=VALUE
};

// Defaults, file, environment, flags; validated.
Result<config::Settings, Error> load_settings(const ConfigFlags& flags);

struct TokenFlags {
  ConfigFlags config;
  std::string room;
  std::string identity;
  std::string name;
  std::string metadata;
  std::string valid_for = "6h";
  std::string key;  // which API key signs; empty: the first
  bool create = false;
  bool list = false;
  bool admin = false;
  bool hidden = false;
  bool no_publish = false;
  bool no_subscribe = false;
  bool no_publish_data = false;
  bool update_own_metadata = false;
};

int run_serve(const ConfigFlags& flags);
int run_token(const TokenFlags& flags);
int run_check_config(const std::string& file);

}  // namespace parley::app
