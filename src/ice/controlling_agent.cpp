#include "ice/controlling_agent.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "ice/stun_agent.h"
#include "ice/stun_frame.h"

namespace parley::ice {
namespace {

constexpr std::size_t kMaxRequestSize = 1024;

// What a peer-reflexive candidate of ours would have (RFC 8445 sections 5.1.2 and 7.1.1). TCP has the lower local
// preference, so that a lite peer which sees both nominated takes UDP.
std::uint32_t check_priority(Protocol protocol) {
  constexpr std::uint32_t kPeerReflexive = 110;
  const std::uint32_t local_preference = protocol == Protocol::kUdp ? 65535 : 32767;
  return (kPeerReflexive << 24U) | (local_preference << 8U) | 255U;
}

// libnice remembers requests in the agent that finished them; ours live for one message, so this puts the one back.
void remember_request(StunAgent& agent, const std::uint8_t* id, std::string& password) {
  StunAgentSavedIds& saved = agent.sent_ids[0];
  std::memcpy(saved.id, id, sizeof(saved.id));
  saved.method = STUN_BINDING;
  saved.key = reinterpret_cast<std::uint8_t*>(password.data());
  saved.key_len = password.size();
  saved.long_term_valid = false;
  saved.valid = true;
}

std::optional<Address> mapped_address_of(const StunMessage& response, Protocol protocol) {
  sockaddr_storage address{};
  socklen_t size = sizeof(address);
  if (stun_message_find_xor_addr(&response, STUN_ATTRIBUTE_XOR_MAPPED_ADDRESS, &address, &size) !=
      STUN_MESSAGE_RETURN_SUCCESS) {
    return std::nullopt;
  }
  return from_sockaddr(address, protocol);
}

}  // namespace

ControllingAgent::ControllingAgent(TimePoint now, Credentials local, RandomSource& random, ControllingConfig config)
    : local_(std::move(local)), random_(&random), config_(config), tie_breaker_(random.u64()), started_(now) {}

void ControllingAgent::set_remote(TimePoint now, Credentials remote) {
  remote_ = std::move(remote);
  for (Pair& pair : pairs_) {
    if (!pair.check && !pair.answered) begin_check(now, pair, false);
  }
}

void ControllingAgent::add_remote_candidate(TimePoint now, const Address& address, std::uint32_t priority) {
  if (find_pair(address) != nullptr) return;
  Pair& pair = pairs_.emplace_back(Pair{.remote = address, .priority = priority, .check = std::nullopt});
  if (remote_) begin_check(now, pair, false);
}

void ControllingAgent::restart(TimePoint now, Credentials local) {
  local_ = std::move(local);
  remote_.reset();
  pairs_.clear();
  outgoing_.clear();
  nominated_ = false;
  nominate_at_ = kNever;
  started_ = now;
  if (state_ == State::kExpired) state_ = State::kNew;
}

bool ControllingAgent::nominate(TimePoint now, const Address& address) {
  Pair* pair = find_pair(address);
  if (pair == nullptr || !remote_ || state_ == State::kExpired) return false;
  nominate_at_ = kNever;
  for (Pair& other : pairs_) {
    // An answer to an older nomination must not undo this one.
    if (other.check && other.check->use_candidate) other.check.reset();
    other.next_check = kNever;
  }
  begin_check(now, *pair, true);
  return true;
}

std::optional<ControllingAgent::Transmit> ControllingAgent::poll_transmit() {
  if (outgoing_.empty()) return std::nullopt;
  Transmit out = std::move(outgoing_.front());
  outgoing_.pop_front();
  return out;
}

TimePoint ControllingAgent::expiry() const {
  switch (state_) {
    case State::kNew:
      return started_ + config_.establish_timeout;
    case State::kConnected:
      return last_consent_ + config_.consent_timeout;
    case State::kExpired:
      break;
  }
  return kNever;
}

TimePoint ControllingAgent::deadline() const {
  if (state_ == State::kExpired) return kNever;
  TimePoint out = soonest(expiry(), nominate_at_);
  for (const Pair& pair : pairs_) out = soonest(out, pair.check ? pair.check->next_send : pair.next_check);
  return out;
}

void ControllingAgent::handle_timeout(TimePoint now) {
  if (state_ == State::kExpired) return;
  if (now >= expiry()) {
    state_ = State::kExpired;
    outgoing_.clear();
    return;
  }
  for (Pair& pair : pairs_) advance_pair(now, pair);
  if (now >= nominate_at_) nominate_best(now);
}

void ControllingAgent::advance_pair(TimePoint now, Pair& pair) {
  if (!pair.check) {
    if (now >= pair.next_check) begin_check(now, pair, is_selected(pair));
    return;
  }
  if (now < pair.check->next_send) return;
  if (pair.check->sends < config_.max_sends) {
    send_check(now, pair);
  } else {
    check_failed(now, pair);
  }
}

void ControllingAgent::begin_check(TimePoint now, Pair& pair, bool use_candidate) {
  pair.next_check = kNever;
  Check& check = pair.check.emplace(Check{.use_candidate = use_candidate, .rto = config_.initial_rto, .bytes = {}});
  store_be<std::uint32_t>(check.id.data(), kStunMagicCookie);
  random_->fill(ByteSpan(check.id).subspan(4));

  StunAgent agent;
  init_stun_agent(agent);
  check.bytes.resize(kMaxRequestSize);
  StunMessage request{};
  request.agent = &agent;
  request.buffer = check.bytes.data();
  request.buffer_len = check.bytes.size();
  const std::string username = remote_->ufrag + ":" + local_.ufrag;
  std::string& password = remote_->pwd;
  // stun_agent_init_request would draw the transaction id itself, and a simulation would not repeat from its seed.
  bool ok = stun_message_init(&request, STUN_REQUEST, STUN_BINDING, check.id.data());
  const auto append = [&ok](StunMessageReturn result) { ok = ok && result == STUN_MESSAGE_RETURN_SUCCESS; };
  append(stun_message_append_bytes(&request, STUN_ATTRIBUTE_USERNAME, username.data(), username.size()));
  if (use_candidate) append(stun_message_append_flag(&request, STUN_ATTRIBUTE_USE_CANDIDATE));
  append(stun_message_append32(&request, STUN_ATTRIBUTE_PRIORITY, check_priority(pair.remote.protocol)));
  append(stun_message_append64(&request, STUN_ATTRIBUTE_ICE_CONTROLLING, tie_breaker_));
  const std::size_t size =
      !ok ? 0
          : stun_agent_finish_message(&agent, &request, reinterpret_cast<const std::uint8_t*>(password.data()),
                                      password.size());
  check.bytes.resize(size);
  if (size == 0) {  // a ufrag beyond what USERNAME can hold: no later attempt does better
    pair.check.reset();
    return;
  }
  send_check(now, pair);
}

void ControllingAgent::send_check(TimePoint now, Pair& pair) {
  Check& check = *pair.check;
  ++check.sends;
  check.next_send = now + check.rto;
  check.rto = std::min(check.rto * 2, config_.max_rto);
  outgoing_.push_back(Transmit{pair.remote, check.bytes});
}

void ControllingAgent::check_failed(TimePoint now, Pair& pair) {
  const bool was_nominating = pair.check->use_candidate && !is_selected(pair);
  pair.check.reset();
  pair.answered = false;
  pair.next_check = now + config_.retry_after;
  if (was_nominating) nominate_best(now);
}

void ControllingAgent::check_answered(TimePoint now, Pair& pair) {
  const bool nominating = pair.check->use_candidate;
  pair.check.reset();
  pair.answered = true;
  if (nominating) {
    selected_ = pair.remote;
    nominated_ = true;
    nominate_at_ = kNever;
    state_ = State::kConnected;
  }
  if (is_selected(pair)) {
    last_consent_ = now;
    // RFC 7675 section 5.1: spread over 0.8 to 1.2 of the interval, so that checks of many peers do not line up.
    const auto permille = static_cast<std::int64_t>(800 + random_->u32() % 401);
    pair.next_check = now + config_.consent_interval * permille / 1000;
    return;
  }
  if (nominated_ || nominate_at_ != kNever) return;
  const bool best =
      std::all_of(pairs_.begin(), pairs_.end(), [&pair](const Pair& other) { return other.priority <= pair.priority; });
  nominate_at_ = best ? now : now + config_.nomination_patience;
  if (best) nominate_best(now);
}

void ControllingAgent::nominate_best(TimePoint now) {
  nominate_at_ = kNever;
  if (nominated_) return;
  Pair* best = nullptr;
  for (Pair& pair : pairs_) {
    if (pair.check && pair.check->use_candidate) return;  // one nomination at a time (RFC 8445 section 8.1.1)
    if (pair.answered && (best == nullptr || pair.priority > best->priority)) best = &pair;
  }
  if (best != nullptr) begin_check(now, *best, true);
}

ControllingAgent::Pair* ControllingAgent::find_pair(const Address& remote) {
  const auto it = std::find_if(pairs_.begin(), pairs_.end(), [&](const Pair& p) { return p.remote == remote; });
  return it == pairs_.end() ? nullptr : &*it;
}

ControllingAgent::Pair* ControllingAgent::find_transaction(ByteView id) {
  const auto it = std::find_if(pairs_.begin(), pairs_.end(), [&](const Pair& pair) {
    return pair.check && std::equal(id.begin(), id.end(), pair.check->id.begin(), pair.check->id.end());
  });
  return it == pairs_.end() ? nullptr : &*it;
}

Result<void> ControllingAgent::handle_stun(TimePoint now, const Address& from, ByteView stun) {
  const auto frame = parse_stun_frame(stun);
  if (!frame) return frame.error();
  if (frame->type != kBindingSuccess && frame->type != kBindingError) return DropReason::kStunUnsupported;
  Pair* pair = find_transaction(frame->transaction);
  // An answer from elsewhere than the check went to is no proof of that path (RFC 8445 section 7.2.5.2.1).
  if (pair == nullptr || pair->remote != from || state_ == State::kExpired) return DropReason::kStunUnsupported;

  StunAgent agent;
  StunMessage response;
  init_stun_agent(agent);
  remember_request(agent, pair->check->id.data(), remote_->pwd);
  switch (stun_agent_validate(&agent, &response, stun.data(), stun.size(), nullptr, nullptr)) {
    case STUN_VALIDATION_SUCCESS:
      break;
    case STUN_VALIDATION_UNAUTHORIZED:
    case STUN_VALIDATION_UNAUTHORIZED_BAD_REQUEST:
      return DropReason::kStunBadIntegrity;
    case STUN_VALIDATION_UNKNOWN_ATTRIBUTE:
      return DropReason::kStunUnsupported;
    default:
      return DropReason::kStunMalformed;
  }
  if (frame->type == kBindingError) {
    int code = 0;
    if (stun_message_find_error(&response, &code) != STUN_MESSAGE_RETURN_SUCCESS) return DropReason::kStunMalformed;
    last_error_ = code;
    check_failed(now, *pair);
    return {};
  }
  const auto mapped = mapped_address_of(response, from.protocol);
  if (!mapped) return DropReason::kStunMalformed;
  mapped_ = mapped;
  check_answered(now, *pair);
  return {};
}

}  // namespace parley::ice
