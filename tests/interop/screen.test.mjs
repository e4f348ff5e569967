// A shared screen beside a camera.
import assert from 'node:assert/strict';
import test from 'node:test';
import { World } from './lib/world.mjs';
import { waitFor } from './lib/wait.mjs';

test('screen share', async (t) => {
  const world = await World.open(t);
  const alice = await world.client('alice');
  const bob = await world.client('bob');

  await world.step('a screen is seen beside the camera', async () => {
    for (const client of [alice, bob]) await client.join('screen');
    await alice.call('publishCamera');
    await bob.video('alice');
    await alice.call('publishScreen');
    const stats = await bob.video('alice', { source: 'screen_share', timeout: 15_000 });
    assert.ok(stats.frameWidth > 0 && stats.frameHeight > 0);
    await bob.moreFrames('alice', { source: 'screen_share', count: 3 });
    await bob.moreFrames('alice', { count: 5 });
  });

  await world.step('somebody who comes later sees it, though it hardly changes', async () => {
    const carol = await world.client('carol');
    await carol.join('screen');
    await carol.video('alice', { source: 'screen_share' });
    await world.drop(carol);
  });

  await world.step('stopped, it is gone; the camera stays', async () => {
    await alice.call('stopScreen');
    await waitFor('the track to go', async () => {
      return (await bob.call('events', 'trackUnsubscribed')).some(({ source }) => source === 'screen_share');
    });
    const { tracks } = await bob.call('participant', 'alice');
    assert.deepEqual(tracks.map(({ source }) => source), ['camera']);
    await bob.moreFrames('alice');
  });

  await world.step('shared again, it is seen again', async () => {
    await alice.call('publishScreen');
    await bob.video('alice', { source: 'screen_share', timeout: 15_000 });
  });
});
