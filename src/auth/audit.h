// Entries of the audit log about what a person did.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>

#include "auth/subject.h"
#include "store/audit.h"
#include "store/database.h"

namespace parley::auth {

// action: "member.remove"; its first word is the object's type. room_id: empty for acts about no room. detail: a JSON
// object.
[[nodiscard]] store::AuditEntry audit_entry(std::string id, const Subject& actor, std::string action,
                                            std::string object_id, std::string room_id = {}, std::string detail = "{}");

// Writes an entry of its own, after an act that is none of the database and cannot be taken back. Where that fails the
// server's log tells of the act instead.
boost::asio::awaitable<void> keep_audit(store::Database& database, store::AuditEntry entry);

}  // namespace parley::auth
