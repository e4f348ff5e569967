#include "metrics/exposition.h"

#include <utility>

#include "metrics/families.h"
#include "metrics/workplace_families.h"

namespace parley::metrics {
namespace {

void add_rooms(Families& out, const Snapshot& s) {
  out.gauge("parley_rooms", "Rooms now.", static_cast<double>(s.rooms.rooms));
  out.gauge("parley_participants", "Participants now.", static_cast<double>(s.rooms.participants));
  out.gauge("parley_tracks_published", "Tracks published now.", static_cast<double>(s.rooms.tracks_published));
  out.gauge("parley_tracks_subscribed", "Track subscriptions now.", static_cast<double>(s.rooms.tracks_subscribed));
  out.counter("parley_joins_total", "Participants that joined.", static_cast<double>(s.rooms.joins));
  out.counter("parley_resumes_total", "Signalling sessions resumed.", static_cast<double>(s.rooms.resumes));
  out.counter("parley_data_packets_routed_total", "Data packets routed.",
              static_cast<double>(s.rooms.data_packets_routed));
  out.counter("parley_data_packets_refused_total", "Data packets refused.",
              static_cast<double>(s.rooms.data_packets_refused));
  out.counter("parley_descriptions_refused_total", "Offers and answers refused.",
              static_cast<double>(s.rooms.descriptions_refused));
  out.gauge("parley_draining", "1 while the server drains.", s.draining ? 1 : 0);
}

// One family over all shards: value picks the figure.
template <class Value>
void per_shard(Families& out, bool counter, const std::string& name, const std::string& help, const Snapshot& s,
               Value value) {
  for (std::size_t i = 0; i < s.shards.size(); ++i) {
    const auto figure = static_cast<double>(value(s.shards[i]));
    Labels labels = {{"shard", std::to_string(i)}};
    counter ? out.counter(name, help, figure, std::move(labels)) : out.gauge(name, help, figure, std::move(labels));
  }
}

void add_media(Families& out, const Snapshot& s) {
  using shard::ShardStats;
  per_shard(out, true, "parley_packets_received_total", "Datagrams from peers.", s,
            [](const ShardStats& x) { return x.media.packets_in; });
  per_shard(out, true, "parley_bytes_received_total", "Bytes of those.", s,
            [](const ShardStats& x) { return x.media.bytes_in; });
  per_shard(out, true, "parley_packets_sent_total", "RTP packets to subscribers, retransmissions included.", s,
            [](const ShardStats& x) { return x.media.packets_out; });
  per_shard(out, true, "parley_bytes_sent_total", "Bytes of those, sealed.", s,
            [](const ShardStats& x) { return x.media.bytes_out; });
  per_shard(out, true, "parley_nacks_received_total", "Sequence numbers that subscribers asked for again.", s,
            [](const ShardStats& x) { return x.media.nacks_received; });
  per_shard(out, true, "parley_nacks_sent_total", "Sequence numbers that publishers were asked for again.", s,
            [](const ShardStats& x) { return x.media.nacks_sent; });
  per_shard(out, true, "parley_plis_received_total", "Keyframe requests (PLI, FIR) of subscribers.", s,
            [](const ShardStats& x) { return x.media.plis_received; });
  per_shard(out, true, "parley_plis_sent_total", "Keyframe requests to publishers.", s,
            [](const ShardStats& x) { return x.media.plis_sent; });
  per_shard(out, true, "parley_rtx_received_total", "Retransmissions from publishers.", s,
            [](const ShardStats& x) { return x.media.rtx_received; });
  per_shard(out, true, "parley_rtx_sent_total", "Retransmissions to subscribers.", s,
            [](const ShardStats& x) { return x.media.rtx_sent; });
  per_shard(out, true, "parley_data_messages_received_total", "Data channel messages from peers.", s,
            [](const ShardStats& x) { return x.media.data_messages_in; });
  per_shard(out, true, "parley_data_messages_sent_total", "Data channel messages to peers.", s,
            [](const ShardStats& x) { return x.media.data_messages_out; });
  per_shard(out, false, "parley_transports", "WebRTC transports now.", s,
            [](const ShardStats& x) { return x.media.transports; });
  per_shard(out, false, "parley_feeds", "Feeds now, copies on other shards included.", s,
            [](const ShardStats& x) { return x.media.feeds; });
  per_shard(out, false, "parley_packet_pool_in_use", "Packet buffers in use.", s,
            [](const ShardStats& x) { return x.media.pool_in_use; });
  per_shard(out, false, "parley_tcp_connections", "ICE-TCP connections now.", s,
            [](const ShardStats& x) { return x.tcp_connections; });
  per_shard(out, true, "parley_send_syscalls_total", "System calls that sent UDP.", s,
            [](const ShardStats& x) { return x.sent.syscalls; });
  per_shard(out, true, "parley_receive_syscalls_total", "System calls that received UDP.", s,
            [](const ShardStats& x) { return x.received.syscalls; });
}

void add_drops(Families& out, const Snapshot& s) {
  for (std::size_t i = 0; i < s.shards.size(); ++i) {
    for (std::size_t reason = 0; reason < kDropReasonCount; ++reason) {
      out.counter("parley_drops_total", "Packets not forwarded or not taken, by reason.",
                  static_cast<double>(s.shards[i].media.drops.all()[reason]),
                  {{"shard", std::to_string(i)}, {"reason", std::string(to_string(static_cast<DropReason>(reason)))}});
    }
  }
  for (std::size_t i = 0; i < s.shards.size(); ++i) {
    const net::LoopStats& loop = s.shards[i].loop;
    out.histogram("parley_loop_lag_seconds", "How late the shard's loop served its deadlines.",
                  net::LoopStats::kLagBounds, loop.lag_buckets, to_seconds(loop.total_lag),
                  {{"shard", std::to_string(i)}});
  }
}

void add_http(Families& out, const Snapshot& s) {
  const http::Stats& h = s.http;
  out.gauge("parley_http_connections", "Open HTTP connections, WebSockets included.",
            static_cast<double>(h.connections_open));
  out.counter("parley_http_connections_refused_total", "Connections over a limit.",
              static_cast<double>(h.connections_refused));
  for (std::size_t i = 1; i < h.responses_by_class.size(); ++i) {
    out.counter("parley_http_responses_total", "Answers by class.", static_cast<double>(h.responses_by_class[i]),
                {{"class", std::to_string(i) + "xx"}});
  }
  out.counter("parley_http_rate_limited_total", "Requests answered with 429.",
              static_cast<double>(h.requests_rate_limited));
  out.histogram("parley_http_request_seconds", "Whole request received to answer written.",
                http::LatencyHistogram::kBounds, h.request_latency.buckets, to_seconds(h.request_latency.sum));
  out.gauge("parley_websockets", "Open WebSockets.", static_cast<double>(h.websockets_open));
  out.counter("parley_websockets_too_slow_total", "WebSockets closed because their queue was full.",
              static_cast<double>(h.websockets_too_slow));
  out.gauge("parley_signal_sessions", "Signalling sessions now.", static_cast<double>(s.signal.sessions));
  out.counter("parley_signal_requests_total", "Signalling requests.", static_cast<double>(s.signal.requests));
  out.counter("parley_signal_undecodable_total", "Signalling messages that were no protobuf or JSON.",
              static_cast<double>(s.signal.undecodable));
  out.counter("parley_signal_rate_limited_total", "Signalling requests over the rate limit.",
              static_cast<double>(s.signal.rate_limited));
  out.histogram("parley_signal_request_seconds", "Signalling request received to handled.",
                http::LatencyHistogram::kBounds, s.signal.latency.buckets, to_seconds(s.signal.latency.sum));
}

}  // namespace

std::string exposition(const Snapshot& snapshot) {
  Families out;
  add_rooms(out, snapshot);
  add_media(out, snapshot);
  add_drops(out, snapshot);
  add_http(out, snapshot);
  add_workplace(out, snapshot.workplace);
  return out.text();
}

}  // namespace parley::metrics
