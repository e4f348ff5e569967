// Who is in a room: the owner of its participants, with the ways to find them and to speak to all of them.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "room/participant.h"

namespace parley::room {

class Members {
 public:
  using Map = std::map<ParticipantId, std::unique_ptr<Participant>>;  // in order of joining

  Participant& add(std::unique_ptr<Participant> participant);
  void erase(Participant& participant);
  [[nodiscard]] Participant* find(ParticipantId id) const;
  [[nodiscard]] Participant* by_identity(const std::string& identity) const;
  [[nodiscard]] Participant* by_sid(const std::string& sid) const;
  [[nodiscard]] const Map& all() const { return all_; }
  [[nodiscard]] std::vector<ParticipantId> ids() const;  // to walk while members go
  [[nodiscard]] bool empty() const { return all_.empty(); }
  [[nodiscard]] std::size_t size() const { return all_.size(); }

  // Tracks by sid, published or about to be.
  void own_track(const std::string& track_sid, ParticipantId owner) { owners_[track_sid] = owner; }
  void disown_track(const std::string& track_sid) { owners_.erase(track_sid); }
  [[nodiscard]] Participant* owner_of(const std::string& track_sid) const;

  // The participant as it is now, to everybody who knows of it and to itself.
  void announce(Participant& participant);
  // That it left, to everybody else; remembered for those who resume later.
  void announce_departure(TimePoint now, Participant& participant, DisconnectReason reason);
  [[nodiscard]] std::vector<ParticipantInfoRef> departed_since(TimePoint when) const;
  void send_all(const SignalEvent& event);

  // Everybody who gets a track of this participant.
  [[nodiscard]] std::vector<Participant*> audience_of(const Participant& participant) const;

 private:
  // Sessions that broke off come back within a minute or not at all.
  static constexpr Duration kRememberDepartures = 60s;

  struct Departure {
    TimePoint at;
    ParticipantInfoRef info;
  };
  Map all_;
  std::unordered_map<std::string, Participant*> by_identity_;
  std::unordered_map<std::string, Participant*> by_sid_;
  std::unordered_map<std::string, ParticipantId> owners_;
  std::deque<Departure> departures_;
};

}  // namespace parley::room
