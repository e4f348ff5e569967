// What `parley admin` does, one function for each of its commands. They block, print what a person wants to see, and
// answer an Error with the way out.
#pragma once

#include <string>

#include "base/result.h"
#include "config/settings.h"

namespace parley::app {

struct NewAccount {
  std::string email;
  std::string name;
  bool administrator = false;
  bool password_stdin = false;  // one line of the standard input; else one is made and printed
};

Result<void, Error> create_user(const config::Settings& settings, const NewAccount& account);
// who: an id or an address.
Result<void, Error> reset_password(const config::Settings& settings, const std::string& who, bool password_stdin);
Result<void, Error> list_users(const config::Settings& settings);
Result<void, Error> list_rooms(const config::Settings& settings);

// Database and files into a new folder, while the server runs.
Result<void, Error> back_up(const config::Settings& settings, const std::string& folder, bool without_files);
// From such a folder into an empty database.
Result<void, Error> restore(const config::Settings& settings, const std::string& folder, bool without_files);

// As JSON to a file, or to the standard output where its name is empty.
Result<void, Error> export_person(const config::Settings& settings, const std::string& who, const std::string& file);
Result<void, Error> export_room(const config::Settings& settings, const std::string& room_id, const std::string& file);

Result<void, Error> list_dead_letters(const config::Settings& settings);
// The running server finds it when it looks for deliveries again, at the latest when it starts.
Result<void, Error> retry_dead_letter(const config::Settings& settings, const std::string& id);
Result<void, Error> drop_dead_letter(const config::Settings& settings, const std::string& id);

}  // namespace parley::app
