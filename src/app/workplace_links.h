// The threads between parts of the control plane that know nothing of each other: invitations lead into rooms, a new
// name is seen everywhere, and whatever happens is told to webhooks.
#pragma once

#include "auth/accounts.h"
#include "calls/observer.h"
#include "chat/observer.h"
#include "chat/service.h"
#include "files/observer.h"
#include "files/service.h"
#include "hooks/service.h"
#include "room/events.h"
#include "unfurl/service.h"

namespace parley::app {

// How accounts reach rooms.
[[nodiscard]] auth::RoomHooks room_hooks(chat::Service& chat);
// What authorize() needs to know of a room, for those who ask about somebody in it.
[[nodiscard]] files::RoomLookup room_lookup(chat::Service& chat);

// How messages come by what they show of their links.
[[nodiscard]] chat::LinkPreview link_preview(unfurl::Service& unfurl);
[[nodiscard]] unfurl::Shrink shrink_pictures();

class WorkplaceLinks final : public auth::AccountListener,
                             public chat::Observer,
                             public calls::Observer,
                             public files::Observer,
                             public room::RoomObserver {
 public:
  // Both must outlive it.
  WorkplaceLinks(chat::Service& chat, hooks::Service& hooks) : chat_(chat), hooks_(hooks) {}

  void on_session_ended(std::string_view /*user_id*/, std::string_view /*session_id*/,
                        std::string_view /*reason*/) override {}
  void on_user_ended(std::string_view /*user_id*/, std::string_view /*reason*/) override {}
  void on_profile_changed(const store::User& user) override;
  void on_user_created(const store::User& user) override;

  // Within the write jobs of what happened, on the database's thread.

  Result<void, Error> on_room_created(store::Session& session, const store::Room& room) override;
  Result<void, Error> on_room_updated(store::Session& session, const store::Room& room) override;
  Result<void, Error> on_room_deleted(store::Session& session, const store::Room& room) override;
  Result<void, Error> on_member_added(store::Session& session, const store::Member& member) override;
  Result<void, Error> on_member_removed(store::Session& session, const store::Member& member) override;
  Result<void, Error> on_message_created(store::Session& session, const store::Message& message) override;
  Result<void, Error> on_message_updated(store::Session& session, const store::Message& message) override;
  Result<void, Error> on_message_deleted(store::Session& session, const store::Message& message) override;

  Result<void, Error> on_file_created(store::Session& session, const store::File& file) override;
  Result<void, Error> on_file_updated(store::Session& session, const store::File& file) override;
  Result<void, Error> on_file_deleted(store::Session& session, const store::File& file,
                                      std::string_view by_user) override;

  Result<void, Error> on_call_changed(store::Session& session, const calls::CallView& call, bool first) override;
  void on_committed() override { hooks_.recorded(); }

  // Of the media rooms: LiveKit's own webhooks.
  void on_room_event(const room::RoomEvent& event) override;

 private:
  // members: makes what the event tells.
  template <class Members>
  Result<void, Error> record(store::Session& session, const char* event, const Members& members);

  chat::Service& chat_;
  hooks::Service& hooks_;
};

}  // namespace parley::app
