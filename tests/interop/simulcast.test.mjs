// A camera in three layers: a viewer chooses one, and layers that nobody watches are not sent.
import assert from 'node:assert/strict';
import test from 'node:test';
import { kPatience } from '../lib/patience.mjs';
import { World } from './lib/world.mjs';
import { waitFor } from './lib/wait.mjs';

const kLayers = {
  LOW: [320, 180],
  MEDIUM: [640, 360],
  HIGH: [1280, 720],
};
const kFreezeLimitS = 1;
// What a viewer may wait for the smallest layer: a second on a quiet machine.
const kLowestMs = 1_000 * kPatience;
// On a small machine the sender's own estimate takes seconds before it sends the upper layers at all.
const kUpperLayerMs = 30_000;

async function watch(viewer, quality, timeout, step) {
  const asked = Date.now();
  await viewer.call('setQuality', 'alice', 'camera', quality);
  const [width, height] = kLayers[quality];
  const stats = await viewer.video('alice', { timeout, where: ({ frameWidth }) => frameWidth === width });
  step?.diagnostic(`${quality} after ${Date.now() - asked} ms`);
  assert.equal(stats.frameHeight, height);
  return viewer.moreFrames('alice', { count: 10 });
}

const sentLayer = async (publisher, rid) => (await publisher.call('sent', 'camera')).find((layer) => layer.rid === rid);

test('simulcast', async (t) => {
  const world = await World.open(t);
  const alice = await world.client('alice');
  const bob = await world.client('bob');
  const room = { dynacast: true };

  await world.step('the publisher sends three layers', async () => {
    await alice.join('simulcast', { room });
    await bob.join('simulcast');
    await alice.call('publishCamera', { width: 1280, height: 720 });
    await bob.video('alice');
    const rids = (await alice.call('sent', 'camera')).map(({ rid }) => rid).sort();
    assert.deepEqual(rids, ['f', 'h', 'q']);
  });

  await world.step('by default the viewer gets the highest', async (step) => {
    const started = Date.now();
    await bob.video('alice', { timeout: kUpperLayerMs, where: ({ frameWidth }) => frameWidth === 1280 });
    step.diagnostic(`1280x720 after ${Date.now() - started} ms`);
  });

  await world.step('LOW, MEDIUM and HIGH give the layer of that size, down and up without a freeze', async (step) => {
    const before = await bob.call('received', 'alice', 'camera');
    await watch(bob, 'LOW', kLowestMs, step);
    await watch(bob, 'MEDIUM', kUpperLayerMs, step);
    await watch(bob, 'LOW', kLowestMs, step);
    await watch(bob, 'HIGH', kUpperLayerMs, step);
    const after = await bob.call('received', 'alice', 'camera');
    assert.equal(after.ssrc, before.ssrc, 'layers arrive as one stream');
    const frozen = after.totalFreezesDuration - before.totalFreezesDuration;
    step.diagnostic(`frozen for ${frozen.toFixed(3)} s in ${after.freezeCount - before.freezeCount} freezes`);
    // The publisher's encoder stalls for a moment when it takes up a layer again; a lost keyframe would cost seconds.
    assert.ok(frozen < kFreezeLimitS, JSON.stringify(after));
  });

  await world.step('dynacast: the layers that nobody watches are paused', async () => {
    await watch(bob, 'LOW', kLowestMs);
    await waitFor('layer f to pause', async () => (await sentLayer(alice, 'f')).active === false, 15_000);
    const { framesSent } = await sentLayer(alice, 'f');
    await bob.moreFrames('alice', { count: 20 });
    assert.equal((await sentLayer(alice, 'f')).framesSent, framesSent);
    assert.equal((await sentLayer(alice, 'q')).active, true);
  });

  await world.step('and resumed when somebody does again', async () => {
    await bob.call('setQuality', 'alice', 'camera', 'HIGH');
    await waitFor('layer f to be active', async () => (await sentLayer(alice, 'f')).active, 5_000);
    await watch(bob, 'HIGH', kUpperLayerMs);
  });

  await world.step('two viewers get what each asked for', async () => {
    const carol = await world.client('carol');
    await carol.join('simulcast');
    await carol.video('alice');
    await watch(carol, 'LOW', 5_000);
    const stats = await bob.moreFrames('alice', { count: 10 });
    assert.equal(stats.frameWidth, 1280);
    await world.drop(carol);
  });

  await world.step('a viewer that pauses the track gets no packets until it goes on', async () => {
    await bob.call('setEnabled', 'alice', 'camera', false);
    let last = -1;
    await waitFor('packets to stop', async () => {
      const { packetsReceived } = await bob.call('received', 'alice', 'camera');
      const stopped = packetsReceived === last;
      last = packetsReceived;
      return stopped;
    });
    await bob.call('setEnabled', 'alice', 'camera', true);
    await bob.moreFrames('alice', { count: 10 });
  });

  await world.step('unsubscribed, then subscribed again', async () => {
    await bob.call('setSubscribed', 'alice', 'camera', false);
    await waitFor('the track to go', async () => (await bob.call('events', 'trackUnsubscribed')).length === 1);
    await bob.call('setSubscribed', 'alice', 'camera', true);
    await waitFor('the track to come', async () => (await bob.call('events', 'trackSubscribed')).length === 2);
    await bob.moreFrames('alice', { count: 10 });
  });
});
