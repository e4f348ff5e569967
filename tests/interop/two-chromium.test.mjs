// Two people see and hear each other, over one connection each and over two.
import assert from 'node:assert/strict';
import test from 'node:test';
import { World } from './lib/world.mjs';
import { waitFor } from './lib/wait.mjs';

const kGood = ['excellent', 'good'];

async function call(world, path, options) {
  const room = `two-${path.replaceAll('/', '-')}`;
  const alice = await world.client('alice');
  const bob = await world.client('bob');

  await world.step(`${path}: both join`, async (t) => {
    for (const client of [alice, bob]) {
      const joined = await client.join(room, options);
      assert.equal(joined.path, path);
      t.diagnostic(`${client.identity} joined in ${joined.milliseconds.toFixed(0)} ms`);
    }
    await waitFor('alice to know bob', () => alice.call('participant', 'bob'));
    assert.equal((await bob.call('participants')).length, 1);
  });

  await world.step(`${path}: both publish, both see and hear`, async () => {
    await alice.call('publishMicrophone');
    await bob.call('publishTone');
    for (const client of [alice, bob]) await client.call('publishCamera');
    for (const [to, from] of [
      [alice, 'bob'],
      [bob, 'alice'],
    ]) {
      const stats = await to.video(from, { where: ({ frameWidth }) => frameWidth === 640 });
      assert.equal(stats.frameHeight, 360);
      await to.moreFrames(from, { count: 15 });
      await to.moreSound(from);
    }
  });

  await world.step(`${path}: mute stops the sound, unmute brings it back`, async () => {
    await alice.call('setMuted', 'microphone', true);
    await waitFor('bob to see the mute', async () => (await bob.call('events', 'trackMuted')).length === 1);
    await alice.call('setMuted', 'microphone', false);
    await waitFor('bob to see the unmute', async () => (await bob.call('events', 'trackUnmuted')).length === 1);
    await bob.moreSound('alice');
  });

  await world.step(`${path}: camera muted and back`, async () => {
    await alice.call('setMuted', 'camera', true);
    await waitFor('bob to see the mute', async () => (await bob.call('events', 'trackMuted')).length === 2);
    await alice.call('setMuted', 'camera', false);
    await bob.moreFrames('alice', { count: 15 });
  });

  await world.step(`${path}: somebody who comes later sees a frame soon`, async (t) => {
    const carol = await world.client('carol');
    await carol.join(room, options);
    await carol.soonSees('alice', t);
    await carol.moreSound('bob');
    await carol.call('leave');
    await waitFor('alice to see carol leave', async () => !(await alice.call('participant', 'carol')));
    await world.drop(carol);
  });

  await world.step(`${path}: active speakers are told`, async () => {
    await waitFor('alice to see bob speak', async () =>
      (await alice.call('events', 'activeSpeakersChanged')).some(({ speakers }) => speakers.includes('bob')),
    );
  });

  await world.step(`${path}: each is told how good both connections are`, async (t) => {
    for (const client of [alice, bob]) {
      for (const whose of ['alice', 'bob']) {
        const quality = await waitFor(
          `${client.identity} to be told that ${whose} is well connected`,
          async () => {
            const told = await client.call('events', 'connectionQualityChanged');
            const { quality } = told.findLast(({ from }) => from === whose) ?? {};
            return kGood.includes(quality) && quality;
          },
          20_000,
        );
        t.diagnostic(`${client.identity} is told of ${whose}: ${quality}`);
      }
    }
  });

  await world.step(`${path}: unpublish removes the track`, async () => {
    await bob.call('unpublish', 'camera');
    await waitFor('alice to lose the track', async () =>
      (await alice.call('events', 'trackUnsubscribed')).some(({ source }) => source === 'camera'),
    );
    await bob.call('leave');
    await waitFor('alice to be alone', async () => (await alice.call('participants')).length === 0);
    await alice.call('leave');
  });
  await world.drop(alice, bob);
}

test('two people in a call', async (t) => {
  const world = await World.open(t);
  await call(world, '/rtc/v1', {});
  await call(world, '/rtc', { room: { singlePeerConnection: false } });
});
