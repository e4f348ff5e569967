// Webhooks on their way: a row for each event and URL until it is delivered or given up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/result.h"

namespace parley::store {

class Session;

struct WebhookDelivery {
  std::int64_t position = 0;  // order of the events
  std::string id{};           // of this delivery; made by the caller
  std::string url{};
  std::string event{};  // "room_started"
  std::string body{};   // what is sent, byte for byte
  std::string state{};  // "waiting", "dead"
  std::int64_t attempts = 0;
  std::int64_t next_attempt_at = 0;  // ms; 0: at once
  std::int64_t created_at = 0;
  std::string last_error{};

  auto columns() {
    return std::tie(position, id, url, event, body, state, attempts, next_attempt_at, created_at, last_error);
  }
};

// Appends it as waiting; position and times are set. Nothing happens when the id is known.
Result<void, Error> enqueue_webhook(Session& session, const WebhookDelivery& delivery);
// The oldest one that waits for this URL: the only one that may be sent next.
Result<std::optional<WebhookDelivery>, Error> next_webhook(Session& session, std::string_view url);
Result<std::int64_t, Error> count_waiting_webhooks(Session& session, std::string_view url);
// Those with deliveries waiting.
Result<std::vector<std::string>, Error> waiting_webhook_urls(Session& session);

Result<void, Error> webhook_delivered(Session& session, std::string_view id);
// One more attempt failed; the next is due at that time.
Result<void, Error> webhook_failed(Session& session, std::string_view id, std::string_view why,
                                   std::int64_t next_attempt_at);
// Given up. Of all dead letters the newest `keep` stay.
Result<void, Error> webhook_dead(Session& session, std::string_view id, std::string_view why, std::size_t keep);
// All that wait for the URL, for it is no longer wanted.
Result<std::int64_t, Error> bury_webhooks(Session& session, std::string_view url, std::string_view why);

// Newest first; `before`: the position of the last one seen, 0: from the newest on.
Result<std::vector<WebhookDelivery>, Error> list_dead_webhooks(Session& session, std::int64_t before,
                                                               std::size_t limit);
// Waits again, at its old place in the order; the answer is its URL. Error "not_found" where no such letter is dead.
Result<std::string, Error> retry_dead_webhook(Session& session, std::string_view id);
Result<void, Error> delete_dead_webhook(Session& session, std::string_view id);

}  // namespace parley::store
