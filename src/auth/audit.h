// Entries of the audit log about what a person did.
#pragma once

#include <string>

#include "auth/subject.h"
#include "store/audit.h"

namespace parley::auth {

// action: "member.remove"; its first word is the object's type. room_id: empty for acts about no room. detail: a JSON
// object.
[[nodiscard]] store::AuditEntry audit_entry(std::string id, const Subject& actor, std::string action,
                                            std::string object_id, std::string room_id = {}, std::string detail = "{}");

}  // namespace parley::auth
