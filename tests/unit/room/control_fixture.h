// Rooms without a media plane: commands are recorded, clients are a few lines of SDP.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <fstream>
#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "room/manager.h"
#include "sdp/session_description.h"
#include "sdp/transport.h"
#include "source_tree.h"

namespace parley::room::test {

class FakePlane final : public MediaPlane {
 public:
  [[nodiscard]] ShardIndex shard_count() const override { return 2; }
  [[nodiscard]] ShardIndex place() override { return next_shard++ % 2; }
  void submit(ShardIndex shard, MediaCommand command) override { commands.emplace_back(shard, std::move(command)); }

  template <class T>
  [[nodiscard]] std::vector<T> all() const {
    std::vector<T> found;
    for (const auto& [shard, command] : commands) {
      if (const T* c = std::get_if<T>(&command)) found.push_back(*c);
    }
    return found;
  }
  template <class T>
  [[nodiscard]] T last() const {
    const auto found = all<T>();
    EXPECT_FALSE(found.empty()) << "no such command";
    return found.empty() ? T{} : found.back();
  }

  std::vector<std::pair<ShardIndex, MediaCommand>> commands;
  ShardIndex next_shard = 0;
};

class RecordingSink final : public SignalSink {
 public:
  void on_event(const SignalEvent& event) override {
    EXPECT_FALSE(closed) << "an event after close";
    events.push_back(event);
  }
  void close() override { closed = true; }

  template <class T>
  [[nodiscard]] std::vector<T> all() const {
    std::vector<T> found;
    for (const auto& event : events) {
      if (const T* e = std::get_if<T>(&event)) found.push_back(*e);
    }
    return found;
  }
  template <class T>
  [[nodiscard]] bool has() const {
    return !all<T>().empty();
  }
  template <class T>
  [[nodiscard]] T last() const {
    const auto found = all<T>();
    EXPECT_FALSE(found.empty()) << "no such event";
    return found.empty() ? T{} : found.back();
  }
  // The newest word about a participant; nullptr when there was none.
  [[nodiscard]] ParticipantInfoRef news_of(const std::string& identity) const {
    ParticipantInfoRef found;
    for (const auto& update : all<UpdateEvent>()) {
      for (const auto& info : update.participants) {
        if (info->identity == identity) found = info;
      }
    }
    return found;
  }

  std::vector<SignalEvent> events;
  bool closed = false;
};

// A data packet of tests: "<sequence>|<destination>,<destination>|<text>".
class TextCodec final : public DataCodec {
 public:
  [[nodiscard]] Result<DataHeader, Error> parse(ByteView payload) const override {
    std::stringstream in{std::string(as_text(payload))};
    std::string sequence;
    std::string destinations;
    if (!std::getline(in, sequence, '|') || !std::getline(in, destinations, '|')) return Error{"malformed", "", ""};
    DataHeader header;
    header.transcription = sequence == "t";
    header.metrics = sequence == "m";
    if (!header.transcription && !header.metrics) header.sequence = static_cast<std::uint32_t>(std::stoul(sequence));
    std::stringstream list{destinations};
    for (std::string one; std::getline(list, one, ',');) header.destination_identities.push_back(one);
    return header;
  }
  [[nodiscard]] SharedBytes stamped(const SharedBytes& payload, std::string_view identity, std::string_view sid,
                                    DataKind kind) const override {
    const std::string text = std::string(identity) + '/' + std::string(sid.substr(0, 3)) + '/' +
                             (kind == DataKind::kReliable ? 'r' : 'l') + '/' + std::string(as_text(*payload));
    return bytes_of(text);
  }
  static SharedBytes bytes_of(std::string_view text) {
    return std::make_shared<const std::vector<std::uint8_t>>(text.begin(), text.end());
  }
};

class RecordingObserver final : public RoomObserver {
 public:
  void on_room_event(const RoomEvent& event) override { events.push_back(event); }
  template <class T>
  [[nodiscard]] std::size_t count() const {
    return static_cast<std::size_t>(
        std::count_if(events.begin(), events.end(), [](const auto& e) { return std::holds_alternative<T>(e); }));
  }
  std::vector<RoomEvent> events;
};

inline std::string captured_offer(const std::string& name) {
  std::ifstream in(parley::test::in_tree("tests/data/sdp/puboffer_" + name + ".sdp"));
  std::stringstream text;
  text << in.rdbuf();
  EXPECT_FALSE(text.str().empty()) << name;
  return text.str();
}

struct AnswerOptions {
  std::vector<std::string> refuse_codecs = {};  // sections that offer nothing else are refused
  sdp::Setup setup = sdp::Setup::kActive;
  std::string ufrag = "clie";
};

// What a browser answers: everything offered, received only.
inline std::string answer_to(const std::string& offer_text, const AnswerOptions& options = {}) {
  auto offer = sdp::parse(offer_text);
  EXPECT_TRUE(offer.has_value());
  sdp::SessionDescription answer;
  answer.origin.session_id = 1;
  answer.groups = offer->groups;
  for (sdp::MediaSection section : offer->media) {
    section.transport = {};
    section.transport.ice_ufrag = options.ufrag;
    section.transport.ice_pwd = "clientclientclientclient";
    section.transport.fingerprints = {{"sha-256", "AA:BB:CC"}};
    section.transport.setup = options.setup;
    section.candidates.clear();
    section.ssrcs.clear();
    section.ssrc_groups.clear();
    section.msid.reset();
    if (section.is_rtp()) {
      section.direction = sdp::can_send(section.direction) ? sdp::Direction::kRecvOnly : sdp::Direction::kInactive;
      for (const std::string& codec : options.refuse_codecs) {
        const bool offered = std::any_of(section.rtpmaps.begin(), section.rtpmaps.end(),
                                         [&](const auto& map) { return map.name == codec; });
        if (offered) section.port = 0;
      }
    }
    answer.media.push_back(std::move(section));
  }
  return sdp::print(answer);
}

// One client: its session, and shortcuts for what clients do.
struct Client {
  std::string identity;
  std::shared_ptr<RecordingSink> sink = std::make_shared<RecordingSink>();
  ParticipantHandle handle;
  std::string sid;
  TransportId downlink;  // the subscriber transport, the only one in one-connection mode
};

class ControlTest : public ::testing::Test {
 protected:
  static Config default_config() {
    Config config;
    config.hosts = {{"192.0.2.7", {7882}, 7881}};
    config.fingerprint = {"sha-256", "11:22:33"};
    return config;
  }
  void start(Config config = default_config()) {
    manager = std::make_unique<Manager>(std::move(config), plane, random, &codec, &observer);
  }
  void SetUp() override { start(); }

  static JoinParams params_for(const std::string& identity) {
    JoinParams params;
    params.room = "r";
    params.grants.identity = identity;
    params.grants.name = identity + "'s name";
    params.client.protocol = 17;
    params.client.sdk = Sdk::kJs;
    return params;
  }
  Client join(const JoinParams& params) {
    Client client;
    client.identity = params.grants.identity;
    const auto handle = manager->join(now, params, client.sink.get());
    EXPECT_TRUE(handle.has_value()) << (handle ? "" : handle.error().message);
    if (!handle) return client;
    client.handle = *handle;
    client.sid = client.sink->last<JoinEvent>().participant->sid;
    const auto created = plane.all<CreateTransport>();
    if (!created.empty()) client.downlink = created.back().transport;
    sinks.push_back(client.sink);
    return client;
  }
  // Joined, answered the first offer, connected.
  Client enter(const std::string& identity) { return enter(params_for(identity)); }
  Client enter(const JoinParams& params) {
    Client client = join(params);
    answer(client);
    connect(client);
    return client;
  }
  void answer(Client& client, const AnswerOptions& options = {}) {
    const auto offer = client.sink->last<OfferEvent>().description;
    request(client, AnswerRequest{{answer_to(offer.sdp, options), offer.id, {}}});
  }
  void connect(const Client& client) {
    manager->handle_media_event(now, TransportConnected{client.downlink});
    manager->handle_media_event(now, DataChannelsOpen{client.downlink});
  }
  void request(const Client& client, const Request& r) { manager->handle_request(now, client.handle, r); }
  // Lets time pass, deadline by deadline.
  void advance(Duration by) {
    const TimePoint end = now + by;
    while (manager->deadline() <= end) {
      now = std::max(now, manager->deadline());
      manager->handle_timeout(now);
    }
    now = end;
  }
  // Answers whatever was offered since, until nothing is outstanding.
  void negotiate(Client& client, const AnswerOptions& options = {}) {
    for (int round = 0; round < 5; ++round) {
      const std::size_t offers = client.sink->all<OfferEvent>().size();
      advance(200ms);
      if (client.sink->all<OfferEvent>().size() == offers) return;
      answer(client, options);
    }
  }

  AddTrackRequest camera(const std::string& cid) {
    AddTrackRequest track;
    track.cid = cid;
    track.name = "camera";
    track.type = TrackType::kVideo;
    track.source = TrackSource::kCamera;
    track.width = 1280;
    track.height = 720;
    track.layers = {{VideoQuality::kLow, 320, 180, 160'000, 0, 0, "q", 0},
                    {VideoQuality::kMedium, 640, 360, 450'000, 0, 1, "h", 0},
                    {VideoQuality::kHigh, 1280, 720, 1'700'000, 0, 2, "f", 0}};
    track.simulcast_codecs = {{"vp8", cid, track.layers, VideoLayerMode::kUnused}};
    return track;
  }
  AddTrackRequest microphone(const std::string& cid) {
    AddTrackRequest track;
    track.cid = cid;
    track.name = "mic";
    track.type = TrackType::kAudio;
    track.source = TrackSource::kMicrophone;
    return track;
  }
  void offer(const Client& client, const std::string& sdp_text, std::uint32_t id = 1) {
    request(client, OfferRequest{{sdp_text, id, {}}});
  }
  // Chromium with microphone and camera; answers their sids.
  std::pair<std::string, std::string> publish(const Client& client) {
    request(client, microphone(kChromeAudio));
    request(client, camera(kChromeVideo));
    const auto published = client.sink->all<TrackPublishedEvent>();
    offer(client, captured_offer("alice_2"));
    return {published[published.size() - 2].track.sid, published.back().track.sid};
  }

  static constexpr const char* kChromeAudio = "568b49cd-a075-4a7d-b4be-98e180f94c82";
  static constexpr const char* kChromeVideo = "e5eb49ed-eecb-402c-8eef-ad75b484dde8";

  FakePlane plane;
  SeededRandom random{1};
  TextCodec codec;
  RecordingObserver observer;
  std::vector<std::shared_ptr<RecordingSink>> sinks;  // outlive the manager, as the contract demands
  TimePoint now{std::chrono::seconds(1'800'000'000)};
  std::unique_ptr<Manager> manager;
};

}  // namespace parley::room::test
