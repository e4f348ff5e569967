// What happens within a call many times a second: nothing here waits for the database, but a first signal between two.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "calls/service_impl.h"

namespace parley::calls {

namespace {

using auth::Action;

// Two who exchange signals are on the phone for that long after the last one, as far as we can know.
constexpr Duration kPairForgotten = 60s;
constexpr Duration kAcquainted = 60s;
constexpr std::size_t kMaxPairs = 20'000;

std::pair<std::string, std::string> pair_of(const std::string& one, const std::string& other) {
  return one < other ? std::pair(one, other) : std::pair(other, one);
}

Error not_present() { return {"failed_precondition", "you are not in the call", "callId"}; }

}  // namespace

// ---- hands, reactions ----

Answer<boost::json::object> Service::in_call_state(auth::Subject subject, std::string call_id) {
  const auto place = impl_->permit_now(subject, call_id, Action::kCallJoin);
  if (!place) co_return place.error();
  if (!(*place)->in_call.present(subject.user_id)) co_return not_present();
  co_return (*place)->in_call.state();
}

Answer<void> Service::raise_hand(auth::Subject subject, std::string call_id, bool raised) {
  const auto place = impl_->permit_now(subject, call_id, Action::kCallPublish);
  if (!place) co_return place.error();
  if (!(*place)->in_call.present(subject.user_id)) co_return not_present();
  if (raised) {
    (*place)->in_call.raise_hand(impl_->now(), subject.user_id);
  } else {
    (*place)->in_call.lower_hand(subject.user_id);
  }
  impl_->relay(**place);
  co_return Result<void, Error>();
}

Answer<void> Service::lower_hand(auth::Subject subject, std::string call_id, std::string user_id) {
  const bool own = user_id == subject.user_id;
  const auto place = impl_->permit_now(subject, call_id, own ? Action::kCallPublish : Action::kCallModerate);
  if (!place) co_return place.error();
  if (user_id.empty()) {
    (*place)->in_call.lower_hands();
  } else {
    (*place)->in_call.lower_hand(user_id);
  }
  impl_->relay(**place);
  co_return Result<void, Error>();
}

Answer<void> Service::react(auth::Subject subject, std::string call_id, std::string emoji) {
  const auto place = impl_->permit_now(subject, call_id, Action::kCallPublish);
  if (!place) co_return place.error();
  auto done = (*place)->in_call.react(impl_->now(), subject.user_id, emoji);
  impl_->relay(**place);
  co_return done;
}

// ---- shares ----

Answer<void> Service::start_share(auth::Subject subject, std::string call_id, std::string share_id) {
  const auto place = impl_->permit_now(subject, call_id, Action::kCallPublish);
  if (!place) co_return place.error();
  auto done = (*place)->in_call.start_share(subject.user_id, std::move(share_id));
  impl_->relay(**place);
  co_return done;
}

Answer<void> Service::stop_share(auth::Subject subject, std::string call_id, std::string share_id) {
  // Whose it is, is what matters: who gives control may end the share.
  const auto place = impl_->permit_share(subject, call_id, share_id, Action::kRemoteGrant);
  if (!place) co_return place.error();
  (*place)->in_call.stop_share(share_id);
  impl_->relay(**place);
  co_return Result<void, Error>();
}

Answer<void> Service::draw(auth::Subject subject, std::string call_id, std::string share_id, Stroke stroke) {
  const auto place = impl_->permit_share(subject, call_id, share_id, Action::kDraw);
  if (!place) co_return place.error();
  stroke.author = subject.user_id;
  const bool host = (*place)->roles.at(subject.user_id) >= auth::RoomRole::kModerator;
  auto done = (*place)->in_call.draw(impl_->now(), share_id, host, std::move(stroke));
  if (done) ++impl_->counters.strokes;
  impl_->relay(**place);
  co_return done;
}

Answer<void> Service::undo_stroke(auth::Subject subject, std::string call_id, std::string share_id) {
  const auto place = impl_->permit_share(subject, call_id, share_id, Action::kCallPublish);
  if (!place) co_return place.error();
  auto done = (*place)->in_call.undo_stroke(share_id, subject.user_id);
  impl_->relay(**place);
  co_return done;
}

Answer<void> Service::clear_strokes(auth::Subject subject, std::string call_id, std::string share_id, bool everybodys) {
  const auto place =
      impl_->permit_share(subject, call_id, share_id, everybodys ? Action::kDrawClear : Action::kCallPublish);
  if (!place) co_return place.error();
  const std::string author = everybodys ? std::string() : subject.user_id;
  auto done = (*place)->in_call.clear_strokes(share_id, author);
  impl_->relay(**place);
  co_return done;
}

Answer<void> Service::set_drawers(auth::Subject subject, std::string call_id, std::string share_id, Drawers drawers) {
  const auto place = impl_->permit_share(subject, call_id, share_id, Action::kDrawControl);
  if (!place) co_return place.error();
  auto done = (*place)->in_call.set_drawers(share_id, drawers);
  impl_->relay(**place);
  co_return done;
}

// ---- remote control ----

Answer<void> Service::request_control(auth::Subject subject, std::string call_id, std::string share_id) {
  const auto place = impl_->permit_share(subject, call_id, share_id, Action::kRemoteRequest);
  if (!place) co_return place.error();
  auto done = (*place)->in_call.request_control(share_id, subject.user_id);
  impl_->relay(**place);
  co_return done;
}

Answer<void> Service::answer_control(auth::Subject subject, std::string call_id, std::string share_id,
                                     std::string user_id, bool granted) {
  const auto place = impl_->permit_share(subject, call_id, share_id, Action::kRemoteGrant);
  if (!place) co_return place.error();
  auto done = (*place)->in_call.answer_control(share_id, user_id, granted);
  impl_->relay(**place);
  co_return done;
}

Answer<void> Service::control_input(auth::Subject subject, std::string call_id, std::string share_id,
                                    boost::json::object input) {
  const auto place = impl_->permit_share(subject, call_id, share_id, Action::kRemoteRequest);
  if (!place) co_return place.error();
  if (boost::json::serialize(input).size() > impl_->config.max_control_input) {
    co_return Error{"payload_too_large", "the input is too long", "input"};
  }
  auto done = (*place)->in_call.control_input(impl_->now(), share_id, subject.user_id, std::move(input));
  impl_->relay(**place);
  co_return done;
}

Answer<void> Service::end_control(auth::Subject subject, std::string call_id, std::string share_id) {
  const auto known = impl_->places.find(call_id);
  const Share* share = known != impl_->places.end() ? known->second.in_call.share(share_id) : nullptr;
  const bool in_control = share != nullptr && share->controller == subject.user_id;
  const auto place =
      impl_->permit_share(subject, call_id, share_id, in_control ? Action::kRemoteRequest : Action::kRemoteGrant);
  if (!place) co_return place.error();
  auto done = (*place)->in_call.end_control(share_id);
  impl_->relay(**place);
  co_return done;
}

// ---- signals between two ----

bool Service::Impl::acquainted_by_now(const std::string& one, const std::string& other) const {
  if (board.in_one_call(one, other)) return true;
  const auto known = acquainted.find(pair_of(one, other));
  return known != acquainted.end() && now() < known->second;
}

bool Service::Impl::signal_rings(const std::string& from, const std::string& to, bool offer) {
  if (board.in_one_call(from, to)) return false;
  const TimePoint at = now();
  if (pairs.size() >= kMaxPairs) pairs.clear();
  const auto [entry, fresh] = pairs.try_emplace(pair_of(from, to), Pair{from, false, at});
  Pair& pair = entry->second;
  if (fresh || pair.last + kPairForgotten <= at) {
    pair = {from, false, at};
    return true;
  }
  pair.last = at;
  if (pair.caller != from) pair.answered = true;
  // Candidates that follow the first offer do not ring; another offer to one who has not answered does.
  return offer && !pair.answered;
}

Answer<void> Service::signal(auth::Subject subject, std::string to_user_id, std::string signal_json) {
  const auto impl = impl_;
  if (signal_json.size() > impl->config.max_signal) {
    co_return Error{"payload_too_large", "the signal is too long", "signal"};
  }
  boost::json::error_code malformed;
  const boost::json::value signal = boost::json::parse(signal_json, malformed);
  if (malformed.failed()) co_return Error{"invalid_argument", "the signal is no JSON", "signal"};
  if (to_user_id == subject.user_id) co_return Error{"invalid_argument", "this is you", "to"};
  const Rate allowed = impl->config.limits_enabled ? impl->config.signals : Rate{};
  TokenBucket& bucket = impl->signal_rates.try_emplace(subject.user_id, allowed).first->second;
  if (!bucket.take(impl->now())) co_return Error{"rate_limited", "too many signals in a short time", "", 1};

  if (!impl->acquainted_by_now(subject.user_id, to_user_id)) {
    auto job = [from = subject.user_id, to_user_id](store::Session& session) {
      return store::share_a_room(session, from, to_user_id);
    };
    const std::uint64_t mark = impl->next_removal;
    const auto shared = co_await impl->parts.database.read(std::move(job));
    if (!shared) co_return shared.error();
    // The same answer for strangers and for people who do not exist.
    if (!*shared) co_return Error{"not_found", "there is no such person in a room of yours", "to"};
    if (impl->next_removal == mark) {
      if (impl->acquainted.size() >= kMaxPairs) impl->acquainted.clear();
      impl->acquainted[pair_of(subject.user_id, to_user_id)] = impl->now() + kAcquainted;
    }
  }
  if (!impl->parts.hub.connected(to_user_id)) {
    co_return Error{"failed_precondition", "this person is not connected", "to"};
  }
  ++impl->counters.signals;
  const boost::json::object* fields = signal.if_object();
  const boost::json::value* type = fields != nullptr ? fields->if_contains("type") : nullptr;
  const bool offer = type != nullptr && type->is_string() && type->get_string() == "offer";
  const bool rings = impl->signal_rings(subject.user_id, to_user_id, offer);
  const std::string data = boost::json::serialize(
      boost::json::object{{"from", subject.user_id}, {"name", subject.name}, {"signal", signal}});
  impl->parts.hub.publish_to_user(hub::make_event({"call-signal", data, {}, 0}), to_user_id);
  if (rings) impl->parts.hub.publish_to_user(hub::make_event({"incoming-call", data, {}, 0}), to_user_id);
  co_return Result<void, Error>();
}

}  // namespace parley::calls
