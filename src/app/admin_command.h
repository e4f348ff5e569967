// `parley admin …`: what an operator does at the command line, on the same database as the server, which may run
// meanwhile.
#pragma once

#include <functional>
#include <string>

#include "app/commands.h"

namespace CLI {
class App;
}

namespace parley::app {

class AdminCommand {
 public:
  // Adds "admin" and what is below it.
  explicit AdminCommand(CLI::App& app);
  AdminCommand(const AdminCommand&) = delete;
  AdminCommand& operator=(const AdminCommand&) = delete;

  [[nodiscard]] bool parsed() const;
  // The exit code.
  int run() const;

 private:
  void add_accounts(CLI::App& admin);
  void add_backup(CLI::App& admin);
  void add_exports(CLI::App& admin);
  void add_dead_letters(CLI::App& admin);

  CLI::App* admin_ = nullptr;
  ConfigFlags config_;
  std::string email_;
  std::string name_;
  std::string id_;
  std::string target_;  // folder or file
  bool administrator_ = false;
  bool password_stdin_ = false;
  bool without_files_ = false;
  std::function<int(const config::Settings&)> chosen_;
};

}  // namespace parley::app
