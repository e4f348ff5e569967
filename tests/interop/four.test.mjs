// Four people, everybody sees and hears everybody.
import assert from 'node:assert/strict';
import test from 'node:test';
import { World } from './lib/world.mjs';
import { waitFor } from './lib/wait.mjs';

const kNames = ['alice', 'bob', 'carol', 'dave'];

test('four people', async (t) => {
  const world = await World.open(t);
  const clients = [];

  await world.step('all join and publish', async () => {
    for (const name of kNames) clients.push(await world.client(name));
    await Promise.all(clients.map((client) => client.join('four')));
    for (const client of clients) {
      await client.call('publishTone');
      await client.call('publishCamera');
    }
  });

  await world.step('each sees and hears the three others', async () => {
    await Promise.all(
      clients.flatMap((client) =>
        kNames
          .filter((name) => name !== client.identity)
          .map(async (name) => {
            await client.video(name, { timeout: 20_000 });
            await client.moreFrames(name, { timeout: 15_000 });
            await client.moreSound(name, { timeout: 15_000 });
          }),
      ),
    );
    for (const client of clients) assert.equal((await client.call('participants')).length, 3);
  });

  await world.step('one goes, the others go on', async () => {
    const [gone, ...left] = clients;
    await gone.call('leave');
    for (const client of left) {
      await waitFor('the departure', async () => (await client.call('participants')).length === 2);
    }
    await Promise.all(left.map((client) => client.moreFrames(client.identity === 'dave' ? 'bob' : 'dave')));
  });

  await world.step('and comes back', async () => {
    const [back, ...others] = clients;
    await back.join('four');
    await back.call('publishCamera');
    for (const client of others) await client.video('alice', { timeout: 15_000 });
    for (const name of kNames.slice(1)) await back.video(name, { timeout: 15_000 });
  });
});
