// What happens to files, for webhooks. Called within the write job of the change, on the database's thread: what an
// observer writes through the session is kept or lost with the change, and an error of an observer undoes it. A job may
// run twice.
#pragma once

#include <string_view>

#include "base/result.h"
#include "store/files.h"

namespace parley::store {
class Session;
}

namespace parley::files {

class Observer {
 public:
  using Kept = Result<void, Error>;

  virtual ~Observer() = default;
  virtual Kept on_file_created(store::Session& /*session*/, const store::File& /*file*/) { return {}; }
  // Renamed, or a new version.
  virtual Kept on_file_updated(store::Session& /*session*/, const store::File& /*file*/) { return {}; }
  virtual Kept on_file_deleted(store::Session& /*session*/, const store::File& /*file*/, std::string_view /*by_user*/) {
    return {};
  }
  // On the control thread: what it was told of before is committed.
  virtual void on_committed() {}
};

}  // namespace parley::files
