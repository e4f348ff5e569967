// End-to-end encryption, over one connection each and over two: the server forwards what it cannot read.
import assert from 'node:assert/strict';
import test from 'node:test';
import { World } from './lib/world.mjs';
import { observe, waitFor } from './lib/wait.mjs';

async function decoded(client) {
  const camera = await client.call('received', 'alice', 'camera');
  const microphone = await client.call('received', 'alice', 'microphone');
  return { frames: camera?.framesDecoded ?? 0, energy: microphone?.totalAudioEnergy ?? 0 };
}

async function arrives(client, source, packets) {
  await waitFor(`packets of ${source}`, async () => {
    return (await client.call('received', 'alice', source))?.packetsReceived > packets;
  });
}

async function sealedCall(world, path, options) {
  const room = `sealed-${path.replaceAll('/', '-')}`;
  const alice = await world.client('alice');
  const bob = await world.client('bob');
  const eve = await world.client('eve');

  await world.step(`${path}: two with the same key see and hear each other`, async () => {
    for (const client of [alice, bob]) {
      const joined = await client.join(room, { ...options, key: 'shared' });
      assert.equal(joined.path, path);
      await client.call('publishTone');
      await client.call('publishCamera');
    }
    await eve.join(room, { ...options, key: 'guessed' });
    for (const [to, from] of [
      [alice, 'bob'],
      [bob, 'alice'],
    ]) {
      await to.video(from, { timeout: 20_000 });
      await to.moreFrames(from, { count: 15, timeout: 15_000 });
      await to.moreSound(from);
      assert.ok((await to.call('participant', from)).tracks.every(({ encrypted }) => encrypted));
    }
  });

  await world.step(`${path}: with another key packets arrive, but neither picture nor sound`, async () => {
    await arrives(eve, 'camera', 50);
    await arrives(eve, 'microphone', 50);
    const seen = await observe(() => decoded(eve), 2_000);
    assert.ok(
      seen.every(({ frames, energy }) => frames === 0 && energy === 0),
      JSON.stringify(seen),
    );
    assert.ok((await eve.call('events', 'encryptionError')).length > 0);
  });

  await world.step(`${path}: with the right key they do`, async () => {
    await eve.call('setKey', 'shared');
    await eve.moreFrames('alice', { timeout: 20_000 });
    await eve.moreSound('alice');
  });
  for (const client of [alice, bob, eve]) await client.call('leave');
  await world.drop(alice, bob, eve);
}

test('end-to-end encryption', async (t) => {
  const world = await World.open(t);
  await sealedCall(world, '/rtc/v1', {});
  await sealedCall(world, '/rtc', { room: { singlePeerConnection: false } });
});
