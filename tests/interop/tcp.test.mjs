// A network that lets no UDP through: media goes over ICE-TCP.
import assert from 'node:assert/strict';
import test from 'node:test';
import { World } from './lib/world.mjs';
import { waitFor } from './lib/wait.mjs';

const kQuery = { transport: 'tcp' };

async function usesTcp(client) {
  const pairs = await waitFor('every connection to have a pair', async () => {
    const all = await client.call('pairs');
    return all.length > 0 && all.every(({ protocol }) => protocol) && all;
  });
  for (const pair of pairs) assert.equal(pair.protocol, 'tcp', JSON.stringify(pair));
}

test('ICE-TCP', async (t) => {
  const world = await World.open(t);
  const bob = await world.client('bob');
  await bob.join('tcp');

  for (const [path, options] of [
    ['/rtc/v1', {}],
    ['/rtc', { room: { singlePeerConnection: false } }],
  ]) {
    await world.step(`${path}: sound, video and data over TCP alone, to and from somebody on UDP`, async (step) => {
      const alice = await world.client('alice', { query: kQuery });
      const joined = await alice.join('tcp', options);
      assert.equal(joined.path, path);
      step.diagnostic(`joined in ${joined.milliseconds.toFixed(0)} ms`);
      await alice.call('publishTone');
      await alice.call('publishCamera');
      await bob.video('alice', { timeout: 20_000 });
      await bob.moreFrames('alice', { count: 15 });
      await bob.moreSound('alice');
      if (!(await bob.call('participant', 'bob')).tracks.length) {
        await bob.call('publishTone');
        await bob.call('publishCamera');
      }
      await alice.video('bob', { timeout: 20_000 });
      await alice.moreFrames('bob', { count: 15 });
      await alice.moreSound('bob');
      await alice.call('sendData', [`over ${path}`], { reliable: true });
      await waitFor('the data', async () => (await bob.call('data')).some(({ text }) => text === `over ${path}`));
      await usesTcp(alice);
      assert.equal((await bob.call('pairs'))[0].protocol, 'udp');
      await alice.call('leave');
      await waitFor('the departure', async () => (await bob.call('participants')).length === 0);
      await world.drop(alice);
    });
  }
});
