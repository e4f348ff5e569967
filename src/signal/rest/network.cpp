// What a network lets through, found out before a call.
#include "signal/rest/routes.h"

namespace parley::signal::rest {

namespace json = boost::json;

namespace {

constexpr std::size_t kMaxOffer = 64U << 10U;
constexpr std::size_t kMaxUpload = 256U << 10U;

Reply check_path(State& state, const Request& request, auth::Subject /*subject*/) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  const std::string offer = fields.text("sdp", {1, kMaxOffer, common::TextForm::kLines});
  const bool tcp = fields.choice("protocol", {"udp", "tcp"}) == "tcp";
  if (!fields.ok()) co_return problem(fields.error());
  if (!state.config.probe) co_return problem(Error{"unavailable", "no calls are held here", ""});
  const auto answer = state.config.probe(offer, tcp);
  if (!answer) co_return problem(answer.error());
  co_return json_answer(201, {{"sdp", *answer}});
}

// Its time is what the client wants to know; what was sent is nobody's business.
Reply take_upload(State& /*state*/, const Request& request, auth::Subject /*subject*/) {
  if (request.body.size() > kMaxUpload) {
    co_return problem(Error{"payload_too_large", "at most 256 KiB tell enough", ""});
  }
  co_return no_content();
}

}  // namespace

void add_network_routes(Routes& routes) {
  routes.add(Method::post, "/network-checks", Cost::kInvite, check_path);
  routes.add(Method::post, "/network-checks/upload", Cost::kWrite, take_upload);
}

}  // namespace parley::signal::rest
