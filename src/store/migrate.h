// Brings a database's schema up to this program's. Inside the store only.
#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"
#include "store/connection.h"
#include "store/migration.h"

namespace parley::store::detail {

// Applies what is missing, in one transaction and under a lock, so that of several programs that start at once one does
// it. Error "failed_precondition" when the database knows steps that `migrations` does not have. Throws SqlError.
Result<void, Error> migrate(Connection& connection, std::span<const Migration* const> migrations, std::int64_t now_ms);

}  // namespace parley::store::detail
