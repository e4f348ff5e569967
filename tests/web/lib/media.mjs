// Runs in the page before its own code, and asks it afterwards: what WebRTC really carries.

/** Keeps every connection of the page in sight. */
export function watchConnections() {
  const made = [];
  Object.defineProperty(window, 'connectionsMade', { value: made });
  window.RTCPeerConnection = class extends window.RTCPeerConnection {
    constructor(...args) {
      super(...args);
      made.push(this);
    }
  };
}

/** Frames decoded so far, by stream, and the energy of what was heard. */
export async function received() {
  const frames = {};
  let energy = 0;
  for (const connection of window.connectionsMade) {
    if (connection.connectionState === 'closed') continue;
    for (const entry of (await connection.getStats()).values()) {
      if (entry.type !== 'inbound-rtp') continue;
      if (entry.kind === 'video') frames[entry.trackIdentifier ?? entry.ssrc] = entry.framesDecoded ?? 0;
      else energy += entry.totalAudioEnergy ?? 0;
    }
  }
  return { frames, energy };
}

/** Where every connection of the page stands, in words for who looks for a fault. */
export async function connections() {
  const lines = [];
  for (const connection of window.connectionsMade ?? []) {
    lines.push(`connection ${connection.connectionState}, ICE ${connection.iceConnectionState}, signalling ${connection.signalingState}`);
    for (const one of connection.getTransceivers()) {
      const kind = one.receiver.track.kind;
      lines.push(`  section ${one.mid}: ${kind}, wants ${one.direction}, has ${one.currentDirection}, track ${one.receiver.track.readyState}`);
    }
    for (const entry of (await connection.getStats()).values()) {
      if (entry.type === 'inbound-rtp') lines.push(`  in: ${entry.kind} ${entry.ssrc}, ${entry.packetsReceived} packets, ${entry.framesDecoded} frames`);
      if (entry.type === 'outbound-rtp') lines.push(`  out: ${entry.kind} ${entry.rid ?? ''} ${entry.ssrc}, ${entry.packetsSent} packets, ${entry.framesEncoded} frames, active ${entry.active}, PLI ${entry.pliCount}`);
    }
    for (const side of ['local', 'remote']) {
      const sections = (connection[`${side}Description`]?.sdp ?? '').split(/^(?=m=)/m).filter((section) => section.startsWith('m=video'));
      for (const section of sections) {
        const told = section.split(/\r?\n/).filter((line) => /^m=|^a=(mid|msid|ssrc:\d+ cname|sendrecv|sendonly|recvonly|inactive|rid|extmap)/.test(line));
        lines.push(`  ${side}: ${told.join(' ')}`);
      }
    }
  }
  return lines;
}
