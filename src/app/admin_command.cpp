#include "app/admin_command.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/admin_tasks.h"
#include "app/log_sink.h"

namespace parley::app {

namespace {

int finish(const Result<void, Error>& done) {
  if (done) return 0;
  std::fprintf(stderr, "parley: %s\n", done.error().message.c_str());
  return 1;
}

}  // namespace

AdminCommand::AdminCommand(CLI::App& app)
    : admin_(app.add_subcommand("admin", "Accounts, backups and exports, on the server's database")) {
  admin_->add_option("--config", config_.file, "YAML file, as for serve")->type_name("FILE");
  admin_->add_flag("--dev", config_.dev, "as for serve");
  admin_->add_option("--set", config_.sets, "one key of the configuration, as for serve; may be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  admin_->require_subcommand(1);
  add_accounts(*admin_);
  add_backup(*admin_);
  add_exports(*admin_);
  add_dead_letters(*admin_);
}

bool AdminCommand::parsed() const { return admin_->parsed(); }

int AdminCommand::run() const {
  const auto settings = load_settings(config_);
  if (!settings) return finish(settings.error());
  // What is printed is the answer; the log is for what goes wrong.
  install_log_sink("warning", settings->log.format);
  return chosen_(*settings);
}

void AdminCommand::add_accounts(CLI::App& admin) {
  CLI::App* create =
      admin.add_subcommand("create-user", "Make an account; prints its id and, where made, its password");
  create->add_option("--email", email_, "address to log in with")->required();
  create->add_option("--name", name_, "display name")->required();
  create->add_flag("--admin", administrator_, "an administrator");
  create->add_flag("--password-stdin", password_stdin_, "read the password from the standard input");
  create->callback([this] {
    chosen_ = [this](const config::Settings& settings) {
      return finish(create_user(settings, {email_, name_, administrator_, password_stdin_}));
    };
  });
  CLI::App* reset = admin.add_subcommand("reset-password", "Give an account a new password and end its sessions");
  reset->add_option("WHO", id_, "e-mail address or id")->required();
  reset->add_flag("--password-stdin", password_stdin_, "read the password from the standard input");
  reset->callback([this] {
    chosen_ = [this](const config::Settings& settings) {
      return finish(reset_password(settings, id_, password_stdin_));
    };
  });
  admin.add_subcommand("list-users", "All accounts, one a line: id, role, state, address, name")->callback([this] {
    chosen_ = [](const config::Settings& settings) { return finish(list_users(settings)); };
  });
  admin.add_subcommand("list-rooms", "All rooms, one a line: id, type, visibility, members, name")->callback([this] {
    chosen_ = [](const config::Settings& settings) { return finish(list_rooms(settings)); };
  });
}

void AdminCommand::add_backup(CLI::App& admin) {
  CLI::App* backup = admin.add_subcommand("backup", "Database and files into a new folder, while the server runs");
  CLI::App* restored = admin.add_subcommand("restore", "From such a folder into an empty database; the server stands");
  for (CLI::App* command : {backup, restored}) {
    command->add_option("FOLDER", target_, "of the backup")->required();
    command->add_flag("--without-files", without_files_, "the database alone");
  }
  backup->callback([this] {
    chosen_ = [this](const config::Settings& settings) { return finish(back_up(settings, target_, without_files_)); };
  });
  restored->callback([this] {
    chosen_ = [this](const config::Settings& settings) { return finish(restore(settings, target_, without_files_)); };
  });
}

void AdminCommand::add_exports(CLI::App& admin) {
  CLI::App* exported = admin.add_subcommand("export", "All that is kept of a person or a room, as JSON");
  exported->require_subcommand(1);
  CLI::App* person = exported->add_subcommand("user", "A person");
  person->add_option("WHO", id_, "e-mail address or id")->required();
  CLI::App* room = exported->add_subcommand("room", "A room");
  room->add_option("ID", id_, "of the room")->required();
  for (CLI::App* command : {person, room}) {
    command->add_option("--output", target_, "file to write; default: the standard output")->type_name("FILE");
  }
  person->callback([this] {
    chosen_ = [this](const config::Settings& settings) { return finish(export_person(settings, id_, target_)); };
  });
  room->callback([this] {
    chosen_ = [this](const config::Settings& settings) { return finish(export_room(settings, id_, target_)); };
  });
}

void AdminCommand::add_dead_letters(CLI::App& admin) {
  CLI::App* letters = admin.add_subcommand("dead-letters", "Webhooks that could not be delivered");
  letters->require_subcommand(1);
  letters->add_subcommand("list", "One a line: id, event, attempts, URL, last error")->callback([this] {
    chosen_ = [](const config::Settings& settings) { return finish(list_dead_letters(settings)); };
  });
  CLI::App* retry = letters->add_subcommand("retry", "Try one again");
  CLI::App* drop = letters->add_subcommand("drop", "Give one up");
  for (CLI::App* command : {retry, drop}) command->add_option("ID", id_, "of the delivery")->required();
  retry->callback([this] {
    chosen_ = [this](const config::Settings& settings) { return finish(retry_dead_letter(settings, id_)); };
  });
  drop->callback([this] {
    chosen_ = [this](const config::Settings& settings) { return finish(drop_dead_letter(settings, id_)); };
  });
}

}  // namespace parley::app
