#include "chat/link_previews.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "chat/link.h"
#include "chat/messages.h"
#include "store/session.h"

namespace parley::chat {

namespace {

// Sets what a message shows of its link. Owns all that it needs: it runs on the database's thread, and perhaps twice.
struct PreviewJob {
  std::string message_id;
  std::string user_id;  // in whose name
  std::string url;      // that the preview is of; empty: of none
  std::string preview;
  const FileLinks* files = nullptr;
  std::int64_t at = 0;

  // The message may have been deleted, edited or freed of its preview since.
  [[nodiscard]] bool fits(const store::Message& m) const {
    if (m.deleted_at != 0 || m.link_preview == preview) return false;
    return url.empty() || (m.link_preview != store::kNoLinkPreview && first_link(m.content) == url);
  }

  Result<Written, Error> operator()(store::Session& session) const {
    auto full = read_full_message(session, files, message_id);
    if (!full) return full.error();
    store::Message& m = full->message;
    if (!fits(m)) return Written{{}, std::move(*full)};
    const auto seq = store::take_room_seq(session, m.room_id, user_id);
    if (!seq) return seq.error();
    m.link_preview = preview;
    if (const auto kept = store::update_link_preview(session, m.id, preview); !kept) return kept.error();
    Written written{{m.room_id, *seq, "message-updated", "{}", m.id, at}, std::move(*full)};
    if (const auto kept = store::insert_room_event(session, written.event); !kept) return kept.error();
    return written;
  }
};

boost::asio::awaitable<void> add_link_preview(Context& context, PreviewJob job) {
  std::string url = job.url;
  job.preview = co_await context.link_preview(std::move(url));
  if (job.preview.empty()) co_return;
  job.at = context.now_ms();
  // Whatever became of the message meanwhile, or of its sender's place in the room: it does without.
  const auto written = co_await context.database.write(std::move(job));
  if (written && written->event.seq != 0) context.publish(written->event, written->full);
}

}  // namespace

void want_link_preview(Context& context, const store::Room& room, const store::Message& message) {
  if (!context.link_preview || !context.home || room.e2ee || !message.link_preview.empty()) return;
  PreviewJob job{message.id, message.sender_id, first_link(message.content), {}, context.files};
  if (job.url.empty()) return;
  boost::asio::co_spawn(context.home, add_link_preview(context, std::move(job)), boost::asio::detached);
}

Answer<store::Message> Messages::remove_preview(auth::Subject subject, std::string message_id) {
  auto known = co_await get(subject, message_id);
  if (!known) co_return known.error();
  const auto room = co_await context_.cache.load(known->room_id);
  if (!room) co_return room.error();
  auth::Object object = (*room)->object_for(subject.user_id);
  object.own = known->sender_id == subject.user_id;
  const auto allowed = auth::authorize(subject, auth::Action::kMessageEdit, object);
  if (!allowed) co_return allowed.error();
  PreviewJob job{message_id,     subject.user_id,  {}, std::string(store::kNoLinkPreview),
                 context_.files, context_.now_ms()};
  auto written = co_await context_.database.write(std::move(job));
  if (!written) co_return written.error();
  if (written->event.seq != 0) context_.publish(written->event, written->full);
  co_return std::move(written->full.message);
}

}  // namespace parley::chat
