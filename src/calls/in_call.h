// What people do within one call and what nobody writes down: raised hands, reactions, strokes on a shared screen and
// its remote control. Sans-IO: a call takes an action, checks its limits and what the sharer decided, and leaves events
// to deliver. Who may what by role is asked before (auth::authorize); the few facts needed for that are readable here.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/subject.h"
#include "base/result.h"
#include "base/time.h"
#include "base/token_bucket.h"
#include "calls/annotations.h"

namespace parley::calls {

struct InCallConfig {
  bool limits_enabled = true;  // rates
  Rate reaction_rate{5, 10};
  Rate stroke_rate{60, 120};
  Rate control_input_rate{250, 500};
  std::size_t max_shares = 16;
  StrokeLimits strokes;
};

// To the people named.
struct InCallEvent {
  std::string name;
  boost::json::object data;
  std::vector<std::string> to;
};

struct Share {
  std::string id;
  std::string sharer;
  Drawers drawers = Drawers::kEveryone;
  Annotations annotations;
  std::vector<std::string> requests;  // who asks for control, in order
  std::string controller;             // empty: nobody
};

class InCall {
 public:
  InCall(InCallConfig config, std::string call_id, std::string room_id);

  void came(std::string user_id, std::string name);
  // Hand, shares, requests and control go, too; strokes stay as long as their share.
  void went(std::string_view user_id);
  [[nodiscard]] bool present(std::string_view user_id) const { return people_.contains(user_id); }

  void raise_hand(TimePoint now, std::string_view user_id);
  void lower_hand(std::string_view user_id);
  void lower_hands();
  Result<void, Error> react(TimePoint now, std::string_view user_id, std::string_view emoji);

  Result<void, Error> start_share(std::string_view user_id, std::string share_id);
  // Its strokes and its control end.
  void stop_share(std::string_view share_id);
  [[nodiscard]] const Share* share(std::string_view share_id) const;

  // host: counts as one for Drawers::kHosts.
  Result<void, Error> draw(TimePoint now, std::string_view share_id, bool host, Stroke stroke);
  Result<void, Error> undo_stroke(std::string_view share_id, std::string_view user_id);
  // author empty: everybody's.
  Result<void, Error> clear_strokes(std::string_view share_id, std::string_view author);
  Result<void, Error> set_drawers(std::string_view share_id, Drawers drawers);

  Result<void, Error> request_control(std::string_view share_id, std::string_view user_id);
  // To one who asked. A grant takes the control from whoever had it.
  Result<void, Error> answer_control(std::string_view share_id, std::string_view user_id, bool granted);
  // From the one in control to the sharer, nobody else sees it.
  Result<void, Error> control_input(TimePoint now, std::string_view share_id, std::string_view user_id,
                                    boost::json::object input);
  Result<void, Error> end_control(std::string_view share_id);

  // {callId, roomId, hands, shares: [{…, strokes}]}
  [[nodiscard]] boost::json::object state() const;
  [[nodiscard]] std::vector<InCallEvent> take_events();

 private:
  struct Hand {
    std::string user_id;
    std::int64_t raised_at = 0;
  };
  struct Present {
    std::string name;
    TokenBucket reactions;
    TokenBucket strokes;
    TokenBucket inputs;
  };

  Share* find(std::string_view share_id);
  Result<Share*, Error> require(std::string_view share_id);
  [[nodiscard]] std::vector<std::string> everybody() const;
  [[nodiscard]] boost::json::object head() const;
  [[nodiscard]] boost::json::object head(const Share& share) const;
  [[nodiscard]] boost::json::array hands() const;
  void tell(std::string name, boost::json::object data);
  void tell(std::string name, boost::json::object data, std::string_view user_id);
  void tell_hands();
  void tell_shares();
  void tell_control(const Share& share);
  void tell_removed(const Share& share, const std::vector<Annotations::Gone>& gone);
  Result<void, Error> take(TimePoint now, TokenBucket& bucket) const;

  InCallConfig config_;
  std::string call_id_;
  std::string room_id_;
  std::map<std::string, Present, std::less<>> people_;
  std::vector<Hand> hands_;  // in the order of raising
  std::vector<Share> shares_;
  std::vector<InCallEvent> events_;
};

}  // namespace parley::calls
