// What happens to files, for webhooks. Called on the control thread after the change is committed.
#pragma once

#include <string_view>

#include "store/files.h"

namespace parley::files {

class Observer {
 public:
  virtual ~Observer() = default;
  virtual void on_file_created(const store::File& /*file*/) {}
  virtual void on_file_updated(const store::File& /*file*/) {}  // renamed, or a new version
  virtual void on_file_deleted(const store::File& /*file*/, std::string_view /*by_user*/) {}
};

}  // namespace parley::files
