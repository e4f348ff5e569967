#include "calls/service.h"

#include <algorithm>
#include <utility>

#include "base/iso_time.h"
#include "base/uuid.h"
#include "calls/service_impl.h"

namespace parley::calls {

namespace {

using auth::Action;
using auth::RoomRole;

constexpr std::size_t kMaxMembers = 5'000;
constexpr std::size_t kMaxHistory = 200;
constexpr std::size_t kMaxIdentities = 9;  // of one person in one media room

SwitchboardConfig switchboard_config(const Config& config) {
  SwitchboardConfig out;
  out.ring_timeout = config.ring_timeout;
  out.direct_grace = config.direct_grace;
  out.gone_after = config.gone_after;
  out.max_calls = config.max_calls;
  out.max_rung = config.max_rung;
  out.max_waiting = config.max_waiting;
  return out;
}

InCallConfig in_call_config(const Config& config) {
  return {config.limits_enabled,
          config.reactions,
          config.strokes,
          config.control_inputs,
          config.max_shares,
          {config.max_strokes, config.max_strokes_per_author, config.max_stroke_points, config.max_points_kept}};
}

Person person_of(const store::Member& member) { return {member.user_id, member.name, member.avatar_url}; }

RoomRole role_of(const store::Member& member) { return auth::room_role_from(member.role).value_or(RoomRole::kNone); }

bool missed_by(const store::Call& call, std::string_view user_id) {
  const auto mine = std::find_if(call.participants.begin(), call.participants.end(),
                                 [&](const store::CallParticipant& p) { return p.user_id == user_id; });
  if (mine != call.participants.end()) return mine->status == store::CallParticipantStatus::kMissed;
  return call.status == store::CallStatus::kMissed;
}

}  // namespace

Error no_such_call() { return {"not_found", "there is no such call, or it is over", "callId"}; }

RoomRole RoomFacts::role() const { return me ? role_of(*me) : RoomRole::kNone; }

auth::Object RoomFacts::object() const {
  auth::Object object;
  object.room_type = room.type == "direct"    ? auth::RoomType::kDirect
                     : room.type == "project" ? auth::RoomType::kProject
                                              : auth::RoomType::kGroup;
  object.room_public = room.visibility == "public";
  object.role_in_room = role();
  object.archived = room.archived;
  object.room_id = room.id;
  return object;
}

Service::Impl::Impl(Config given_config, Parts given)
    : config(std::move(given_config)),
      parts(std::move(given)),
      board(switchboard_config(config)),
      timer(parts.executor) {}

// ---- reading ----

bool Service::Impl::removed_since(std::uint64_t mark, std::string_view room_id, std::string_view user_id) const {
  return std::any_of(removals.rbegin(), removals.rend(), [&](const Removal& removal) {
    return removal.number >= mark && removal.user_id == user_id &&
           (removal.room_id.empty() || removal.room_id == room_id);
  });
}

Answer<RoomFacts> Service::Impl::facts(std::string user_id, std::string room_id, bool everybody) {
  const auto self = shared_from_this();
  const std::uint64_t mark = next_removal;
  auto job = [user_id, room_id, everybody](store::Session& session) -> Result<RoomFacts, Error> {
    RoomFacts out;
    auto room = store::find_room(session, room_id);
    if (!room) return room.error();
    if (!*room) return Error{"not_found", "there is no such thing, or not for you", "roomId"};
    out.room = std::move(**room);
    auto me = store::find_member(session, room_id, user_id);
    if (!me) return me.error();
    out.me = std::move(*me);
    if (!everybody) return out;
    auto members = store::list_members(session, room_id, "", kMaxMembers);
    if (!members) return members.error();
    out.members = std::move(*members);
    return out;
  };
  auto found = co_await parts.database.read(std::move(job));
  // The answer may be older than a removal that this thread knows of already.
  if (found && removed_since(mark, room_id, user_id)) found->me.reset();
  co_return found;
}

CallView Service::Impl::live_view(const LiveCall& live, std::string_view user_id) const {
  CallView view = live.view();
  view.missed = missed_by(view.call, user_id);
  return view;
}

// ---- authority ----

Answer<void> Service::Impl::permit(const auth::Subject& subject, const std::string& call_id, Action action,
                                   bool knocks) {
  const LiveCall* live = board.find(call_id);
  if (live == nullptr) co_return no_such_call();
  std::string user_id = subject.user_id;
  std::string room_id = live->call.room_id;
  auto known = co_await facts(std::move(user_id), std::move(room_id), false);
  if (!known) co_return known.error();
  live = board.find(call_id);
  if (live == nullptr) co_return no_such_call();
  auth::Object object = known->object();
  object.own = live->initiator.user_id == subject.user_id;
  object.locked = !knocks && action == Action::kCallJoin && !live->lets_in(subject.user_id);
  if (known->me) places.at(call_id).roles[subject.user_id] = known->role();
  co_return auth::authorize(subject, action, object);
}

Result<Place*, Error> Service::Impl::permit_here(const auth::Subject& subject, const std::string& call_id,
                                                 Action action, auth::Object object) {
  const LiveCall* live = board.find(call_id);
  const auto place = places.find(call_id);
  if (live == nullptr || place == places.end()) return no_such_call();
  const auto role = place->second.roles.find(subject.user_id);
  if (role == place->second.roles.end()) return no_such_call();
  object.room_type = place->second.room_type;
  object.role_in_room = role->second;
  object.room_id = live->call.room_id;
  if (const auto fault = auth::authorize(subject, action, object); !fault) return fault.error();
  return &place->second;
}

Result<Place*, Error> Service::Impl::permit_now(const auth::Subject& subject, const std::string& call_id, Action action,
                                                bool own, bool opened) {
  auth::Object object;
  object.own = own;
  object.opened = opened;
  return permit_here(subject, call_id, action, object);
}

Result<Place*, Error> Service::Impl::permit_silence(const auth::Subject& subject, const std::string& call_id,
                                                    const std::string& user_id) {
  auth::Object object;
  if (const auto place = places.find(call_id); place != places.end()) {
    // Who is no member any more is below everybody.
    const auto role = place->second.roles.find(user_id);
    if (role != place->second.roles.end()) object.target_role = role->second;
  }
  return permit_here(subject, call_id, Action::kCallSilence, object);
}

Result<Place*, Error> Service::Impl::permit_share(const auth::Subject& subject, const std::string& call_id,
                                                  const std::string& share_id, Action action) {
  const auto place = places.find(call_id);
  const Share* share = place != places.end() ? place->second.in_call.share(share_id) : nullptr;
  const bool own = share != nullptr && share->sharer == subject.user_id;
  const bool opened = share != nullptr && share->drawers == Drawers::kEveryone;
  auto allowed = permit_now(subject, call_id, action, own, opened);
  if (!allowed) return allowed;
  if (!(*allowed)->in_call.present(subject.user_id)) {
    return Error{"failed_precondition", "you are not in the call", "callId"};
  }
  if (share == nullptr) return Error{"not_found", "there is no such share in this call", "shareId"};
  return allowed;
}

// ---- coming in ----

NewCall Service::Impl::new_call(const auth::Subject& subject, const RoomFacts& facts, const StartParams& params,
                                std::string id) const {
  NewCall call;
  call.id = std::move(id);
  call.room_id = facts.room.id;
  call.room_name = facts.room.name;
  call.direct = facts.direct();
  call.type = params.type.value_or(store::CallType::kVideo);
  call.initiator = facts.me ? person_of(*facts.me) : Person{subject.user_id, subject.name, {}};
  if (!params.ring.ring) return call;
  const std::vector<std::string>& named = params.ring.users;
  call.ringing = named.empty() ? Ringing::kOnline : Ringing::kNamed;
  for (const store::Member& member : facts.members) {
    if (named.empty() || std::find(named.begin(), named.end(), member.user_id) != named.end()) {
      call.others.push_back(person_of(member));
    }
  }
  return call;
}

Answer<Joined> Service::Impl::open_call(auth::Subject subject, RoomFacts facts, StartParams params, Origin origin) {
  const auto self = shared_from_this();
  const TimePoint at = now();
  const std::string id = make_uuid(at, parts.random);
  Place place{InCall(in_call_config(config), id, facts.room.id), facts.object().room_type, {}, false};
  for (const store::Member& member : facts.members) place.roles[member.user_id] = role_of(member);
  places.insert_or_assign(id, std::move(place));
  if (const auto started = board.start(at, new_call(subject, facts, params, id)); !started) {
    places.erase(id);
    co_return started.error();
  }
  ++counters.started;
  auto joined = co_await enter(std::move(subject), std::move(facts), id, params.second_device, std::move(origin));
  if (!joined) {
    // It may be written down or not: ended, it is no obstacle to the next one.
    static_cast<void>(board.end(now(), id));
    flush();
  }
  co_return joined;
}

Answer<Joined> Service::Impl::enter(auth::Subject subject, RoomFacts facts, std::string call_id, bool second_device,
                                    Origin origin) {
  const auto self = shared_from_this();
  const LiveCall* live = board.find(call_id);
  auth::Object object = facts.object();
  object.locked = !live->lets_in(subject.user_id);
  if (const auto allowed = auth::authorize(subject, Action::kCallJoin, object); !allowed) co_return allowed.error();
  const Person person = facts.me ? person_of(*facts.me) : Person{subject.user_id, subject.name, {}};
  places.at(call_id).roles[subject.user_id] = facts.role();
  const bool moderator = facts.role() >= RoomRole::kModerator;
  if (const auto joined = board.join(now(), call_id, person, moderator); !joined) {
    flush();
    co_return joined.error();
  }
  // The token before the wait: what was granted counts from now on, and is taken back by whatever happens meanwhile.
  Joined out;
  out.media = issue(subject, facts, *live, second_device, origin);
  out.call = live_view(*live, subject.user_id);
  const auto written = co_await commit();
  if (!written) co_return written.error();
  co_return out;
}

Result<void, Error> Service::Impl::can_sign() const {
  if (!parts.keys.empty()) return {};
  return Error{"unavailable", "no API key is configured: media tokens cannot be signed", ""};
}

MediaTicket Service::Impl::issue(const auth::Subject& subject, const RoomFacts& facts, const LiveCall& live,
                                 bool second_device, const Origin& origin) {
  const std::string key(parts.keys.first_key());
  const Seat* seat = live.seat_of(subject.user_id);
  std::string identity = subject.user_id;
  for (std::size_t n = 2; second_device && seat->media.contains(identity) && n <= kMaxIdentities; ++n) {
    identity = subject.user_id + '#' + std::to_string(n);
  }
  const TimePoint at = now();
  const TimePoint expires = at + config.token_ttl;
  const auto seconds = [](TimePoint t) {
    return std::chrono::floor<std::chrono::seconds>(t.time_since_epoch()).count();
  };
  const auth::Object object = facts.object();
  const bool publish = auth::authorize(subject, Action::kCallPublish, object).has_value();
  auth::Claims claims;
  claims.issuer = key;
  claims.identity = identity;
  claims.name = seat->record.name;
  claims.not_before = seconds(at);
  claims.expires_at = seconds(expires);
  claims.attributes.emplace(kCallAttribute, live.call.id);
  claims.video.room_join = true;
  claims.video.room = live.call.room_id;
  const MemberRights rights = facts.role() >= RoomRole::kModerator ? MemberRights() : live.rights;
  claims.video.can_publish = publish && !rights.none();
  claims.video.can_publish_sources = sources_of(rights);
  claims.video.can_subscribe = true;
  claims.video.can_publish_data = publish;
  claims.video.room_admin = auth::authorize(subject, Action::kCallModerate, object).has_value();
  MediaTicket ticket;
  ticket.token = auth::sign_token(claims, *parts.keys.secret_of(key));
  ticket.expires_at = unix_ms(expires);
  ticket.url = config.public_url.empty() ? (origin.secure ? "wss://" : "ws://") + origin.host : config.public_url;
  board.note_ticket(live.call.id, subject.user_id, std::move(identity), subject.session_id);
  return ticket;
}

// ---- the methods ----

Service::Service(Config config, Parts parts) : impl_(std::make_shared<Impl>(std::move(config), std::move(parts))) {}

Service::~Service() { stop(); }

void Service::set_observer(Observer& observer) { impl_->observer = &observer; }

Answer<Joined> Service::start(auth::Subject subject, StartParams params, Origin origin) {
  const auto impl = impl_;
  if (const auto able = impl->can_sign(); !able) co_return able.error();
  std::string user_id = subject.user_id;
  std::string room_id = params.room_id;
  auto facts = co_await impl->facts(std::move(user_id), std::move(room_id), true);
  if (!facts) co_return facts.error();
  if (const LiveCall* live = impl->board.in_room(params.room_id)) {
    std::string call_id = live->call.id;
    co_return co_await impl->enter(std::move(subject), std::move(*facts), std::move(call_id), params.second_device,
                                   std::move(origin));
  }
  const auth::Object object = facts->object();
  if (const auto allowed = auth::authorize(subject, Action::kCallStart, object); !allowed) co_return allowed.error();
  co_return co_await impl->open_call(std::move(subject), std::move(*facts), std::move(params), std::move(origin));
}

Answer<Joined> Service::accept(auth::Subject subject, std::string call_id, JoinParams params, Origin origin) {
  const auto impl = impl_;
  const LiveCall* live = impl->board.find(call_id);
  if (live == nullptr) co_return no_such_call();
  if (const auto able = impl->can_sign(); !able) co_return able.error();
  std::string user_id = subject.user_id;
  std::string room_id = live->call.room_id;
  auto facts = co_await impl->facts(std::move(user_id), std::move(room_id), false);
  if (!facts) co_return facts.error();
  if (impl->board.find(call_id) == nullptr) co_return no_such_call();
  co_return co_await impl->enter(std::move(subject), std::move(*facts), std::move(call_id), params.second_device,
                                 std::move(origin));
}

Answer<CallView> Service::Impl::settle_for(auth::Subject subject, std::string call_id, Result<void, Error> done) {
  const auto self = shared_from_this();
  auto pending = apply();
  if (!done) co_return done.error();
  CallView view;
  if (!pending.changes.empty()) {
    view = pending.changes.back().view;
  } else if (const LiveCall* live = board.find(call_id)) {
    view = live->view();
  }
  view.missed = missed_by(view.call, subject.user_id);
  const auto written = co_await save_all(std::move(pending));
  if (!written) co_return written.error();
  co_return view;
}

Answer<CallView> Service::decline(auth::Subject subject, std::string call_id) {
  const auto impl = impl_;
  if (const auto allowed = impl->permit_now(subject, call_id, Action::kCallJoin); !allowed) co_return allowed.error();
  auto done = impl->board.decline(impl->now(), call_id, subject.user_id);
  co_return co_await impl->settle_for(std::move(subject), std::move(call_id), std::move(done));
}

Answer<CallView> Service::cancel(auth::Subject subject, std::string call_id) {
  const auto impl = impl_;
  if (const auto allowed = impl->permit_now(subject, call_id, Action::kCallJoin); !allowed) co_return allowed.error();
  auto done = impl->board.cancel(impl->now(), call_id, subject.user_id);
  co_return co_await impl->settle_for(std::move(subject), std::move(call_id), std::move(done));
}

Answer<CallView> Service::leave(auth::Subject subject, std::string call_id) {
  const auto impl = impl_;
  // Going needs nobody's leave.
  auto done = impl->board.leave(impl->now(), call_id, subject.user_id);
  co_return co_await impl->settle_for(std::move(subject), std::move(call_id), std::move(done));
}

Answer<CallView> Service::end(auth::Subject subject, std::string call_id, bool for_all) {
  const auto impl = impl_;
  const auto allowed = co_await impl->permit(subject, call_id, Action::kCallEnd);
  const LiveCall* live = impl->board.find(call_id);
  if (live == nullptr) co_return no_such_call();
  const TimePoint at = impl->now();
  const Seat* seat = live->seat_of(subject.user_id);
  Result<void, Error> done;
  if (seat != nullptr && seat->ringing() && !for_all) {
    done = impl->board.decline(at, call_id, subject.user_id);
  } else if (allowed) {
    // Between two it is hanging up; with others there it is done to them.
    const auto place = impl->places.find(call_id);
    const bool direct = place != impl->places.end() && place->second.room_type == auth::RoomType::kDirect;
    if (!direct) {
      auto entry = impl->act(subject, "call.end", call_id, std::string());
      done = impl->board.end(at, call_id);
      co_return co_await impl->settle_audited(std::move(entry), std::move(subject), std::move(call_id),
                                              std::move(done));
    }
    done = impl->board.end(at, call_id);
  } else if (for_all || seat == nullptr) {
    done = allowed.error();
  } else {
    done = impl->board.leave(at, call_id, subject.user_id);
  }
  co_return co_await impl->settle_for(std::move(subject), std::move(call_id), std::move(done));
}

Answer<CallView> Service::ring(auth::Subject subject, std::string call_id, std::vector<std::string> users) {
  const auto impl = impl_;
  const LiveCall* live = impl->board.find(call_id);
  if (live == nullptr) co_return no_such_call();
  std::string user_id = subject.user_id;
  std::string room_id = live->call.room_id;
  const auto facts = co_await impl->facts(std::move(user_id), std::move(room_id), true);
  if (!facts) co_return facts.error();
  const auth::Object object = facts->object();
  if (const auto allowed = auth::authorize(subject, Action::kCallStart, object); !allowed) co_return allowed.error();
  std::vector<Person> people;
  for (const store::Member& member : facts->members) {
    if (std::find(users.begin(), users.end(), member.user_id) != users.end()) people.push_back(person_of(member));
  }
  if (people.empty()) co_return Error{"not_found", "none of these people is a member of the room", "userIds"};
  auto done = impl->board.ring(impl->now(), call_id, people);
  co_return co_await impl->settle_for(std::move(subject), std::move(call_id), std::move(done));
}

Answer<CallView> Service::get(auth::Subject subject, std::string call_id) {
  const auto impl = impl_;
  struct Found {
    store::Call call;
    bool audience = false;
  };
  auto job = [call_id, user_id = subject.user_id](store::Session& session) -> Result<Found, Error> {
    auto call = store::find_call(session, call_id);
    if (!call) return call.error();
    const auto audience = store::in_call_audience(session, call_id, user_id);
    if (!audience) return audience.error();
    return Found{std::move(*call), *audience};
  };
  auto found = co_await impl->parts.database.read(std::move(job));
  if (!found) co_return found.error();
  if (!found->audience) {
    std::string user_id = subject.user_id;
    std::string room_id = found->call.room_id;
    const auto facts = co_await impl->facts(std::move(user_id), std::move(room_id), false);
    if (!facts) co_return no_such_call();
    if (!auth::authorize(subject, Action::kCallView, facts->object())) co_return no_such_call();
  }
  if (const LiveCall* live = impl->board.find(call_id)) co_return impl->live_view(*live, subject.user_id);
  CallView view;
  view.call = std::move(found->call);
  view.missed = missed_by(view.call, subject.user_id);
  co_return view;
}

Answer<HistoryPage> Service::history(auth::Subject subject, HistoryParams params) {
  const auto impl = impl_;
  if (!params.cursor.empty() && !is_uuid(params.cursor)) {
    co_return Error{"invalid_argument", "this is no cursor of ours", "cursor"};
  }
  if (params.limit == 0 || params.limit > kMaxHistory) {
    co_return Error{"invalid_argument", "a page has 1 to 200 calls", "limit"};
  }
  if (!params.room_id.empty()) {
    std::string user_id = subject.user_id;
    std::string room_id = params.room_id;
    const auto facts = co_await impl->facts(std::move(user_id), std::move(room_id), false);
    if (!facts) co_return facts.error();
    const auth::Object object = facts->object();
    if (const auto allowed = auth::authorize(subject, Action::kCallView, object); !allowed) co_return allowed.error();
  }
  const std::size_t limit = params.limit;
  auto job = [params, user_id = subject.user_id](store::Session& session) {
    const store::CallPage page{params.cursor, params.limit + 1};
    return params.room_id.empty() ? store::list_calls_of_user(session, user_id, page)
                                  : store::list_calls_of_room(session, params.room_id, page);
  };
  auto calls = co_await impl->parts.database.read(std::move(job));
  if (!calls) co_return calls.error();
  HistoryPage page;
  if (calls->size() > limit) {
    calls->resize(limit);
    page.next_cursor = calls->back().id;
  }
  for (store::Call& call : *calls) {
    CallView& view = page.items.emplace_back();
    if (const LiveCall* live = impl->board.find(call.id)) {
      view = impl->live_view(*live, subject.user_id);
    } else {
      view.call = std::move(call);
      view.missed = missed_by(view.call, subject.user_id);
    }
  }
  co_return page;
}

Answer<std::optional<CallView>> Service::live_in_room(auth::Subject subject, std::string room_id) {
  const auto impl = impl_;
  std::string user_id = subject.user_id;
  std::string asked = room_id;
  const auto facts = co_await impl->facts(std::move(user_id), std::move(asked), false);
  if (!facts) co_return facts.error();
  const auth::Object object = facts->object();
  if (const auto allowed = auth::authorize(subject, Action::kCallView, object); !allowed) co_return allowed.error();
  std::optional<CallView> view;
  if (const LiveCall* live = impl->board.in_room(room_id)) view = impl->live_view(*live, subject.user_id);
  co_return view;
}

}  // namespace parley::calls
