// Files on messages, as chat asks for them.
#pragma once

#include "chat/file_links.h"

namespace parley::files {

// A message carries files of its sender: those of its room, and ones of no room, which the room may see from then on.
// With the message go files that were nothing but its attachment.
class Links final : public chat::FileLinks {
 public:
  Result<std::vector<store::LinkedFile>, Error> attach(store::Session& session,
                                                       const chat::FileAttachment& attachment) const override;
  Result<std::vector<store::LinkedFile>, Error> of_messages(store::Session& session,
                                                            std::span<const std::string> message_ids) const override;
  Result<void, Error> detach(store::Session& session, std::span<const std::string> message_ids) const override;
};

}  // namespace parley::files
