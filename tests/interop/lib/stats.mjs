// Runs in the page: short views of RTCStatsReport.

function codecOf(report, entry) {
  return report.get(entry.codecId)?.mimeType;
}

/** The inbound stream of one receiver, or undefined before its first packet. */
export async function inbound(receiver) {
  const report = await receiver.getStats();
  for (const entry of report.values()) {
    if (entry.type !== 'inbound-rtp') continue;
    return {
      codec: codecOf(report, entry),
      ssrc: entry.ssrc,
      packetsReceived: entry.packetsReceived,
      packetsLost: entry.packetsLost,
      bytesReceived: entry.bytesReceived,
      framesReceived: entry.framesReceived,
      framesDecoded: entry.framesDecoded ?? 0,
      keyFramesDecoded: entry.keyFramesDecoded,
      frameWidth: entry.frameWidth,
      frameHeight: entry.frameHeight,
      freezeCount: entry.freezeCount,
      totalFreezesDuration: entry.totalFreezesDuration,
      totalAudioEnergy: entry.totalAudioEnergy,
      totalSamplesReceived: entry.totalSamplesReceived,
      concealedSamples: entry.concealedSamples,
      nackCount: entry.nackCount,
      pliCount: entry.pliCount,
    };
  }
  return undefined;
}

/** Each outbound stream of one sender, retransmission streams left out. */
export async function outbound(sender) {
  const report = await sender.getStats();
  return [...report.values()]
    .filter((entry) => entry.type === 'outbound-rtp')
    .map((entry) => ({
      codec: codecOf(report, entry),
      rid: entry.rid,
      active: entry.active,
      framesSent: entry.framesSent,
      packetsSent: entry.packetsSent,
      bytesSent: entry.bytesSent,
      frameWidth: entry.frameWidth,
      frameHeight: entry.frameHeight,
      targetBitrate: entry.targetBitrate,
      scalabilityMode: entry.scalabilityMode,
      qualityLimitationReason: entry.qualityLimitationReason,
      pliCount: entry.pliCount,
      nackCount: entry.nackCount,
    }));
}

/** The candidate pair in use. */
export async function selectedPair(pc) {
  const report = await pc.getStats();
  const transport = [...report.values()].find((entry) => entry.type === 'transport' && entry.selectedCandidatePairId);
  const pair = transport
    ? report.get(transport.selectedCandidatePairId)
    : [...report.values()].find((entry) => entry.type === 'candidate-pair' && entry.selected);
  if (!pair) return undefined;
  const remote = report.get(pair.remoteCandidateId);
  const local = report.get(pair.localCandidateId);
  return {
    state: pair.state,
    protocol: local?.protocol,
    local: local && `${local.address}:${local.port}`,
    remote: remote && `${remote.address}:${remote.port}`,
    remoteProtocol: remote?.protocol,
    availableOutgoingBitrate: pair.availableOutgoingBitrate,
    dtlsState: transport?.dtlsState,
    srtpCipher: transport?.srtpCipher,
  };
}
