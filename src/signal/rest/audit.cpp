#include "signal/rest/audit.h"

#include <boost/json/serialize.hpp>

#include "base/log.h"
#include "base/uuid.h"
#include "store/audit.h"
#include "store/database.h"

namespace parley::signal::rest {

http::awaitable<void> note(State& state, const Request& request, auth::Subject actor, Act act) {
  store::AuditEntry entry;
  entry.id = make_uuid(state.now(), state.random);
  entry.at = to_millis(state.now().time_since_epoch());
  entry.actor_id = actor.user_id;
  entry.actor_name = actor.name;
  entry.action = act.action;
  entry.object_type = act.object_type;
  entry.object_id = act.object_id;
  entry.room_id = act.room_id;
  entry.address = request.peer.ip_text();
  entry.detail = boost::json::serialize(act.detail);
  auto job = [entry = std::move(entry)](store::Session& session) { return store::append_audit(session, entry); };
  const auto written = co_await state.database.write(std::move(job));
  if (written) co_return;
  log::error("rest", "an entry of the audit log is lost",
             {{"action", act.action}, {"object", act.object_id}, {"actor", actor.user_id}});
}

}  // namespace parley::signal::rest
