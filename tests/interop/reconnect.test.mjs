// A client that loses its signalling resumes, one that loses more begins anew; media goes on for both sides.
import assert from 'node:assert/strict';
import test from 'node:test';
import { bothSee, comesBack, count } from './lib/faults.mjs';
import { World } from './lib/world.mjs';
import { waitFor } from './lib/wait.mjs';

async function faults(world, path, options) {
  const room = `faults-${path.replaceAll('/', '-')}`;
  const [alice, bob] = [await world.client('alice'), await world.client('bob')];

  await world.step(`${path}: a call is up`, async () => {
    for (const client of [alice, bob]) {
      await client.join(room, options);
      await client.call('publishCamera');
    }
    await bob.call('publishTone');
    await bothSee(alice, bob);
  });

  await world.step(`${path}: signalling lost: resumed, same session, media never stopped`, async () => {
    const sid = await bob.call('sid');
    const before = await alice.call('received', 'bob', 'camera');
    await comesBack(bob, () => bob.call('closeSignal'));
    assert.equal(await bob.call('sid'), sid);
    assert.equal(await count(bob, 'reconnecting'), 0);
    assert.equal(await count(alice, 'participantDisconnected'), 0);
    await bothSee(alice, bob);
    const after = await alice.call('received', 'bob', 'camera');
    assert.equal(after.ssrc, before.ssrc);
    assert.equal((await bob.call('sockets')).at(-1).path, path);
  });

  await world.step(`${path}: resumed as the client's own test hook does it`, async () => {
    await comesBack(alice, () => alice.call('simulate', 'signal-reconnect'));
    await bothSee(alice, bob);
  });

  await world.step(`${path}: what changed during the loss is known after it`, async () => {
    await comesBack(bob, async () => {
      await bob.call('closeSignal');
      await alice.call('setMetadata', 'changed meanwhile');
      await alice.call('publishTone');
    });
    await waitFor('the new metadata', async () => {
      return (await bob.call('participant', 'alice')).metadata === 'changed meanwhile';
    });
    await bob.moreSound('alice');
  });

  await world.step(`${path}: a full reconnect publishes and subscribes again`, async () => {
    const sid = await bob.call('sid');
    await comesBack(bob, () => bob.call('simulate', 'full-reconnect'));
    assert.notEqual(await bob.call('sid'), sid);
    await bothSee(alice, bob);
    assert.equal((await alice.call('participants')).length, 1);
  });

  await world.step(`${path}: the server asks for a full reconnect`, async () => {
    await comesBack(alice, () => alice.call('simulate', 'leave-full-reconnect'));
    await bothSee(alice, bob);
  });

  await world.step(`${path}: leaving is final`, async () => {
    await bob.call('leave');
    await waitFor('alice to be alone', async () => (await alice.call('participants')).length === 0);
    await alice.call('leave');
  });
  await world.drop(alice, bob);
}

test('reconnecting', async (t) => {
  const world = await World.open(t);
  await faults(world, '/rtc/v1', {});
  await faults(world, '/rtc', { room: { singlePeerConnection: false } });
});
