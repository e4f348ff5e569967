// Who may be in a call and how sessions end: one per identity, rights from the token, tabs that crash, tokens that end.
import assert from 'node:assert/strict';
import test from 'node:test';
import { comesBack, count } from './lib/faults.mjs';
import { World } from './lib/world.mjs';
import { observe, waitFor } from './lib/wait.mjs';

const kDuplicateIdentity = 2;
// Consent of ICE expires after 15 s; nothing tells of a crash sooner.
const kCrashNoticedMs = 30_000;
// A token is good for a minute after its end, for clocks that differ; this one is then good for ten seconds.
const kEndsSoon = '-50s';
const kDeadMs = 30_000;

/** Whether the server would let somebody in with `token`. */
async function isGood(server, token) {
  const { status } = await fetch(`${server.httpUrl}/rtc/validate?access_token=${token}`);
  assert.ok(status === 200 || status === 401, `${status}`);
  return status === 200;
}

test('sessions', async (t) => {
  const world = await World.open(t);
  const alice = await world.client('alice');
  const bob = await world.client('bob');

  await world.step('a call is up', async () => {
    for (const client of [alice, bob]) await client.join('sessions');
    await alice.call('publishCamera');
    await bob.video('alice');
  });

  await world.step('a second session of the same identity ends the first', async () => {
    const second = await world.client('bob');
    await second.join('sessions');
    await waitFor('the first to end', async () => (await bob.call('state')) === 'disconnected');
    const [ended] = await bob.call('events', 'disconnected');
    assert.equal(ended.reason, kDuplicateIdentity);
    await second.moreFrames('alice');
    assert.equal((await alice.call('participants')).length, 1);
    await second.call('leave');
    await world.drop(second);
  });

  await world.step('who may not subscribe gets no track; who may not publish is refused', async () => {
    const carol = await world.client('carol');
    await carol.join('sessions', { grant: { canSubscribe: false, canPublish: false } });
    await waitFor('carol to know alice', () => carol.call('participant', 'alice'));
    await assert.rejects(carol.call('publishCamera'), /permission/i);
    const seen = await observe(() => carol.call('events', 'trackSubscribed'), 1_000);
    assert.ok(seen.every((events) => events.length === 0));
    await carol.call('leave');
    await world.drop(carol);
  });

  await world.step('a hidden participant sees and is not seen', async () => {
    const guard = await world.client('guard');
    await guard.join('sessions', { grant: { hidden: true, canPublish: false } });
    await guard.video('alice');
    assert.equal(await alice.call('participant', 'guard'), undefined);
    await guard.call('leave');
    await world.drop(guard);
  });

  const erin = await world.client('erin');
  const ending = await world.server.token('erin', 'sessions', {}, { ttl: kEndsSoon });

  await world.step('a token that ends soon still lets in', async () => {
    await erin.join('sessions', { token: ending });
    await erin.video('alice');
  });

  await world.step('a tab that crashes is gone after a while', async (step) => {
    const dave = await world.client('dave');
    await dave.join('sessions');
    await dave.video('alice');
    await waitFor('alice to know dave', () => alice.call('participant', 'dave'));
    const crashed = Date.now();
    const crash = new Promise((resolve) => dave.page.once('crash', resolve));
    dave.page.goto('chrome://crash').catch(() => undefined);
    await crash;
    await waitFor('dave to be gone', async () => !(await alice.call('participant', 'dave')), kCrashNoticedMs);
    step.diagnostic(`gone after ${Date.now() - crashed} ms`);
  });

  await world.step('who joined with it comes back after its end, with the token that the server sent', async () => {
    await waitFor('the first token to end', async () => !(await isGood(world.server, ending)), kDeadMs);
    const sid = await erin.call('sid');
    await comesBack(erin, () => erin.call('closeSignal'));
    assert.equal(await erin.call('sid'), sid);
    assert.equal(await count(erin, 'reconnecting'), 0);
    const sockets = await erin.call('sockets');
    assert.deepEqual([sockets[0].token, sockets.at(-1).token === ending], [ending, false]);
    assert.ok(await isGood(world.server, sockets.at(-1).token));
    await erin.moreFrames('alice');
  });
});
