// What a viewer may ask of a track, and what its publisher may refuse a viewer.
import assert from 'node:assert/strict';
import test from 'node:test';
import { count } from './lib/faults.mjs';
import { World } from './lib/world.mjs';
import { observe, waitFor } from './lib/wait.mjs';

const kFpsMs = 30_000;

async function framesOf(publisher, viewer) {
  const layers = await publisher.call('sent', 'camera');
  const { framesDecoded } = await viewer.call('received', 'alice', 'camera');
  return { sent: Math.max(...layers.map(({ framesSent }) => framesSent ?? 0)), shown: framesDecoded };
}

/** How many of the publisher's frames the viewer shows, measured over the next `frames` that are sent. */
async function shareShown(publisher, viewer, frames) {
  const before = await framesOf(publisher, viewer);
  const after = await waitFor(`${frames} frames to be sent`, async () => {
    const now = await framesOf(publisher, viewer);
    return now.sent - before.sent >= frames && now;
  });
  return (after.shown - before.shown) / (after.sent - before.sent);
}

const shownTo = (viewer) => viewer.call('received', 'alice', 'camera');

test('subscribing', async (t) => {
  const world = await World.open(t);
  const [alice, bob, carol] = [await world.client('alice'), await world.client('bob'), await world.client('carol')];

  await world.step('two watch a camera', async () => {
    for (const client of [alice, bob, carol]) await client.join('subscribing');
    await alice.call('publishCamera', { degradationPreference: 'maintain-resolution' });
    for (const client of [bob, carol]) {
      await client.video('alice', { timeout: 30_000, where: ({ frameWidth }) => frameWidth === 640 });
    }
  });

  await world.step('small dimensions give the small layer, large ones the large layer', async (step) => {
    for (const [width, height, expected] of [
      [160, 90, 320],
      [640, 360, 640],
    ]) {
      const asked = Date.now();
      await bob.call('setDimensions', 'alice', 'camera', width, height);
      await bob.video('alice', { timeout: 20_000, where: ({ frameWidth }) => frameWidth === expected });
      step.diagnostic(`${width}x${height}: ${expected} wide after ${Date.now() - asked} ms`);
      await bob.moreFrames('alice');
    }
    assert.equal((await shownTo(carol)).frameWidth, 640, 'another viewer keeps what it has');
  });

  await world.step('a low frame rate gives fewer frames, and a high one gives all of them', async (step) => {
    for (const [fps, enough] of [
      [5, (share) => share > 0 && share < 0.5],
      [30, (share) => share > 0.8],
    ]) {
      await bob.call('setFps', 'alice', 'camera', fps);
      const reached = async () => {
        const share = await shareShown(alice, bob, 24);
        step.diagnostic(`at ${fps} fps: ${(100 * share).toFixed(0)} % of the frames sent`);
        return enough(share);
      };
      await waitFor(`a fitting share of frames at ${fps} fps`, reached, kFpsMs);
    }
    assert.ok((await shareShown(alice, carol, 24)) > 0.5, 'another viewer keeps what it has');
  });

  await world.step('whom the publisher does not name loses the track', async () => {
    await alice.call('allowSubscribers', false, [{ participantIdentity: 'carol', allowAll: true }]);
    await waitFor('bob to lose the track', async () => (await count(bob, 'trackUnsubscribed')) === 1);
    const [told] = await bob.call('events', 'trackSubscriptionPermissionChanged');
    assert.deepEqual([told.from, told.status], ['alice', 'not_allowed']);
    const seen = await observe(() => shownTo(bob), 500);
    assert.ok(seen.every((stats) => stats === undefined));
    await carol.moreFrames('alice');
    assert.equal(await count(carol, 'trackUnsubscribed'), 0);
  });

  await world.step('and gets it back when allowed', async () => {
    const { sid } = await alice.call('participant', 'alice').then(({ tracks }) => tracks[0]);
    await alice.call('allowSubscribers', false, [
      { participantIdentity: 'carol', allowAll: true },
      { participantIdentity: 'bob', allowedTrackSids: [sid] },
    ]);
    await waitFor('bob to have the track', async () => (await count(bob, 'trackSubscribed')) === 2);
    await bob.video('alice');
    await bob.moreFrames('alice');
  });

  await world.step('what everybody may have comes to who joins later', async () => {
    await alice.call('allowSubscribers', true);
    const dave = await world.client('dave');
    await dave.join('subscribing');
    await dave.video('alice');
    await dave.moreFrames('alice');
    await world.drop(dave);
  });
});
