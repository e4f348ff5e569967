// Each video codec that Chromium can send, and audio with redundancy.
import assert from 'node:assert/strict';
import test from 'node:test';
import { kPatience } from '../lib/patience.mjs';
import { World } from './lib/world.mjs';
import { waitFor } from './lib/wait.mjs';

// Chromium makes no layer of fewer than 240x135, so a small camera would come in fewer than three.
// A sender short of processor time would shrink its layers; this one drops frames.
const kLayered = { width: 1024, height: 576, degradationPreference: 'maintain-resolution' };
const kSvc = 'L3T3_KEY';
const kStreams = { LOW: [320, 180], MEDIUM: [640, 360], HIGH: [1024, 576] };
const kHalves = { LOW: [256, 144], MEDIUM: [512, 288], HIGH: [1024, 576] };
const kVideo = [
  { title: 'vp8', mime: 'video/VP8', publish: { videoCodec: 'vp8' } },
  { title: 'h264 alone', mime: 'video/H264', publish: { videoCodec: 'h264', simulcast: false } },
  { title: 'h264 in simulcast', mime: 'video/H264', publish: { videoCodec: 'h264', ...kLayered }, layers: kStreams },
  ...['vp9', 'av1'].map((codec) => ({
    title: `${codec} in spatial layers`,
    mime: `video/${codec.toUpperCase()}`,
    publish: { videoCodec: codec, scalabilityMode: kSvc, ...kLayered },
    layers: kHalves,
  })),
];
// On a small machine the sender's own estimate takes seconds before it sends the upper layers at all.
const kUpperLayerMs = 30_000;
const kLowestMs = 1_000 * kPatience;

/** What the publisher sends must be what the row is about, or the steps after it would show nothing. */
function sendsLayers(sent, { publish }) {
  if (publish.scalabilityMode) assert.equal(sent[0].scalabilityMode, kSvc);
  else assert.deepEqual(sent.map(({ rid }) => rid).sort(), ['f', 'h', 'q']);
}

async function chooses(viewer, [quality, width, height], timeout, step) {
  const asked = Date.now();
  await viewer.call('setQuality', 'alice', 'camera', quality);
  const stats = await viewer.video('alice', { timeout, where: ({ frameWidth }) => frameWidth === width });
  step.diagnostic(`${quality} after ${Date.now() - asked} ms`);
  assert.equal(stats.frameHeight, height);
  return viewer.moreFrames('alice', { count: 10, timeout });
}

async function microphone(viewer, packets) {
  return waitFor(`${packets} packets of sound`, async () => {
    const stats = await viewer.call('received', 'alice', 'microphone');
    return stats?.packetsReceived >= packets && { ...stats, at: Date.now() };
  });
}

async function packetSize(viewer) {
  const before = await microphone(viewer, 20);
  const after = await microphone(viewer, before.packetsReceived + 50);
  return (after.bytesReceived - before.bytesReceived) / (after.packetsReceived - before.packetsReceived);
}

async function packetRate(viewer) {
  const before = await microphone(viewer, 1);
  const after = await microphone(viewer, before.packetsReceived + 2);
  return ((after.packetsReceived - before.packetsReceived) * 1_000) / (after.at - before.at);
}

async function withoutMicrophone(publisher, viewer) {
  await publisher.call('unpublish', 'microphone');
  await waitFor('the track to go', async () => (await viewer.call('participant', 'alice')).tracks.length === 0);
}

test('codecs', async (t) => {
  const world = await World.open(t);
  const alice = await world.client('alice');
  const bob = await world.client('bob');

  await world.step('both join', async () => {
    for (const client of [alice, bob]) await client.join('codecs');
  });

  for (const row of kVideo) {
    const { title, mime, publish, layers } = row;

    await world.step(`${title}: decoded by the viewer, also when it was not asked for from the start`, async (step) => {
      await alice.call('publishCamera', { backupCodec: false, ...publish });
      const stats = await bob.video('alice', { timeout: 20_000 });
      assert.equal(stats.codec, mime);
      const more = await bob.moreFrames('alice', { count: 15 });
      const [sent] = await alice.call('sent', 'camera');
      assert.equal(sent.codec, mime);
      step.diagnostic(`${more.frameWidth}x${more.frameHeight}, ${sent.scalabilityMode ?? 'no layers'}`);
      const carol = await world.client('carol');
      await carol.join('codecs');
      await carol.video('alice');
      await carol.moreFrames('alice');
      await world.drop(carol);
    });

    if (layers) {
      await world.step(`${title}: a viewer chooses a spatial layer`, async (step) => {
        const [low, medium, high] = Object.entries(layers).map(([quality, size]) => [quality, ...size]);
        sendsLayers(await alice.call('sent', 'camera'), row);
        const isTop = ({ frameWidth }) => frameWidth === high[1];
        const top = await bob.video('alice', { timeout: kUpperLayerMs, where: isTop });
        await chooses(bob, low, kLowestMs, step);
        await chooses(bob, medium, kUpperLayerMs, step);
        await chooses(bob, low, kLowestMs, step);
        const last = await chooses(bob, high, kUpperLayerMs, step);
        assert.equal(last.ssrc, top.ssrc, 'layers arrive as one stream');
      });
    }

    await world.step(`${title}: unpublished`, async () => {
      await alice.call('unpublish', 'camera');
      await waitFor('the track to go', async () => (await bob.call('participant', 'alice')).tracks.length === 0);
    });
  }

  await world.step('audio goes with redundancy, unless the publisher does without', async (step) => {
    await alice.call('publishTone', { dtx: false });
    const [kind] = (await bob.call('participant', 'alice')).tracks;
    assert.equal(kind.mimeType, 'audio/red');
    await bob.moreSound('alice');
    const redundant = await packetSize(bob);
    await withoutMicrophone(alice, bob);
    await alice.call('publishTone', { dtx: false, red: false });
    await bob.moreSound('alice');
    const plain = await packetSize(bob);
    step.diagnostic(`bytes of a packet: ${redundant.toFixed(0)} with redundancy, ${plain.toFixed(0)} without`);
    // Chromium's receive statistics name the codec inside, so the size must tell.
    assert.ok(redundant > 1.5 * plain);
    await withoutMicrophone(alice, bob);
  });

  await world.step('silence costs next to nothing', async (step) => {
    await alice.call('publishTone', { gain: 0 });
    await waitFor('few packets a second', async () => {
      const rate = await packetRate(bob);
      step.diagnostic(`${rate.toFixed(0)} packets a second`);
      return rate > 0 && rate < 10;
    });
  });
});
