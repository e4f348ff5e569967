#include "signal/rest/audit.h"

#include <boost/json/serialize.hpp>

#include "auth/audit.h"
#include "base/uuid.h"

namespace parley::signal::rest {

http::awaitable<void> note(State& state, auth::Subject actor, Act act) {
  auto entry = auth::audit_entry(make_uuid(state.now(), state.random), actor, act.action, act.object_id, act.room_id,
                                 boost::json::serialize(act.detail));
  co_await auth::keep_audit(state.database, std::move(entry));
}

}  // namespace parley::signal::rest
