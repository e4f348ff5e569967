#include "calls/in_call.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <utility>

#include "base/iso_time.h"
#include "calls/json.h"

namespace parley::calls {

namespace {

namespace json = boost::json;

constexpr std::size_t kMaxEmoji = 64;  // bytes: a family of four with skin tones has 41
constexpr std::size_t kMaxShareId = 64;

json::value or_null(const std::string& text) { return text.empty() ? json::value(nullptr) : json::value(text); }

json::object share_json(const Share& share) {
  return {{"id", share.id},
          {"userId", share.sharer},
          {"drawers", to_string(share.drawers)},
          {"controllerId", or_null(share.controller)}};
}

Error not_sharing() { return {"not_found", "there is no such share in this call", "shareId"}; }

}  // namespace

InCall::InCall(InCallConfig config, std::string call_id, std::string room_id)
    : config_(config), call_id_(std::move(call_id)), room_id_(std::move(room_id)) {}

// ---- telling ----

std::vector<std::string> InCall::everybody() const {
  std::vector<std::string> users;
  users.reserve(people_.size());
  for (const auto& [user, person] : people_) users.push_back(user);
  return users;
}

json::object InCall::head() const { return {{"callId", call_id_}, {"roomId", room_id_}}; }

json::object InCall::head(const Share& share) const {
  json::object data = head();
  data["shareId"] = share.id;
  return data;
}

void InCall::tell(std::string name, json::object data) {
  events_.push_back({std::move(name), std::move(data), everybody()});
}

void InCall::tell(std::string name, json::object data, std::string_view user_id) {
  events_.push_back({std::move(name), std::move(data), {std::string(user_id)}});
}

json::array InCall::hands() const {
  json::array list;
  for (const Hand& hand : hands_) {
    const auto person = people_.find(hand.user_id);
    list.push_back(
        json::object{{"userId", hand.user_id}, {"name", person->second.name}, {"raisedAt", to_iso(hand.raised_at)}});
  }
  return list;
}

void InCall::tell_hands() {
  json::object data = head();
  data["hands"] = hands();
  tell("hands-updated", std::move(data));
}

void InCall::tell_shares() {
  json::array list;
  for (const Share& share : shares_) list.push_back(share_json(share));
  json::object data = head();
  data["shares"] = std::move(list);
  tell("shares-updated", std::move(data));
}

void InCall::tell_control(const Share& share) {
  json::object data = head(share);
  data["controllerId"] = or_null(share.controller);
  tell("control-updated", std::move(data));
}

void InCall::tell_removed(const Share& share, const std::vector<Annotations::Gone>& gone) {
  if (gone.empty()) return;
  json::array list;
  for (const auto& stroke : gone) list.push_back(json::object{{"author", stroke.author}, {"id", stroke.id}});
  json::object data = head(share);
  data["strokes"] = std::move(list);
  tell("annotation-removed", std::move(data));
}

std::vector<InCallEvent> InCall::take_events() { return std::exchange(events_, {}); }

json::object InCall::state() const {
  json::array shares;
  for (const Share& share : shares_) {
    json::object one = share_json(share);
    json::array strokes;
    for (const Stroke& stroke : share.annotations.strokes()) strokes.push_back(to_json(stroke));
    one["strokes"] = std::move(strokes);
    shares.push_back(std::move(one));
  }
  json::object data = head();
  data["hands"] = hands();
  data["shares"] = std::move(shares);
  return data;
}

// ---- people ----

void InCall::came(std::string user_id, std::string name) {
  const auto bucket = [&](Rate rate) { return TokenBucket(config_.limits_enabled ? rate : Rate{}); };
  people_.insert_or_assign(std::move(user_id),
                           Present{std::move(name), bucket(config_.reaction_rate), bucket(config_.stroke_rate),
                                   bucket(config_.control_input_rate)});
}

void InCall::went(std::string_view user_id) {
  const auto person = people_.find(user_id);
  if (person == people_.end()) return;
  lower_hand(user_id);
  std::vector<std::string> ended;
  for (Share& share : shares_) {
    std::erase(share.requests, user_id);
    if (share.sharer == user_id) {
      ended.push_back(share.id);
    } else if (share.controller == user_id) {
      share.controller.clear();
      tell_control(share);
    }
  }
  for (const std::string& id : ended) stop_share(id);
  people_.erase(person);
}

void InCall::raise_hand(TimePoint now, std::string_view user_id) {
  const auto up = [&](const Hand& hand) { return hand.user_id == user_id; };
  if (!present(user_id) || std::any_of(hands_.begin(), hands_.end(), up)) return;
  hands_.push_back({std::string(user_id), unix_ms(now)});
  tell_hands();
}

void InCall::lower_hand(std::string_view user_id) {
  if (std::erase_if(hands_, [&](const Hand& hand) { return hand.user_id == user_id; }) > 0) tell_hands();
}

void InCall::lower_hands() {
  if (hands_.empty()) return;
  hands_.clear();
  tell_hands();
}

Result<void, Error> InCall::take(TimePoint now, TokenBucket& bucket) const {
  if (bucket.take(now)) return {};
  return Error{"rate_limited", "too many in a short time", "", 1};
}

Result<void, Error> InCall::react(TimePoint now, std::string_view user_id, std::string_view emoji) {
  if (emoji.empty() || emoji.size() > kMaxEmoji) {
    return Error{"invalid_argument", "a reaction has 1 to 64 bytes", "emoji"};
  }
  const auto person = people_.find(user_id);
  if (person == people_.end()) return Error{"failed_precondition", "you are not in the call", "callId"};
  if (const auto fault = take(now, person->second.reactions); !fault) return fault.error();
  json::object data = head();
  data["userId"] = user_id;
  data["name"] = person->second.name;
  data["emoji"] = emoji;
  tell("call-reaction", std::move(data));
  return {};
}

// ---- shares ----

Share* InCall::find(std::string_view share_id) {
  const auto found = std::find_if(shares_.begin(), shares_.end(), [&](const Share& s) { return s.id == share_id; });
  return found == shares_.end() ? nullptr : &*found;
}

const Share* InCall::share(std::string_view share_id) const {
  const auto found = std::find_if(shares_.begin(), shares_.end(), [&](const Share& s) { return s.id == share_id; });
  return found == shares_.end() ? nullptr : &*found;
}

Result<Share*, Error> InCall::require(std::string_view share_id) {
  Share* found = find(share_id);
  if (found == nullptr) return not_sharing();
  return found;
}

Result<void, Error> InCall::start_share(std::string_view user_id, std::string share_id) {
  if (!present(user_id)) return Error{"failed_precondition", "you are not in the call", "callId"};
  if (share_id.empty() || share_id.size() > kMaxShareId) {
    return Error{"invalid_argument", "an id has 1 to 64 bytes", "shareId"};
  }
  if (const Share* known = find(share_id)) {
    if (known->sharer == user_id) return {};
    return Error{"already_exists", "another share has this id", "shareId"};
  }
  if (shares_.size() >= config_.max_shares) return Error{"resource_exhausted", "too many shares in this call", ""};
  shares_.push_back(
      {std::move(share_id), std::string(user_id), Drawers::kEveryone, Annotations(config_.strokes), {}, {}});
  tell_shares();
  return {};
}

void InCall::stop_share(std::string_view share_id) {
  Share* ended = find(share_id);
  if (ended == nullptr) return;
  if (!ended->controller.empty()) {
    ended->controller.clear();
    tell_control(*ended);
  }
  shares_.erase(shares_.begin() + (ended - shares_.data()));
  tell_shares();
}

Result<void, Error> InCall::draw(TimePoint now, std::string_view share_id, bool host, Stroke stroke) {
  const auto found = require(share_id);
  if (!found) return found.error();
  Share& share = **found;
  const auto person = people_.find(stroke.author);
  if (person == people_.end()) return Error{"failed_precondition", "you are not in the call", "callId"};
  const bool may = share.sharer == stroke.author || share.drawers == Drawers::kEveryone ||
                   (share.drawers == Drawers::kHosts && host);
  if (!may) return Error{"permission_denied", "the sharer does not let you draw", "shareId"};
  if (const auto fault = take(now, person->second.strokes); !fault) return fault.error();
  json::object data = head(share);
  data["stroke"] = to_json(stroke);
  const auto gone = share.annotations.add(std::move(stroke));
  if (!gone) return gone.error();
  tell("annotation-added", std::move(data));
  tell_removed(share, *gone);
  return {};
}

Result<void, Error> InCall::undo_stroke(std::string_view share_id, std::string_view user_id) {
  const auto found = require(share_id);
  if (!found) return found.error();
  if (auto id = (*found)->annotations.undo(user_id)) {
    tell_removed(**found, {{std::string(user_id), std::move(*id)}});
  }
  return {};
}

Result<void, Error> InCall::clear_strokes(std::string_view share_id, std::string_view author) {
  const auto found = require(share_id);
  if (!found) return found.error();
  Annotations& annotations = (*found)->annotations;
  if ((author.empty() ? annotations.clear() : annotations.clear(author)) == 0) return {};
  json::object data = head(**found);
  data["author"] = or_null(std::string(author));
  tell("annotation-cleared", std::move(data));
  return {};
}

Result<void, Error> InCall::set_drawers(std::string_view share_id, Drawers drawers) {
  const auto found = require(share_id);
  if (!found) return found.error();
  if (std::exchange((*found)->drawers, drawers) != drawers) tell_shares();
  return {};
}

// ---- remote control ----

Result<void, Error> InCall::request_control(std::string_view share_id, std::string_view user_id) {
  const auto found = require(share_id);
  if (!found) return found.error();
  Share& share = **found;
  const auto person = people_.find(user_id);
  if (person == people_.end()) return Error{"failed_precondition", "you are not in the call", "callId"};
  if (share.sharer == user_id) return Error{"failed_precondition", "this is your own screen", "shareId"};
  if (share.controller == user_id) return {};
  if (std::find(share.requests.begin(), share.requests.end(), user_id) != share.requests.end()) return {};
  share.requests.emplace_back(user_id);
  json::object data = head(share);
  data["userId"] = user_id;
  data["name"] = person->second.name;
  tell("control-requested", std::move(data), share.sharer);
  return {};
}

Result<void, Error> InCall::answer_control(std::string_view share_id, std::string_view user_id, bool granted) {
  const auto found = require(share_id);
  if (!found) return found.error();
  Share& share = **found;
  if (std::erase(share.requests, user_id) == 0) {
    return Error{"failed_precondition", "this person did not ask for control", "userId"};
  }
  json::object data = head(share);
  data["granted"] = granted;
  tell("control-answered", std::move(data), user_id);
  if (!granted) return {};
  share.controller = user_id;
  tell_control(share);
  return {};
}

Result<void, Error> InCall::control_input(TimePoint now, std::string_view share_id, std::string_view user_id,
                                          json::object input) {
  const auto found = require(share_id);
  if (!found) return found.error();
  const Share& share = **found;
  const auto person = people_.find(user_id);
  if (person == people_.end() || share.controller != user_id) {
    return Error{"permission_denied", "the sharer has not given you control", "shareId"};
  }
  if (const auto fault = take(now, person->second.inputs); !fault) return fault.error();
  json::object data = head(share);
  data["from"] = user_id;
  data["input"] = std::move(input);
  tell("control-input", std::move(data), share.sharer);
  return {};
}

Result<void, Error> InCall::end_control(std::string_view share_id) {
  const auto found = require(share_id);
  if (!found) return found.error();
  if ((*found)->controller.empty()) return {};
  (*found)->controller.clear();
  tell_control(**found);
  return {};
}

}  // namespace parley::calls
