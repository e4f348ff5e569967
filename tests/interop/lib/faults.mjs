import assert from 'node:assert/strict';
import { waitFor } from './wait.mjs';

const kBackMs = 30_000;

export const count = async (client, name) => (await client.call('events', name)).length;

/** Does `fault` to a client and waits until it is connected again. */
export async function comesBack(client, fault) {
  const before = await count(client, 'reconnected');
  await fault();
  await waitFor('the client to be back', async () => (await count(client, 'reconnected')) > before, kBackMs);
  assert.equal(await client.call('state'), 'connected');
}

async function knows(client, other) {
  const sid = await other.call('sid');
  await waitFor(`${client.identity} to know the session of ${other.identity}`, async () => {
    return (await client.call('participant', other.identity))?.sid === sid;
  });
}

/** New frames at both, and new sound of those who speak; of the present sessions, not of ones that a fault ended. */
export async function bothSee(alice, bob, speakers = [bob]) {
  await knows(alice, bob);
  await knows(bob, alice);
  await Promise.all([
    alice.moreFrames(bob.identity, { timeout: 20_000 }),
    bob.moreFrames(alice.identity, { timeout: 20_000 }),
    ...speakers.map((speaker) => (speaker === bob ? alice : bob).moreSound(speaker.identity)),
  ]);
}
