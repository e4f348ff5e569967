// Rooms under a list of operations in any order: the input is read as one byte of operation and one of argument, for
// four clients. What the media plane is told must fit together, and sessions must be spoken to as their contract says.
#include <array>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "room/manager.h"
#include "sdp/session_description.h"

namespace {

using namespace parley;
using namespace parley::room;

void require(bool condition) {
  if (!condition) __builtin_trap();
}

// Every command must concern what exists.
class StrictPlane final : public MediaPlane {
 public:
  [[nodiscard]] ShardIndex shard_count() const override { return 2; }
  [[nodiscard]] ShardIndex place() override { return next_++ % 2; }
  void submit(ShardIndex shard, MediaCommand command) override {
    std::visit([&](const auto& c) { check(shard, c); }, command);
  }
  [[nodiscard]] std::vector<TransportId> transports() const {
    std::vector<TransportId> ids;
    for (const auto& [id, shard] : transports_) ids.push_back(id);
    return ids;
  }
  [[nodiscard]] const std::map<FeedId, TransportId>& feeds() const { return feeds_; }
  [[nodiscard]] std::size_t flows() const { return flows_.size(); }
  [[nodiscard]] bool empty() const { return transports_.empty() && feeds_.empty() && flows_.empty(); }

 private:
  void known(ShardIndex shard, TransportId id) const {
    const auto found = transports_.find(id);
    require(found != transports_.end() && found->second == shard);
  }
  void check(ShardIndex shard, const CreateTransport& c) {
    require(transports_.emplace(c.transport, shard).second && !c.local.ufrag.empty());
  }
  void check(ShardIndex shard, const SetRemote& c) { known(shard, c.transport); }
  void check(ShardIndex shard, const RestartIce& c) { known(shard, c.transport); }
  void check(ShardIndex shard, const CloseTransport& c) {
    known(shard, c.transport);
    for (const auto& [feed, transport] : feeds_) require(transport != c.transport);
    for (const auto& [transport, feed] : flows_) require(transport != c.transport);
    transports_.erase(c.transport);
  }
  void check(ShardIndex shard, const AddIncoming& c) {
    known(shard, c.transport);
    require(!c.config.codecs.empty() && !c.config.encodings.empty() && !c.config.mid.empty());
    require(c.config.encodings.size() <= forward::kMaxLayers);
    require(feeds_.emplace(c.feed, c.transport).second);
  }
  void check(ShardIndex shard, const UpdateIncoming& c) {
    known(shard, c.transport);
    require(feeds_.contains(c.feed));
  }
  void check(ShardIndex shard, const MuteIncoming& c) {
    known(shard, c.transport);
    require(feeds_.contains(c.feed));
  }
  void check(ShardIndex shard, const RemoveIncoming& c) {
    known(shard, c.transport);
    for (const auto& [transport, feed] : flows_) require(feed != c.feed);  // its subscribers let go first
    require(feeds_.erase(c.feed) == 1);
  }
  void check(ShardIndex shard, const AddOutgoing& c) {
    known(shard, c.transport);
    const auto feed = feeds_.find(c.feed);
    require(feed != feeds_.end() && transports_.at(feed->second) == c.feed_shard);
    require(feed->second != c.transport && c.config.ssrc.value != 0 && !c.config.mid.empty());
    require(flows_.emplace(c.transport, c.feed).second);
  }
  void check(ShardIndex shard, const UpdateOutgoing& c) {
    known(shard, c.transport);
    require(flows_.contains({c.transport, c.feed}));
  }
  void check(ShardIndex shard, const RemoveOutgoing& c) {
    known(shard, c.transport);
    require(flows_.erase({c.transport, c.feed}) == 1);
  }
  void check(ShardIndex shard, const SendData& c) { known(shard, c.transport); }

  ShardIndex next_ = 0;
  std::map<TransportId, ShardIndex> transports_;
  std::map<FeedId, TransportId> feeds_;
  std::set<std::pair<TransportId, FeedId>> flows_;
};

class StrictSink final : public SignalSink {
 public:
  void on_event(const SignalEvent& event) override {
    require(!closed);
    if (first) {
      require(std::holds_alternative<JoinEvent>(event) || std::holds_alternative<ReconnectEvent>(event) ||
              std::holds_alternative<LeaveEvent>(event));
    }
    first = false;
    if (const auto* join = std::get_if<JoinEvent>(&event)) sid = join->participant->sid;
    if (const auto* offer = std::get_if<OfferEvent>(&event)) last_offer = offer->description;
    if (const auto* track = std::get_if<TrackPublishedEvent>(&event)) tracks.push_back(track->track.sid);
  }
  void close() override {
    require(!closed);
    closed = true;
  }
  bool first = true;
  bool closed = false;
  std::string sid;
  SessionDescription last_offer;
  std::vector<std::string> tracks;
};

struct Client {
  std::string identity;
  StrictSink* sink = nullptr;
  ParticipantHandle handle;
  std::string sid;
  std::uint8_t sections = 1;  // bit per section on which it sends
};

sdp::MediaSection transport_section(sdp::MediaSection section, const std::string& ufrag) {
  section.transport.ice_ufrag = ufrag;
  section.transport.ice_pwd = "passwordpasswordpassword";
  section.transport.fingerprints = {{"sha-256", "AA:BB"}};
  section.transport.setup = sdp::Setup::kActpass;
  section.rtcp_mux = true;
  return section;
}

// Four sections; bits 0..3 of `sending` say on which the client sends, bit 4 whether msids name the cids, bit 5 whether
// ICE restarts, bit 6 whether the others receive.
std::string offer_of(std::uint8_t sending) {
  sdp::SessionDescription offer;
  offer.groups = {{"BUNDLE", {}}};
  const std::string ufrag = (sending & 32U) != 0 ? "restart" : "first";
  for (unsigned i = 0; i < 4; ++i) {
    const bool video = i % 2 == 1;
    sdp::MediaSection section;
    section.type = video ? sdp::MediaType::kVideo : sdp::MediaType::kAudio;
    section.protocol = "UDP/TLS/RTP/SAVPF";
    section.mid = std::to_string(i);
    section.direction = sdp::direction_of(((sending >> i) & 1U) != 0, (sending & 64U) != 0);
    if (video) {
      section.payload_types = {PayloadType{96}, PayloadType{97}, PayloadType{98}};
      section.rtpmaps = {
          {PayloadType{96}, "VP8", 90000, 1}, {PayloadType{97}, "rtx", 90000, 1}, {PayloadType{98}, "VP9", 90000, 1}};
      section.fmtps = {{PayloadType{97}, "apt=96"}};
    } else {
      section.payload_types = {PayloadType{111}};
      section.rtpmaps = {{PayloadType{111}, "opus", 48000, 2}};
    }
    section.msid = sdp::Msid{"-", ((sending & 16U) != 0 ? "cid" : "other") + std::to_string(i)};
    offer.groups[0].mids.push_back(section.mid);
    offer.media.push_back(transport_section(std::move(section), ufrag));
  }
  return sdp::print(offer);
}

// refuse: which of the sections (by index) the client does not take.
std::string answer_to(const std::string& text, std::uint8_t refuse) {
  auto answer = sdp::parse(text);
  if (!answer) return {};
  std::size_t index = 0;
  for (auto& section : answer->media) {
    section = transport_section(section, "answer");
    section.transport.setup = sdp::Setup::kActive;
    section.candidates.clear();
    if (section.is_rtp()) {
      section.direction = sdp::reversed(section.direction);
      if (((refuse >> (index % 8)) & 1U) != 0) section.port = 0;
    }
    ++index;
  }
  return sdp::print(*answer);
}

class World {
 public:
  World() : manager_(make_config(), plane_, random_) {
    for (std::size_t i = 0; i < clients_.size(); ++i) clients_[i].identity = "c" + std::to_string(i);
  }

  void step(std::uint8_t op, std::uint8_t arg) {
    Client& client = clients_[op & 3U];
    switch (op >> 2U) {
      case 0:
        join(client, arg);
        break;
      case 1:
        resume(client);
        break;
      case 2:
        lose(client);
        break;
      case 3:
        media(arg);
        break;
      case 4:
        feed(arg);
        break;
      case 5:
        pass(arg);
        break;
      case 6:
        admin(client, arg);
        break;
      default:
        ask(client, static_cast<std::uint8_t>((op >> 2U) - 7), arg);
        break;
    }
    require(manager_.stats().tracks_subscribed == plane_.flows());
  }

  void finish() {
    manager_.drain(now_);
    require(plane_.empty());
    const Stats stats = manager_.stats();
    require(stats.participants == 0 && stats.tracks_published == 0 && stats.tracks_subscribed == 0);
    for (const auto& sink : sinks_) require(sink->closed || lost_.contains(sink.get()) || sink->first);
  }

 private:
  static Config make_config() {
    Config config;
    config.fingerprint = {"sha-256", "AA:BB"};
    config.hosts = {{"192.0.2.1", {7000}, 0}};
    config.limits.tracks_per_participant = 6;
    config.limits.participants_per_room = 3;
    return config;
  }
  StrictSink* new_sink(Client& client) {
    // The old socket may still be open here: the manager is told nothing of it.
    if (client.sink != nullptr) lost_.insert(client.sink);
    sinks_.push_back(std::make_unique<StrictSink>());
    return sinks_.back().get();
  }
  void join(Client& client, std::uint8_t arg) {
    JoinParams params;
    params.room = (arg & 1U) != 0 ? "a" : "b";
    params.grants.identity = client.identity;
    params.grants.permission.can_update_metadata = true;
    params.grants.permission.hidden = (arg & 2U) != 0;
    params.auto_subscribe = (arg & 4U) == 0;
    params.single_connection = (arg & 8U) != 0;
    if ((arg & 16U) != 0) params.publisher_offer = SessionDescription{offer_of(64), 1, {}};
    StrictSink* sink = new_sink(client);
    const auto handle = manager_.join(now_, params, sink);
    client.sink = sink;
    if (!handle) return;
    client.handle = *handle;
    client.sid = sink->sid;
  }
  void resume(Client& client) {
    ResumeParams params;
    params.room = "a";
    params.sid = client.sid;
    params.grants.identity = client.identity;
    StrictSink* sink = new_sink(client);
    const auto handle = manager_.resume(now_, params, sink);
    client.sink = sink;
    if (handle) client.handle = *handle;
  }
  void lose(Client& client) {
    if (client.sink != nullptr) lost_.insert(client.sink);
    manager_.signal_lost(now_, client.handle);
  }
  void media(std::uint8_t arg) {
    const auto ids = plane_.transports();
    if (ids.empty()) return;
    const TransportId id = ids[arg % ids.size()];
    switch (arg >> 5U) {
      case 0:
      case 1:
        return manager_.handle_media_event(now_, TransportConnected{id});
      case 2:
        return manager_.handle_media_event(now_, DataChannelsOpen{id});
      case 3:
        return manager_.handle_media_event(now_, TransportEnded{id, static_cast<TransportEnd>(arg & 3U)});
      default: {
        TransportQuality quality;
        quality.transport = id;
        quality.downlink_sent = 10;
        quality.downlink_loss = static_cast<float>(arg) / 255;
        return manager_.handle_media_event(now_, quality);
      }
    }
  }
  void feed(std::uint8_t arg) {
    const auto& feeds = plane_.feeds();
    if (feeds.empty()) return;
    const auto chosen = std::next(feeds.begin(), arg % feeds.size())->first;
    const auto codec = (arg & 128U) != 0 ? codec::Codec::kOpus : codec::Codec::kVp8;
    manager_.handle_media_event(now_, FeedStarted{chosen, static_cast<std::uint8_t>((arg >> 4U) & 7U), Ssrc{1}, codec});
  }
  void pass(std::uint8_t arg) {
    const TimePoint end = now_ + std::chrono::milliseconds(static_cast<int>(arg) * 200);
    while (manager_.deadline() <= end) {
      now_ = std::max(now_, manager_.deadline());
      manager_.handle_timeout(now_);
      require(manager_.deadline() > now_);  // or the loop above it would spin
    }
    now_ = end;
  }
  void admin(Client& client, std::uint8_t arg) {
    const std::string room = (arg & 1U) != 0 ? "a" : "b";
    UpdateParticipantParams change;
    switch ((arg >> 1U) & 3U) {
      case 0:
        (void)manager_.remove_participant(now_, room, client.identity);
        break;
      case 1:
        (void)manager_.delete_room(now_, room);
        break;
      case 2:
        change.permission = Permission{};
        change.permission->can_subscribe = (arg & 8U) != 0;
        change.permission->can_publish = (arg & 16U) != 0;
        change.permission->hidden = (arg & 32U) != 0;
        (void)manager_.update_participant(now_, room, client.identity, change);
        break;
      default:
        (void)manager_.mute_published_track(now_, room, client.identity, some_track(arg), true);
        break;
    }
  }
  std::string some_track(std::uint8_t arg) const {
    std::vector<std::string> tracks;
    for (const auto& sink : sinks_) tracks.insert(tracks.end(), sink->tracks.begin(), sink->tracks.end());
    return tracks.empty() ? "TR_none" : tracks[arg % tracks.size()];
  }
  void ask(Client& client, std::uint8_t what, std::uint8_t arg) {
    if (client.sink == nullptr || client.sink->closed) return;
    const auto send = [&](const Request& request) { manager_.handle_request(now_, client.handle, request); };
    switch (what % 12) {
      case 0:
        return send(OfferRequest{{offer_of(arg), arg, {}}});
      case 1:
        return send(AnswerRequest{{answer_to(client.sink->last_offer.sdp, 0), client.sink->last_offer.id, {}}});
      case 2:
        return send(AnswerRequest{{answer_to(client.sink->last_offer.sdp, arg), 0, {}}});
      case 3: {
        AddTrackRequest track;
        track.cid = "cid" + std::to_string(arg & 3U);
        track.type = (arg & 1U) != 0 ? TrackType::kVideo : TrackType::kAudio;
        if ((arg & 4U) != 0) track.sid = some_track(arg);
        track.simulcast_codecs = {{(arg & 8U) != 0 ? "vp9" : "vp8", track.cid, {}, VideoLayerMode::kUnused}};
        if ((arg & 16U) != 0) track.simulcast_codecs.push_back({"vp8", "", {}, VideoLayerMode::kUnused});
        return send(track);
      }
      case 4:
        return send(MuteTrackRequest{some_track(arg), (arg & 128U) != 0});
      case 5:
        return send(UpdateSubscriptionRequest{{some_track(arg)}, (arg & 128U) != 0});
      case 6: {
        UpdateTrackSettingsRequest settings;
        settings.track_sids = {some_track(arg)};
        settings.disabled = (arg & 128U) != 0;
        settings.quality = static_cast<VideoQuality>((arg >> 4U) & 3U);
        return send(settings);
      }
      case 7:
        return send(LeaveRequest{});
      case 8:
        return send(SubscriptionPermissionRequest{(arg & 1U) != 0, {{"", "c" + std::to_string(arg & 3U), true, {}}}});
      case 9: {
        SyncStateRequest sync;
        sync.subscription = {{some_track(arg)}, false};
        if ((arg & 64U) != 0) sync.publish_tracks = {{"cid", some_track(arg)}};
        sync.track_sids_disabled = {some_track(arg)};
        return send(sync);
      }
      case 10: {
        UpdateMetadataRequest change;
        change.attributes["k"] = std::string(arg, 'v');
        return send(change);
      }
      default:
        return send(SimulateRequest{static_cast<SimulateRequest::Scenario>(arg % 9), arg});
    }
  }

  StrictPlane plane_;
  SeededRandom random_{7};
  std::vector<std::unique_ptr<StrictSink>> sinks_;
  std::set<const SignalSink*> lost_;
  Manager manager_;
  TimePoint now_{std::chrono::seconds(1000)};
  std::array<Client, 4> clients_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMaxSteps = 64;
  World world;
  for (std::size_t i = 0; i + 1 < size && i < 2 * kMaxSteps; i += 2) world.step(data[i], data[i + 1]);
  world.finish();
  return 0;
}
