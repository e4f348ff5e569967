// Who may do what with a file.
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <charconv>

#include "base/uuid.h"
#include "files/service_impl.h"
#include "store/database.h"

namespace parley::files {

awaitable<Result<Access, Error>> Service::Impl::look_up(auth::Subject subject, std::string file_id) {
  if (!is_uuid(file_id)) co_return no_file();
  const auto self = shared_from_this();
  const std::int64_t time = now_ms();
  auto job = [file_id, user = subject.user_id, time](store::Session& session) -> Result<Access, Error> {
    auto file = store::find_file(session, file_id);
    if (!file) return file.error();
    if (!*file) return no_file();
    Access found;
    found.file = std::move(**file);
    found.object.own = !user.empty() && found.file.owner_id == user;
    const auto granted = store::has_file_grant(session, file_id, user, time);
    if (!granted) return granted.error();
    found.granted = *granted;
    return found;
  };
  auto access = co_await parts.database.read(std::move(job));
  if (!access) co_return access;
  if (!access->file.room_id.empty()) {
    auto object = co_await parts.room_of(subject.user_id, access->file.room_id);
    if (!object) co_return object.error().code == "not_found" ? no_file() : object.error();
    const bool own = access->object.own;
    access->object = *object;
    access->object.own = own;
  }
  access->object.granted = access->granted;
  co_return access;
}

Result<void, Error> Service::Impl::check(const auth::Subject& subject, auth::Action action, const Access& access,
                                         bool opened) {
  if (access.file.room_id.empty()) {
    return auth::may_use_loose_file(subject, action, access.object.own, access.granted);
  }
  auth::Object object = access.object;
  object.room_id = access.file.room_id;
  object.opened = opened;
  return auth::authorize(subject, action, object);
}

awaitable<Result<Access, Error>> Service::Impl::allow(auth::Subject subject, auth::Action action, std::string file_id) {
  auto access = co_await look_up(subject, std::move(file_id));
  if (!access) co_return access;
  if (auto allowed = check(subject, action, *access, config.guests_upload); !allowed) co_return allowed.error();
  co_return access;
}

awaitable<Result<void, Error>> Service::Impl::allow_in_room(auth::Subject subject, auth::Action action,
                                                            std::string room_id, bool opened) {
  if (room_id.empty()) co_return auth::may_use_loose_file(subject, action, true, false);
  const Error no_room{"not_found", "there is no such room, or not for you", "roomId"};
  if (!is_uuid(room_id)) co_return no_room;
  const auto self = shared_from_this();
  auto object = co_await parts.room_of(subject.user_id, room_id);
  if (!object) co_return object.error().code == "not_found" ? no_room : object.error();
  object->room_id = room_id;
  object->opened = opened;
  object->own = false;
  co_return auth::authorize(subject, action, *object);
}

store::AuditEntry Service::Impl::act(const auth::Subject& actor, std::string action, const store::File& file,
                                     const boost::json::object& detail) const {
  return auth::audit_entry(new_id(), actor, std::move(action), file.id, file.room_id, boost::json::serialize(detail));
}

std::string write_cursor(std::int64_t created_at, std::string_view id) {
  return std::to_string(created_at) + "." + std::string(id);
}
std::string write_cursor(const store::File& file) { return write_cursor(file.created_at, file.id); }

Result<std::optional<store::FileCursor>, Error> read_cursor(std::string_view text) {
  if (text.empty()) return std::optional<store::FileCursor>();
  store::FileCursor cursor;
  const std::size_t dot = std::min(text.find('.'), text.size());
  const auto [end, error] = std::from_chars(text.data(), text.data() + dot, cursor.created_at);
  cursor.id = text.substr(std::min(dot + 1, text.size()));
  if (error != std::errc() || end != text.data() + dot || !is_uuid(cursor.id)) {
    return Error{"invalid_argument", "this is no cursor that the server gave", "cursor"};
  }
  return std::optional(cursor);
}

}  // namespace parley::files
