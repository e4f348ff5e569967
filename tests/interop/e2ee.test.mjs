// End-to-end encryption: the server forwards what it cannot read.
import assert from 'node:assert/strict';
import test from 'node:test';
import { World } from './lib/world.mjs';
import { observe, waitFor } from './lib/wait.mjs';

const framesOf = async (client) => (await client.call('received', 'alice', 'camera'))?.framesDecoded ?? 0;

test('end-to-end encryption', async (t) => {
  const world = await World.open(t);
  const alice = await world.client('alice');
  const bob = await world.client('bob');
  const eve = await world.client('eve');

  await world.step('two with the same key see and hear each other', async () => {
    await alice.join('sealed', { key: 'shared' });
    await bob.join('sealed', { key: 'shared' });
    await eve.join('sealed', { key: 'guessed' });
    await alice.call('publishTone');
    await alice.call('publishCamera');
    await bob.video('alice', { timeout: 15_000 });
    await bob.moreFrames('alice', { count: 15 });
    await bob.moreSound('alice');
    assert.ok((await bob.call('participant', 'alice')).tracks.every(({ encrypted }) => encrypted));
  });

  await world.step('with another key packets arrive and no frame can be decoded', async () => {
    await waitFor('packets', async () => (await eve.call('received', 'alice', 'camera'))?.packetsReceived > 50, 10_000);
    assert.ok((await observe(() => framesOf(eve), 2_000)).every((frames) => frames === 0));
    assert.ok((await eve.call('events', 'encryptionError')).length > 0);
  });

  await world.step('with the right key it can', async () => {
    await eve.call('setKey', 'shared');
    await eve.moreFrames('alice', { timeout: 20_000 });
  });
});
