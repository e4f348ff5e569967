#include "metrics/workplace_families.h"

namespace parley::metrics {
namespace {

double number(std::uint64_t value) { return static_cast<double>(value); }

void add_database(Families& out, const store::Stats& s) {
  // One family over both lanes: value picks the figure.
  const auto per_lane = [&](auto add) {
    add(s.read, Labels{{"lane", "read"}});
    add(s.write, Labels{{"lane", "write"}});
  };
  using Lane = store::LaneStats;
  const auto latency = [&](const char* name, const char* help, work::LatencyHistogram Lane::*histogram) {
    per_lane([&](const Lane& lane, const Labels& labels) {
      const work::LatencyHistogram& h = lane.*histogram;
      out.histogram(name, help, work::LatencyHistogram::kBounds, h.counts(), h.sum_seconds(), labels);
    });
  };
  latency("parley_database_seconds", "How long database jobs ran.", &Lane::run);
  latency("parley_database_wait_seconds", "How long database jobs waited for a connection.", &Lane::wait);
  per_lane([&](const Lane& lane, const Labels& labels) {
    out.gauge("parley_database_queue", "Database jobs that wait now.", number(lane.queued), labels);
  });
  per_lane([&](const Lane& lane, const Labels& labels) {
    out.counter("parley_database_errors_total", "Database jobs that the database failed.", number(lane.errors), labels);
  });
  per_lane([&](const Lane& lane, const Labels& labels) {
    out.counter("parley_database_refused_total", "Database jobs refused because too many waited.", number(lane.refused),
                labels);
  });
  out.counter("parley_database_commits_total", "Commits.", number(s.commits));
  out.counter("parley_database_committed_jobs_total", "Jobs in those commits.", number(s.committed_jobs));
  out.counter("parley_database_reconnects_total", "Lost connections that came back.", number(s.reconnects));
}

void add_delivery(Families& out, const WorkplaceSnapshot& s) {
  out.gauge("parley_sockets", "Connected clients.", number(s.sockets.socketio), {{"wire", "socketio"}});
  out.gauge("parley_sockets", "Connected clients.", number(s.sockets.json), {{"wire", "json"}});
  out.counter("parley_sockets_accepted_total", "Clients that connected.", number(s.sockets.accepted));
  out.counter("parley_sockets_refused_total", "Clients whose token or rate was refused.", number(s.sockets.refused));
  out.counter("parley_client_events_total", "Events from clients.", number(s.sockets.events));
  out.counter("parley_client_event_errors_total", "Events answered with an error.", number(s.sockets.errors));
  out.gauge("parley_people_connected", "People with a connected client.", number(s.hub.users));
  out.gauge("parley_chat_rooms_connected", "Chat rooms with somebody connected.", number(s.hub.rooms));
  out.counter("parley_events_published_total", "Events for rooms and people.", number(s.hub.published));
  out.counter("parley_events_delivered_total", "The same times the clients that got them.", number(s.hub.delivered));
  out.histogram("parley_message_fanout_seconds",
                "Request to send received to the last connected device given the message.",
                work::LatencyHistogram::kBounds, s.fanout.counts(), s.fanout.sum_seconds());
  out.gauge("parley_events_held", "Events that wait for an earlier one of their room.", number(s.hub.held));
  out.counter("parley_event_gaps_total", "Times that an event waited in vain for an earlier one.", number(s.hub.gaps));
  out.counter("parley_slow_clients_total", "Clients dropped because they took too little.", number(s.hub.slow_devices));
}

void add_calls(Families& out, const calls::Service::Stats& s) {
  out.gauge("parley_calls", "Calls now.", number(s.live_calls));
  out.gauge("parley_calls_ringing", "Calls that nobody has answered yet.", number(s.ringing));
  out.gauge("parley_call_participants", "People in calls.", number(s.participants));
  out.counter("parley_calls_started_total", "Calls started.", number(s.started));
  out.counter("parley_calls_answered_total", "Calls answered.", number(s.answered));
  out.counter("parley_calls_missed_total", "Calls that nobody answered.", number(s.missed));
}

void add_files(Families& out, const WorkplaceSnapshot& s) {
  out.gauge("parley_uploads", "Uploads that take bytes now.", number(s.uploads.writing));
  out.counter("parley_upload_bytes_total", "Bytes received by uploads.", number(s.uploads.bytes_in));
  out.counter("parley_uploads_created_total", "Uploads begun.", number(s.uploads.created));
  out.counter("parley_uploads_finished_total", "Uploads that became files.", number(s.uploads.finished));
  out.counter("parley_uploads_refused_total", "Complete uploads that were not taken.", number(s.files.refused));
  out.gauge("parley_downloads", "Downloads now.", number(s.files.downloads_open));
  out.counter("parley_downloads_total", "Downloads begun.", number(s.files.downloads_started));
  out.counter("parley_downloads_cut_total", "Downloads whose reader lost the right to them.",
              number(s.files.downloads_cut));
  out.counter("parley_download_bytes_total", "Bytes sent by downloads.", number(s.files.bytes_out));
  out.counter("parley_previews_total", "Previews made.", number(s.files.previews_made));
  out.counter("parley_previews_failed_total", "Files whose preview could not be made.",
              number(s.files.previews_failed));
}

void add_pools(Families& out, const WorkplaceSnapshot& s) {
  out.gauge("parley_pool_queue", "Jobs that wait for a thread.", number(s.hash_pool.queued), {{"pool", "hash"}});
  out.gauge("parley_pool_queue", "Jobs that wait for a thread.", number(s.disk_pool.queued), {{"pool", "disk"}});
  out.counter("parley_link_previews_made_total", "Previews of links made.", number(s.unfurl.made));
  out.counter("parley_link_previews_none_total", "Links without a preview.", number(s.unfurl.none));
  out.counter("parley_link_previews_refused_total", "Links passed over: too many under way.", number(s.unfurl.refused));
  out.gauge("parley_webhooks_waiting", "Webhook deliveries that wait.", number(s.hooks.waiting));
  out.counter("parley_webhooks_delivered_total", "Webhook deliveries made.", number(s.hooks.delivered));
  out.counter("parley_webhooks_failed_total", "Attempts that failed.", number(s.hooks.failed));
  out.counter("parley_webhooks_dead_total", "Deliveries given up.", number(s.hooks.dead));
}

}  // namespace

void add_workplace(Families& out, const WorkplaceSnapshot& s) {
  add_database(out, s.database);
  add_delivery(out, s);
  add_calls(out, s.calls);
  add_files(out, s);
  add_pools(out, s);
}

}  // namespace parley::metrics
