// Each video codec that Chromium can send, and audio with redundancy.
import assert from 'node:assert/strict';
import test from 'node:test';
import { World } from './lib/world.mjs';
import { waitFor } from './lib/wait.mjs';

const kVideo = [
  { codec: 'vp8', mime: 'video/VP8' },
  { codec: 'h264', mime: 'video/H264' },
  { codec: 'vp9', mime: 'video/VP9', svc: true },
  { codec: 'av1', mime: 'video/AV1', svc: true },
];

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

  for (const { codec, mime, svc } of kVideo) {
    await world.step(`${codec}: decoded by the viewer, also when it was not asked for from the start`, async (step) => {
      await alice.call('publishCamera', { videoCodec: codec, backupCodec: false });
      const stats = await bob.video('alice', { timeout: 15_000 });
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

    if (svc) {
      await world.step(`${codec}: a viewer chooses a spatial layer`, async (step) => {
        const [sent] = await alice.call('sent', 'camera');
        if (!/^L[23]/.test(sent.scalabilityMode ?? '')) {
          step.diagnostic(`sent as ${sent.scalabilityMode}: nothing to choose`);
          return;
        }
        await bob.video('alice', { timeout: 15_000, where: ({ frameWidth }) => frameWidth === 640 });
        await bob.call('setQuality', 'alice', 'camera', 'LOW');
        await bob.video('alice', { timeout: 8_000, where: ({ frameWidth }) => frameWidth < 640 });
        await bob.moreFrames('alice');
        await bob.call('setQuality', 'alice', 'camera', 'HIGH');
        await bob.video('alice', { timeout: 15_000, where: ({ frameWidth }) => frameWidth === 640 });
      });
    }

    await world.step(`${codec}: unpublished`, async () => {
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
