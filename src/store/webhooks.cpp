#include "store/webhooks.h"

#include <algorithm>
#include <limits>

#include "store/session.h"

namespace parley::store {

namespace {

#define WEBHOOK_COLUMNS "position, id, url, event, body, state, attempts, next_attempt_at, created_at, last_error"

Error no_such_letter() { return Error{"not_found", "there is no such dead webhook", "id"}; }

}  // namespace

Result<void, Error> enqueue_webhook(Session& session, const WebhookDelivery& delivery) {
  // One writer: nobody else takes the number in between. Another program on PostgreSQL would break the key, and its job
  // would fail, not ours.
  session.exec("INSERT INTO webhook_deliveries (" WEBHOOK_COLUMNS
               ") VALUES ((SELECT COALESCE(MAX(position), 0) + 1 FROM webhook_deliveries), :id, :url, :event, :body, "
               "'waiting', 0,"
               " 0, :now, '') ON CONFLICT (id) DO NOTHING",
               delivery.id, delivery.url, delivery.event, delivery.body, session.now_ms());
  return {};
}

Result<std::optional<WebhookDelivery>, Error> next_webhook(Session& session, std::string_view url) {
  return session.row<WebhookDelivery>("SELECT " WEBHOOK_COLUMNS
                                      " FROM webhook_deliveries WHERE state = 'waiting' AND url = :url"
                                      " ORDER BY position LIMIT 1",
                                      url);
}

Result<std::int64_t, Error> count_waiting_webhooks(Session& session, std::string_view url) {
  return *session.value<std::int64_t>("SELECT count(*) FROM webhook_deliveries WHERE state = 'waiting' AND url = :url",
                                      url);
}

Result<std::vector<std::string>, Error> waiting_webhook_urls(Session& session) {
  return session.rows<std::string>("SELECT DISTINCT url FROM webhook_deliveries WHERE state = 'waiting' ORDER BY url");
}

Result<void, Error> webhook_delivered(Session& session, std::string_view id) {
  session.exec("DELETE FROM webhook_deliveries WHERE id = :id", id);
  return {};
}

Result<void, Error> webhook_failed(Session& session, std::string_view id, std::string_view why,
                                   std::int64_t next_attempt_at) {
  session.exec(
      "UPDATE webhook_deliveries SET attempts = attempts + 1, last_error = :why, next_attempt_at = :next WHERE id = "
      ":id",
      why, next_attempt_at, id);
  return {};
}

Result<void, Error> webhook_dead(Session& session, std::string_view id, std::string_view why, std::size_t keep) {
  session.exec(
      "UPDATE webhook_deliveries SET state = 'dead', attempts = attempts + 1, last_error = :why WHERE id = :id", why,
      id);
  session.exec(
      "DELETE FROM webhook_deliveries WHERE state = 'dead' AND position <="
      " (SELECT position FROM webhook_deliveries WHERE state = 'dead' ORDER BY position DESC LIMIT 1 OFFSET :keep)",
      static_cast<std::int64_t>(keep));
  return {};
}

Result<std::int64_t, Error> bury_webhooks(Session& session, std::string_view url, std::string_view why) {
  return session.exec(
      "UPDATE webhook_deliveries SET state = 'dead', last_error = :why WHERE state = 'waiting' AND url = :url", why,
      url);
}

Result<std::vector<WebhookDelivery>, Error> list_dead_webhooks(Session& session, std::int64_t before,
                                                               std::size_t limit) {
  return session.rows<WebhookDelivery>("SELECT " WEBHOOK_COLUMNS
                                       " FROM webhook_deliveries WHERE state = 'dead' AND position < :before"
                                       " ORDER BY position DESC LIMIT :limit",
                                       before == 0 ? std::numeric_limits<std::int64_t>::max() : before,
                                       static_cast<std::int64_t>(std::clamp<std::size_t>(limit, 1, 200)));
}

Result<std::string, Error> retry_dead_webhook(Session& session, std::string_view id) {
  auto url = session.value<std::string>("SELECT url FROM webhook_deliveries WHERE id = :id AND state = 'dead'", id);
  if (!url) return no_such_letter();
  session.exec("UPDATE webhook_deliveries SET state = 'waiting', attempts = 0, next_attempt_at = 0 WHERE id = :id", id);
  return {boost::system::in_place_value, std::move(*url)};
}

Result<void, Error> delete_dead_webhook(Session& session, std::string_view id) {
  if (session.exec("DELETE FROM webhook_deliveries WHERE id = :id AND state = 'dead'", id) == 0) {
    return no_such_letter();
  }
  return {};
}

}  // namespace parley::store
