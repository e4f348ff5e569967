#include "signal/rest/audit.h"

#include <boost/json/serialize.hpp>

#include "auth/audit.h"
#include "base/log.h"
#include "base/uuid.h"
#include "store/database.h"

namespace parley::signal::rest {

http::awaitable<void> note(State& state, auth::Subject actor, Act act) {
  auto entry = auth::audit_entry(make_uuid(state.now(), state.random), actor, act.action, act.object_id, act.room_id,
                                 boost::json::serialize(act.detail));
  auto job = [entry = std::move(entry)](store::Session& session) { return store::append_audit(session, entry); };
  const auto written = co_await state.database.write(std::move(job));
  if (written) co_return;
  log::error("rest", "an entry of the audit log is lost",
             {{"action", act.action}, {"object", act.object_id}, {"actor", actor.user_id}});
}

}  // namespace parley::signal::rest
