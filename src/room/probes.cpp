#include "room/probes.h"

#include <algorithm>

#include "sdp/publisher_answer.h"

namespace parley::room {
namespace {

Error unusable(const Error& error) { return {"invalid_argument", error.message, "sdp"}; }

}  // namespace

Result<std::string, Error> Probes::open(TimePoint now, const std::string& offer, Protocol protocol) {
  const Limits& limits = context_.config.limits;
  if (probes_.size() >= limits.probes) return Error{"resource_exhausted", "too many checks at once", ""};
  const auto description = sdp::parse(offer, {.bytes = limits.sdp, .media_sections = 1});
  if (!description) return unusable(description.error());
  const auto remote = sdp::remote_transport(*description);
  if (!remote) return unusable(remote.error());

  // Nobody has the numbers 0: what the shards tell of this transport finds no one.
  auto link = std::make_unique<Link>(context_, RoomId{}, ParticipantId{}, context_.media.place(), false);
  sdp::PublisherAnswerInput input;
  input.transport = link->local();
  std::erase_if(input.transport.candidates,
                [protocol](const sdp::Candidate& candidate) { return candidate.transport != protocol; });
  if (input.transport.candidates.empty()) {
    return Error{"failed_precondition", "no port of that protocol is open here", "protocol"};
  }
  input.session_id = context_.random.u64() >> 2U;
  const auto answer = sdp::answer_publisher_offer(*description, input);
  if (!answer) return unusable(answer.error());
  link->set_remote(answer->remote,
                   answer->local_setup == sdp::Setup::kActive ? dtls::Role::kClient : dtls::Role::kServer);

  const TimePoint until = now + context_.config.timeouts.probe;
  probes_.push_back({std::move(link), until});
  end_.set_by(until);
  return {boost::system::in_place_value, sdp::print(answer->answer)};
}

void Probes::handle_timeout(TimePoint now) {
  if (!end_.due(now)) return;
  while (!probes_.empty() && probes_.front().until <= now) probes_.pop_front();
  if (!probes_.empty()) end_.set(probes_.front().until);
}

void Probes::close() {
  probes_.clear();
  end_.clear();
}

}  // namespace parley::room
