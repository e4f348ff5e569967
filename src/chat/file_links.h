// How messages carry files without chat knowing of files. The functions run inside jobs of the database, on its
// threads, and touch nothing but their arguments.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/messages.h"

namespace parley::store {
class Session;
}

namespace parley::chat {

struct FileAttachment {
  std::string room_id;
  std::string message_id;
  std::string sender_id;
  std::vector<std::string> file_ids;  // at least one, all different
};

class FileLinks {
 public:
  virtual ~FileLinks() = default;
  // In the write job of the message: hangs the files on it, in the given order. Error with field "fileIds" when one
  // does not exist, is not the sender's or belongs to another room.
  virtual Result<std::vector<store::LinkedFile>, Error> attach(store::Session& session,
                                                               const FileAttachment& attachment) const = 0;
  // Files of these messages, in order, in any job.
  virtual Result<std::vector<store::LinkedFile>, Error> of_messages(store::Session& session,
                                                                    std::span<const std::string> message_ids) const = 0;
  // In the write job that deletes the messages: their files are nobody's any more.
  virtual Result<void, Error> detach(store::Session& session, std::span<const std::string> message_ids) const = 0;
};

}  // namespace parley::chat
