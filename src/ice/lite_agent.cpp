#include "ice/lite_agent.h"

#include <algorithm>
#include <utility>

#include "ice/stun_agent.h"
#include "ice/stun_frame.h"

namespace parley::ice {
namespace {

// ufrag: marker, shard in base 64 (three digits, most significant first), then randomness.
constexpr char kUfragMarker = 'P';
constexpr std::size_t kShardDigits = 3;
constexpr std::size_t kUfragRandom = 8;  // 48 bits; RFC 8445 section 5.3 asks 24
constexpr std::size_t kUfragSize = 1 + kShardDigits + kUfragRandom;
constexpr std::size_t kPwdSize = 24;  // 144 bits; RFC 8445 section 5.3 asks 128
constexpr std::string_view kIceChars = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

Credentials make_credentials(RandomSource& random, std::uint16_t shard) {
  Credentials out;
  out.ufrag = {kUfragMarker, kIceChars[(shard >> 12U) & 63U], kIceChars[(shard >> 6U) & 63U], kIceChars[shard & 63U]};
  out.ufrag += random.token(kUfragRandom);
  out.pwd = random.token(kPwdSize);
  return out;
}

std::optional<std::uint16_t> shard_of(std::string_view local_ufrag) {
  if (local_ufrag.size() != kUfragSize || local_ufrag.front() != kUfragMarker) return std::nullopt;
  if (local_ufrag.find_first_not_of(kIceChars) != std::string_view::npos) return std::nullopt;
  std::uint32_t shard = 0;
  for (const char c : local_ufrag.substr(1, kShardDigits)) {
    shard = (shard << 6U) | static_cast<std::uint32_t>(kIceChars.find(c));
  }
  if (shard > 0xFFFFU) return std::nullopt;
  return static_cast<std::uint16_t>(shard);
}

Result<std::string_view> peek_local_ufrag(ByteView stun) {
  const auto frame = parse_stun_frame(stun);
  if (!frame) return frame.error();
  if (frame->type != kBindingRequest) return DropReason::kStunUnsupported;
  if (!frame->username) return DropReason::kStunMalformed;
  const std::size_t colon = frame->username->find(':');
  if (colon == std::string_view::npos || colon == 0) return DropReason::kStunMalformed;
  return frame->username->substr(0, colon);
}

struct LiteAgent::AuthenticatedCheck {
  bool current = false;  // with local_, not with what it replaces
  bool use_candidate = false;
  std::uint32_t priority = 0;
};

namespace {

struct Lookup {
  const LiteAgent* agent = nullptr;
  const Credentials* found = nullptr;
  const Credentials* (*find)(const LiteAgent&, std::string_view username) = nullptr;
};

// libnice asks this for the password of a USERNAME. It writes to neither, whatever its prototype says.
bool look_up_password(StunAgent* /*agent*/, StunMessage* /*message*/, std::uint8_t* username,
                      std::uint16_t username_size, std::uint8_t** password, std::size_t* password_size,
                      void* user_data) {
  Lookup& lookup = *static_cast<Lookup*>(user_data);
  lookup.found = lookup.find(*lookup.agent, as_text({username, username_size}));
  if (lookup.found == nullptr) return false;
  *password = reinterpret_cast<std::uint8_t*>(const_cast<char*>(lookup.found->pwd.data()));
  *password_size = lookup.found->pwd.size();
  return true;
}

// RFC 8445 section 7.1.1 requires PRIORITY; without it a check proves its sender all the same and merely loses ties.
std::uint32_t priority_of(const StunMessage& request) {
  std::uint32_t priority = 0;
  if (stun_message_find32(&request, STUN_ATTRIBUTE_PRIORITY, &priority) != STUN_MESSAGE_RETURN_SUCCESS) return 0;
  return priority;
}

std::size_t write_error(StunAgent& agent, ByteSpan out, const StunMessage& request, StunError code) {
  StunMessage response;
  if (!stun_agent_init_error(&agent, &response, out.data(), out.size(), &request, code)) return 0;
  return stun_agent_finish_message(&agent, &response, request.key, request.key_len);
}

std::size_t write_success(StunAgent& agent, ByteSpan out, const StunMessage& request, const Address& from) {
  StunMessage response;
  sockaddr_storage address{};
  const socklen_t size = to_sockaddr(from, address);
  if (!stun_agent_init_response(&agent, &response, out.data(), out.size(), &request)) return 0;
  if (stun_message_append_xor_addr(&response, STUN_ATTRIBUTE_XOR_MAPPED_ADDRESS, &address, size) !=
      STUN_MESSAGE_RETURN_SUCCESS) {
    return 0;
  }
  return stun_agent_finish_message(&agent, &response, request.key, request.key_len);
}

// Answers everything that is not an authenticated check of a controlling peer. nullopt: it is one.
std::optional<Result<LiteAgent::Handled>> refuse(StunAgent& agent, StunValidationStatus status,
                                                 const StunMessage& request, ByteSpan out) {
  LiteAgent::Handled handled;
  switch (status) {
    case STUN_VALIDATION_SUCCESS:
      if (!stun_message_has_attribute(&request, STUN_ATTRIBUTE_ICE_CONTROLLED)) return std::nullopt;
      // A lite agent cannot control (RFC 8445 section 6.1.1), so whatever the tie-breakers say the peer has to switch.
      handled.refused = DropReason::kStunRoleConflict;
      handled.response_size = write_error(agent, out, request, STUN_ERROR_ROLE_CONFLICT);
      break;
    case STUN_VALIDATION_UNAUTHORIZED_BAD_REQUEST:
      handled.refused = DropReason::kStunMalformed;
      handled.response_size = write_error(agent, out, request, STUN_ERROR_BAD_REQUEST);
      break;
    case STUN_VALIDATION_UNAUTHORIZED:
      handled.refused = DropReason::kStunBadIntegrity;
      handled.response_size = write_error(agent, out, request, STUN_ERROR_UNAUTHORIZED);
      break;
    case STUN_VALIDATION_UNKNOWN_REQUEST_ATTRIBUTE: {
      StunMessage response;
      handled.refused = DropReason::kStunUnsupported;
      handled.response_size =
          stun_agent_build_unknown_attributes_error(&agent, &response, out.data(), out.size(), &request);
      break;
    }
    default:
      return Result<LiteAgent::Handled>(DropReason::kStunMalformed);
  }
  if (handled.response_size == 0) return Result<LiteAgent::Handled>(*handled.refused);
  return Result<LiteAgent::Handled>(handled);
}

}  // namespace

LiteAgent::LiteAgent(TimePoint now, Credentials local, Config config)
    : local_(std::move(local)), config_(config), created_(now) {}

void LiteAgent::set_remote(const Credentials& remote) { remote_ = remote; }

void LiteAgent::restart(Credentials local) {
  // A second restart before the first was taken up: the peer still uses the oldest ones.
  if (state_ == State::kExpired) {
    previous_local_.reset();
  } else if (!previous_local_) {
    previous_local_ = std::move(local_);
  }
  local_ = std::move(local);
  local_expired_ = false;
  remote_.reset();
}

const Credentials* LiteAgent::credentials_of(std::string_view username) const {
  const std::size_t colon = username.find(':');
  if (colon == std::string_view::npos) return nullptr;
  const std::string_view ufrag = username.substr(0, colon);
  // Without a password libnice would take any integrity for good.
  if (ufrag == local_.ufrag && !local_.pwd.empty()) {
    const bool known_peer = !remote_ || username.substr(colon + 1) == remote_->ufrag;
    return known_peer ? &local_ : nullptr;
  }
  if (previous_local_ && ufrag == previous_local_->ufrag && !previous_local_->pwd.empty()) return &*previous_local_;
  return nullptr;
}

Result<LiteAgent::Handled> LiteAgent::handle_stun(TimePoint now, const Address& from, ByteView stun,
                                                  ByteSpan response_out) {
  const auto frame = parse_stun_frame(stun);
  if (!frame) return frame.error();
  if (frame->type != kBindingRequest) return DropReason::kStunUnsupported;
  if (!frame->has_fingerprint) return DropReason::kStunMalformed;
  if (local_expired_) return DropReason::kStunUnknownUfrag;

  StunAgent agent;
  StunMessage request;
  init_stun_agent(agent);
  Lookup lookup{this, nullptr, [](const LiteAgent& self, std::string_view name) { return self.credentials_of(name); }};
  const auto status = stun_agent_validate(&agent, &request, stun.data(), stun.size(), &look_up_password, &lookup);
  if (auto refusal = refuse(agent, status, request, response_out)) return *refusal;

  Handled handled;
  handled.response_size = write_success(agent, response_out, request, from);
  if (handled.response_size == 0) return DropReason::kStunMalformed;
  accept(now, from,
         AuthenticatedCheck{.current = lookup.found == &local_,
                            .use_candidate = stun_message_has_attribute(&request, STUN_ATTRIBUTE_USE_CANDIDATE),
                            .priority = priority_of(request)},
         handled);
  return handled;
}

bool LiteAgent::should_select(TimePoint now, const Address& from, const AuthenticatedCheck& check) const {
  if (!selected_) return true;
  if (*selected_ == from) return false;
  if (!check.use_candidate) return now - selected_heard_ > kSilentAfter;
  if (!nomination_ || now - nomination_->first >= kNominationWindow) return true;
  if (check.priority != nomination_->priority) return check.priority > nomination_->priority;
  return selected_->protocol != Protocol::kUdp || from.protocol == Protocol::kUdp;
}

void LiteAgent::accept(TimePoint now, const Address& from, const AuthenticatedCheck& check, Handled& handled) {
  if (check.current && previous_local_) {
    previous_local_.reset();
    nomination_.reset();  // the new generation nominates afresh
  }
  if (should_select(now, from, check)) {
    selected_ = from;
    handled.address_changed = true;
  }
  if (selected_ == from) {
    selected_heard_ = now;
    if (check.use_candidate) {
      if (!nomination_) nomination_ = Nomination{.first = now};
      nomination_->priority = check.priority;
    }
  }
  last_consent_ = std::max(last_consent_, now);
  handled.became_connected = state_ != State::kConnected;
  state_ = State::kConnected;
}

void LiteAgent::note_activity(TimePoint now) {
  if (state_ == State::kConnected) last_consent_ = std::max(last_consent_, now);
}

TimePoint LiteAgent::deadline() const {
  switch (state_) {
    case State::kNew:
      return created_ + config_.establish_timeout;
    case State::kConnected:
      return last_consent_ + config_.consent_timeout;
    case State::kExpired:
      break;
  }
  return kNever;
}

void LiteAgent::handle_timeout(TimePoint now) {
  if (now < deadline()) return;
  state_ = State::kExpired;
  local_expired_ = true;
  previous_local_.reset();
}

}  // namespace parley::ice
