// parley: reads the command line and runs one command.
#include <CLI/CLI.hpp>

#include "app/admin_command.h"
#include "app/commands.h"

namespace {

constexpr int kWrongUse = 2;  // as shells' own commands answer wrong flags

void add_config_flags(CLI::App& command, parley::app::ConfigFlags& flags) {
  command.add_option("--config", flags.file, "YAML file; config/parley.yaml lists every key")->type_name("FILE");
  command.add_flag("--dev", flags.dev, "for trying things out: key \"devkey\", secret \"secret\", tokens for the page");
  command.add_option("--set", flags.sets, "one key of the configuration, e.g. --set rtc.shards=2; may be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
}

CLI::App* add_serve(CLI::App& app, parley::app::ConfigFlags& flags) {
  CLI::App* serve = app.add_subcommand("serve", "Run the server until SIGTERM or SIGINT");
  add_config_flags(*serve, flags);
  serve->footer("Precedence: flags, environment (PARLEY_HTTP_LISTEN, PARLEY_KEYS=\"KEY: SECRET\", …), file, default.");
  return serve;
}

CLI::App* add_token(CLI::App& app, parley::app::TokenFlags& flags) {
  CLI::App* token = app.add_subcommand("token", "Print an access token for a client or a back end");
  add_config_flags(*token, flags.config);
  token->add_option("--room", flags.room, "room to join; without it the token joins none");
  token->add_option("--identity", flags.identity, "who the bearer is, unique in a room")->required();
  token->add_option("--name", flags.name, "display name");
  token->add_option("--metadata", flags.metadata, "text that other participants see");
  token->add_option("--valid-for", flags.valid_for, "how long, e.g. 30m")->capture_default_str();
  token->add_option("--key", flags.key, "API key that signs; default: the first configured");
  token->add_flag("--create", flags.create, "may create and delete rooms");
  token->add_flag("--list", flags.list, "may list rooms");
  token->add_flag("--admin", flags.admin, "may administer --room");
  token->add_flag("--hidden", flags.hidden, "is not shown to others");
  token->add_flag("--no-publish", flags.no_publish, "may not publish tracks");
  token->add_flag("--no-subscribe", flags.no_subscribe, "may not subscribe to tracks");
  token->add_flag("--no-publish-data", flags.no_publish_data, "may not send data");
  token->add_flag("--update-own-metadata", flags.update_own_metadata, "may change its own name and metadata");
  return token;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Parley: calls, screens and data for a team, from one binary.", "parley"};
  app.set_version_flag("--version", std::string("parley ") + PARLEY_VERSION);
  app.require_subcommand(1);

  parley::app::ConfigFlags serve_flags;
  parley::app::TokenFlags token_flags;
  std::string checked_file;
  const CLI::App* serve = add_serve(app, serve_flags);
  const CLI::App* token = add_token(app, token_flags);
  CLI::App* check = app.add_subcommand("check-config", "Say whether a configuration file is right, and what is wrong");
  check->add_option("FILE", checked_file, "YAML file")->required();
  const parley::app::AdminCommand admin(app);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kWrongUse;
  }
  if (serve->parsed()) return parley::app::run_serve(serve_flags);
  if (token->parsed()) return parley::app::run_token(token_flags);
  if (admin.parsed()) return admin.run();
  return parley::app::run_check_config(checked_file);
}
