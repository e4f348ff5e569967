// Runs in the page: window.harness drives one livekit-client Room for the test outside.
import * as LiveKit from '/livekit-client.mjs';
import { inbound, outbound, selectedPair } from '/stats.mjs';

const { Room, RoomEvent, Track, VideoQuality, setLogLevel } = LiveKit;

const query = new URLSearchParams(location.search);
setLogLevel(query.get('log') ?? 'warn');

// What the client opened, in order: the path tells which signalling it chose, the connections how media travels.
const sockets = [];
const connections = [];

window.WebSocket = class extends window.WebSocket {
  constructor(...args) {
    super(...args);
    sockets.push(this);
  }
};

// UDP candidates never reach a connection of a page that is loaded with ?transport=tcp, so only TCP is left to try.
const tcpOnly = query.get('transport') === 'tcp';
const isUdp = (candidate) => / udp /i.test(candidate);

// A codec that the page cannot decode when it is loaded with ?without=AV1: it is not offered or accepted for receiving.
const without = query.get('without');
const decodable = ({ mimeType }) => mimeType.toLowerCase() !== `video/${without?.toLowerCase()}`;

function forgetCodec(pc) {
  if (!without) return;
  const codecs = RTCRtpReceiver.getCapabilities('video').codecs.filter(decodable);
  for (const transceiver of pc.getTransceivers()) {
    const receives = transceiver.direction === 'recvonly' && transceiver.receiver.track.kind === 'video';
    if (receives) transceiver.setCodecPreferences(codecs);
  }
}

window.RTCPeerConnection = class extends window.RTCPeerConnection {
  constructor(...args) {
    super(...args);
    connections.push(this);
  }

  createOffer(...args) {
    forgetCodec(this);
    return super.createOffer(...args);
  }

  createAnswer(...args) {
    forgetCodec(this);
    return super.createAnswer(...args);
  }

  addIceCandidate(candidate, ...rest) {
    if (tcpOnly && candidate?.candidate && isUdp(candidate.candidate)) return Promise.resolve();
    return super.addIceCandidate(candidate, ...rest);
  }

  setRemoteDescription(description, ...rest) {
    if (!tcpOnly) return super.setRemoteDescription(description, ...rest);
    const lines = description.sdp.split('\r\n').filter((line) => !(line.startsWith('a=candidate:') && isUdp(line)));
    return super.setRemoteDescription({ type: description.type, sdp: lines.join('\r\n') }, ...rest);
  }
};

let room;
let joinedAt;
let keyProvider;
const elements = new Map();
const events = [];
const firstFrames = {};
const texts = [];
const data = [];

function note(name, detail = {}) {
  events.push({ name, at: performance.now() - joinedAt, ...detail });
}

function attach(track, publication, participant) {
  note('trackSubscribed', { from: participant.identity, source: publication.source, sid: publication.trackSid });
  const element = track.attach();
  element.autoplay = true;
  document.body.append(element);
  elements.set(track, element);
  if (track.kind === Track.Kind.Video) {
    const key = `${participant.identity}/${publication.source}`;
    element.requestVideoFrameCallback?.(() => {
      firstFrames[key] ??= performance.now() - joinedAt;
    });
  }
}

function watch(target) {
  target
    .on(RoomEvent.TrackSubscribed, attach)
    .on(RoomEvent.TrackUnsubscribed, (track, publication, participant) => {
      note('trackUnsubscribed', { from: participant.identity, source: publication.source });
      track.detach();
      elements.get(track)?.remove();
    })
    .on(RoomEvent.DataReceived, (payload, participant, kind, topic) => {
      data.push({ from: participant?.identity, kind, topic, text: new TextDecoder().decode(payload) });
    });
  const named = {
    participantConnected: (participant) => ({ from: participant.identity }),
    participantDisconnected: (participant) => ({ from: participant.identity }),
    trackPublished: (publication, participant) => ({ from: participant.identity, source: publication.source }),
    trackUnpublished: (publication, participant) => ({ from: participant.identity, source: publication.source }),
    trackSubscriptionPermissionChanged: (publication, status, participant) => ({ from: participant.identity, status }),
    trackMuted: (publication, participant) => ({ from: participant.identity, source: publication.source }),
    trackUnmuted: (publication, participant) => ({ from: participant.identity, source: publication.source }),
    activeSpeakersChanged: (speakers) => ({ speakers: speakers.map((speaker) => speaker.identity) }),
    connectionQualityChanged: (quality, participant) => ({ from: participant.identity, quality }),
    roomMetadataChanged: (metadata) => ({ metadata }),
    participantMetadataChanged: (_, participant) => ({ from: participant.identity }),
    participantPermissionsChanged: (_, participant) => ({ from: participant.identity }),
    connectionStateChanged: (state) => ({ state }),
    reconnecting: () => ({}),
    signalReconnecting: () => ({}),
    reconnected: () => ({}),
    disconnected: (reason) => ({ reason }),
    encryptionError: (error) => ({ error: error.message }),
  };
  for (const [name, detail] of Object.entries(named)) target.on(name, (...args) => note(name, detail(...args)));
}

function participant(identity) {
  return identity === room.localParticipant.identity
    ? room.localParticipant
    : room.remoteParticipants.get(identity);
}

function publicationOf(identity, source) {
  return participant(identity)?.getTrackPublication(source);
}

function describeParticipant(who) {
  return {
    identity: who.identity,
    sid: who.sid,
    name: who.name,
    metadata: who.metadata,
    attributes: { ...who.attributes },
    isSpeaking: who.isSpeaking,
    permissions: who.permissions && { ...JSON.parse(JSON.stringify(who.permissions)) },
    tracks: [...who.trackPublications.values()].map((publication) => ({
      sid: publication.trackSid,
      source: publication.source,
      kind: publication.kind,
      muted: publication.isMuted,
      subscribed: publication.isSubscribed,
      mimeType: publication.mimeType,
      simulcasted: publication.simulcasted,
      encrypted: publication.isEncrypted,
    })),
  };
}

async function joinRoom({ url, token, room: roomOptions = {}, connect = {}, key }) {
  const options = { ...roomOptions };
  if (key !== undefined) {
    keyProvider = new LiveKit.ExternalE2EEKeyProvider();
    options.encryption = { keyProvider, worker: new Worker('/e2ee-worker.mjs', { type: 'module' }) };
    await keyProvider.setKey(key);
  }
  room = new Room(options);
  watch(room);
  if (key !== undefined) await room.setE2EEEnabled(true);
  joinedAt = performance.now();
  await room.connect(url, token, connect);
  note('joined');
  return { milliseconds: performance.now() - joinedAt, path: new URL(sockets.at(-1).url).pathname };
}

window.harness = {
  join: joinRoom,

  async leave() {
    await room.disconnect();
  },

  // --- publishing ---

  async publishCamera({ width = 640, height = 360, frameRate = 15, ...publish } = {}) {
    const track = await LiveKit.createLocalVideoTrack({ resolution: { width, height, frameRate } });
    return (await room.localParticipant.publishTrack(track, publish)).trackSid;
  },

  async publishMicrophone(publish = {}) {
    // Processing would take the fake device's beep for noise.
    const processing = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    const track = await LiveKit.createLocalAudioTrack(processing);
    return (await room.localParticipant.publishTrack(track, publish)).trackSid;
  },

  /** A steady tone as microphone: the fake device only beeps, too briefly to count as somebody speaking. */
  async publishTone({ gain = 0.5, ...publish } = {}) {
    const context = new AudioContext();
    const tone = new OscillatorNode(context, { frequency: 330 });
    const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    tone.connect(new GainNode(context, { gain })).connect(destination);
    tone.start();
    const [track] = destination.stream.getAudioTracks();
    const options = { source: Track.Source.Microphone, ...publish };
    return (await room.localParticipant.publishTrack(track, options)).trackSid;
  },

  async publishScreen(publish = {}) {
    const capture = { resolution: { width: 640, height: 360, frameRate: 15 }, audio: false };
    return (await room.localParticipant.setScreenShareEnabled(true, capture, publish)).trackSid;
  },

  async stopScreen() {
    await room.localParticipant.setScreenShareEnabled(false);
  },

  async setMuted(source, muted) {
    const track = publicationOf(room.localParticipant.identity, source).track;
    await (muted ? track.mute() : track.unmute());
  },

  async unpublish(source) {
    await room.localParticipant.unpublishTrack(publicationOf(room.localParticipant.identity, source).track);
  },

  // --- subscribing ---

  setQuality(identity, source, quality) {
    publicationOf(identity, source).setVideoQuality(VideoQuality[quality]);
  },

  setSubscribed(identity, source, subscribed) {
    publicationOf(identity, source).setSubscribed(subscribed);
  },

  /** Refuses a track and asks for it again after so many milliseconds. */
  async changeMind(identity, source, milliseconds) {
    publicationOf(identity, source).setSubscribed(false);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    publicationOf(identity, source).setSubscribed(true);
  },

  setEnabled(identity, source, enabled) {
    publicationOf(identity, source).setEnabled(enabled);
  },

  setDimensions(identity, source, width, height) {
    publicationOf(identity, source).setVideoDimensions({ width, height });
  },

  setFps(identity, source, fps) {
    publicationOf(identity, source).setVideoFPS(fps);
  },

  /** Who may subscribe to what this participant publishes. */
  allowSubscribers(all, permissions = []) {
    room.localParticipant.setTrackSubscriptionPermissions(all, permissions);
  },

  // --- what can be seen ---

  async received(identity, source) {
    const receiver = publicationOf(identity, source)?.track?.receiver;
    return receiver && inbound(receiver);
  },

  async sent(source) {
    const sender = publicationOf(room.localParticipant.identity, source)?.track?.sender;
    return sender ? outbound(sender) : [];
  },

  /** Streams of a camera in every codec that it is sent in: a backup codec has a sender of its own. */
  async sentCodecs(source) {
    const { track } = publicationOf(room.localParticipant.identity, source);
    const senders = [track.sender, ...[...track.simulcastCodecs.values()].map(({ sender }) => sender)];
    return (await Promise.all(senders.filter(Boolean).map(outbound))).flat();
  },

  async pairs() {
    const open = connections.filter((pc) => pc.connectionState !== 'closed');
    return Promise.all(
      open.map(async (pc) => ({ connectionState: pc.connectionState, ...((await selectedPair(pc)) ?? {}) })),
    );
  },

  sockets: () =>
    sockets.map(({ url, readyState }) => {
      const { pathname, searchParams } = new URL(url);
      return { path: pathname, state: readyState, token: searchParams.get('access_token') };
    }),
  events: (name) => events.filter((event) => !name || event.name === name),
  firstFrame: (identity, source = 'camera') => firstFrames[`${identity}/${source}`],
  state: () => room.state,
  sid: () => room.localParticipant.sid,
  roomInfo: () => ({ name: room.name, metadata: room.metadata, numParticipants: room.numParticipants }),
  participant: (identity) => {
    const who = participant(identity);
    return who && describeParticipant(who);
  },
  participants: () => [...room.remoteParticipants.values()].map(describeParticipant),
  activeSpeakers: () => room.activeSpeakers.map((speaker) => speaker.identity),

  // --- data ---

  async sendData(messages, options = {}) {
    for (const text of [].concat(messages)) {
      await room.localParticipant.publishData(new TextEncoder().encode(text), options);
    }
  },

  data: () => data,

  listenText(topic) {
    room.registerTextStreamHandler(topic, async (reader, from) => {
      texts.push({ from: from.identity, topic, text: await reader.readAll(), attributes: reader.info.attributes });
    });
  },

  async sendText(text, options) {
    await room.localParticipant.sendText(text, options);
  },

  texts: () => texts,

  answerRpc(method, prefix) {
    room.registerRpcMethod(method, async ({ callerIdentity, payload }) => `${prefix} ${callerIdentity} ${payload}`);
  },

  async rpc(destinationIdentity, method, payload) {
    try {
      return { answer: await room.localParticipant.performRpc({ destinationIdentity, method, payload }) };
    } catch (error) {
      return { code: error.code, message: error.message };
    }
  },

  setMetadata: (metadata) => room.localParticipant.setMetadata(metadata),
  setName: (name) => room.localParticipant.setName(name),
  setAttributes: (attributes) => room.localParticipant.setAttributes(attributes),

  // --- faults ---

  simulate: (scenario) => room.simulateScenario(scenario),

  /** Takes the signalling connection away as a network would: no leave, no close by the client. */
  closeSignal() {
    sockets.at(-1).close(4000, 'gone');
  },

  setKey: (key) => keyProvider.setKey(key),
};
