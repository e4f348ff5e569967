// A codec that not every viewer can decode, and the one its publisher sends beside it for those.
import assert from 'node:assert/strict';
import test from 'node:test';
import { World } from './lib/world.mjs';
import { observe, waitFor } from './lib/wait.mjs';

const kBackupMs = 30_000;

/** Names of the codecs that a camera is sent in at present. */
async function codecsSent(publisher) {
  const streams = await publisher.call('sentCodecs', 'camera');
  return [...new Set(streams.filter(({ active }) => active).map(({ codec }) => codec))].sort().join();
}

async function backup(world, path, { room }) {
  const name = `backup-${path.replaceAll('/', '-')}`;
  const alice = await world.client('alice');
  const bob = await world.client('bob');
  const carol = await world.client('carol', { query: { without: 'AV1' } });

  await world.step(`${path}: only the first codec is sent while all viewers decode it`, async () => {
    await alice.join(name, { room: { ...room, dynacast: true } });
    await bob.join(name, { room });
    await alice.call('publishCamera', { videoCodec: 'av1', backupCodec: { codec: 'vp8' } });
    const stats = await bob.video('alice', { timeout: 20_000 });
    assert.equal(stats.codec, 'video/AV1');
    await bob.moreFrames('alice');
    const seen = await observe(() => codecsSent(alice), 1_000);
    assert.ok(seen.every((codecs) => codecs === 'video/AV1'), JSON.stringify(seen));
  });

  await world.step(`${path}: one who cannot decode it sees the backup; the other keeps the first`, async (step) => {
    const joined = await carol.join(name, { room });
    assert.equal(joined.path, path);
    const stats = await carol.video('alice', { timeout: kBackupMs });
    const first = await waitFor('the first frame', () => carol.call('firstFrame', 'alice'));
    step.diagnostic(`${stats.codec} ${first.toFixed(0)} ms after the join`);
    assert.equal(stats.codec, 'video/VP8');
    await carol.moreFrames('alice', { timeout: 20_000 });
    assert.equal(await codecsSent(alice), 'video/AV1,video/VP8');
    const others = await bob.moreFrames('alice', { timeout: 20_000 });
    assert.equal(others.codec, 'video/AV1');
  });

  await world.step(`${path}: when that one has gone, the backup is no longer sent`, async () => {
    await carol.call('leave');
    await waitFor('the backup to pause', async () => (await codecsSent(alice)) === 'video/AV1', 20_000);
    await bob.moreFrames('alice', { timeout: 20_000 });
  });
  for (const client of [alice, bob]) await client.call('leave');
  await world.drop(alice, bob, carol);
}

test('a backup codec', async (t) => {
  const world = await World.open(t);
  await backup(world, '/rtc/v1', { room: {} });
  await backup(world, '/rtc', { room: { singlePeerConnection: false } });
});
