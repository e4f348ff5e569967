#include "files/links.h"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "files/json.h"
#include "store/files.h"
#include "store/search.h"
#include "store/session.h"

namespace parley::files {

namespace {

Error bad_files(std::string message) { return {"invalid_argument", std::move(message), "fileIds"}; }

store::LinkedFile linked(std::string message_id, const store::File& file) {
  return {std::move(message_id), boost::json::serialize(to_json(file)), file.mime};
}

Result<void, Error> show_to_room(store::Session& session, const store::File& file,
                                 const chat::FileAttachment& attachment) {
  store::FileGrant grant;
  // One for each message and file: a job that runs twice makes it once.
  grant.id = attachment.message_id + "/" + file.id;
  grant.file_id = file.id;
  grant.kind = store::GrantKind::kRoom;
  grant.room_id = attachment.room_id;
  grant.created_by = attachment.sender_id;
  grant.created_at = session.now_ms();
  return store::insert_file_grant(session, grant);
}

}  // namespace

Result<std::vector<store::LinkedFile>, Error> Links::attach(store::Session& session,
                                                            const chat::FileAttachment& attachment) const {
  auto files = store::find_files(session, attachment.file_ids);
  if (!files) return files.error();
  std::vector<store::LinkedFile> out;
  for (const std::string& id : attachment.file_ids) {
    const auto file = std::find_if(files->begin(), files->end(), [&](const store::File& f) { return f.id == id; });
    if (file == files->end() || file->owner_id != attachment.sender_id)
      return bad_files("there is no file " + id + " of yours");
    if (!file->room_id.empty() && file->room_id != attachment.room_id) {
      return bad_files("the file " + id + " belongs to another room");
    }
    if (file->room_id.empty()) {
      if (auto shown = show_to_room(session, *file, attachment); !shown) return shown.error();
    }
    out.push_back(linked(attachment.message_id, *file));
  }
  if (auto attached = store::attach_files(session, attachment.message_id, attachment.file_ids); !attached) {
    return attached.error();
  }
  return out;
}

Result<std::vector<store::LinkedFile>, Error> Links::of_messages(store::Session& session,
                                                                 std::span<const std::string> message_ids) const {
  auto attached = store::list_attached_files(session, message_ids);
  if (!attached) return attached.error();
  std::vector<store::LinkedFile> out;
  out.reserve(attached->size());
  for (store::AttachedFile& item : *attached) out.push_back(linked(std::move(item.message_id), item.file));
  return out;
}

Result<void, Error> Links::detach(store::Session& session, std::span<const std::string> message_ids) const {
  for (const std::string& message_id : message_ids) {
    auto loose = store::detach_files(session, message_id);
    if (!loose) return loose.error();
    for (const std::string& id : *loose) {
      if (auto gone = store::unindex_document(session, "file", id); !gone) return gone;
      if (auto gone = store::delete_file(session, id); !gone) return gone;
    }
  }
  return {};
}

}  // namespace parley::files
