// Data between participants: packets, text, remote calls, and what people say about themselves.
import assert from 'node:assert/strict';
import test from 'node:test';
import { World } from './lib/world.mjs';
import { observe, waitFor } from './lib/wait.mjs';

const kMessages = 50;

const textsOf = async (client, topic) =>
  (await client.call('data')).filter((packet) => packet.topic === topic).map(({ text }) => text);

async function exchange(world, path, options) {
  const room = `data-${path.replaceAll('/', '-')}`;
  const [alice, bob, carol] = [await world.client('alice'), await world.client('bob'), await world.client('carol')];

  await world.step(`${path}: three people join`, async () => {
    for (const client of [alice, bob, carol]) assert.equal((await client.join(room, options)).path, path);
    for (const client of [alice, bob, carol]) {
      await waitFor('both others', async () => (await client.call('participants')).length === 2);
    }
  });

  await world.step(`${path}: reliable packets reach all others, each once, in order`, async () => {
    const sent = Array.from({ length: kMessages }, (_, i) => `message ${i}`);
    await alice.call('sendData', sent, { reliable: true, topic: 'ordered' });
    for (const client of [bob, carol]) {
      await waitFor('all messages', async () => (await textsOf(client, 'ordered')).length >= kMessages);
      assert.deepEqual(await textsOf(client, 'ordered'), sent);
      assert.equal((await client.call('data'))[0].from, 'alice');
    }
    assert.deepEqual(await textsOf(alice, 'ordered'), []);
  });

  await world.step(`${path}: lossy packets arrive`, async () => {
    await bob.call('sendData', ['quick'], { reliable: false, topic: 'lossy' });
    for (const client of [alice, carol]) {
      await waitFor('the packet', async () => (await textsOf(client, 'lossy')).includes('quick'));
    }
  });

  await world.step(`${path}: a packet with a destination reaches nobody else`, async () => {
    await alice.call('sendData', ['secret'], { reliable: true, topic: 'one', destinationIdentities: ['bob'] });
    await alice.call('sendData', ['after'], { reliable: true, topic: 'one' });
    await waitFor('bob to have both', async () => (await textsOf(bob, 'one')).length === 2);
    await waitFor('carol to have the later one', async () => (await textsOf(carol, 'one')).includes('after'));
    assert.deepEqual(await textsOf(carol, 'one'), ['after']);
  });

  await world.step(`${path}: text streams, short and long`, async () => {
    await bob.call('listenText', 'chat');
    const long = 'Grüße, 世界! '.repeat(8_000);
    await alice.call('sendText', 'hello', { topic: 'chat' });
    await alice.call('sendText', long, { topic: 'chat', attributes: { kind: 'long' } });
    const texts = await waitFor('both texts', async () => {
      const got = await bob.call('texts');
      return got.length === 2 && got;
    });
    assert.equal(texts[0].text, 'hello');
    assert.equal(texts[1].text, long);
    assert.equal(texts[1].from, 'alice');
    assert.equal(texts[1].attributes.kind, 'long');
  });

  await world.step(`${path}: remote calls are answered`, async () => {
    await carol.call('answerRpc', 'greet', 'hello');
    const before = Date.now();
    assert.deepEqual(await alice.call('rpc', 'carol', 'greet', 'again'), { answer: 'hello alice again' });
    assert.ok(Date.now() - before < 3_000);
    const refused = await alice.call('rpc', 'bob', 'greet', 'again');
    assert.equal(refused.code, 1400, JSON.stringify(refused));
  });

  await world.step(`${path}: name, metadata and attributes are seen by the others`, async () => {
    await alice.call('setName', 'Alice A.');
    await alice.call('setMetadata', '{"role":"host"}');
    await alice.call('setAttributes', { mood: 'fine', hand: 'up' });
    await alice.call('setAttributes', { hand: '' });
    for (const client of [bob, carol]) {
      const seen = await waitFor('the last change', async () => {
        const who = await client.call('participant', 'alice');
        return who.attributes.mood === 'fine' && !who.attributes.hand && who;
      });
      assert.equal(seen.name, 'Alice A.');
      assert.equal(seen.metadata, '{"role":"host"}');
      assert.deepEqual(seen.attributes, { mood: 'fine' });
    }
  });

  await world.step(`${path}: somebody who may not send data is not heard`, async () => {
    const dave = await world.client('dave');
    await dave.join(room, { ...options, grant: { canPublishData: false } });
    await waitFor('alice to know dave', () => alice.call('participant', 'dave'));
    await dave.call('sendData', ['forbidden'], { reliable: true, topic: 'quiet' }).catch(() => undefined);
    const seen = await observe(() => textsOf(alice, 'quiet'), 500);
    assert.ok(seen.every((texts) => texts.length === 0));
    await world.drop(dave);
  });
  await world.drop(alice, bob, carol);
}

test('data', async (t) => {
  const world = await World.open(t);
  await exchange(world, '/rtc/v1', {});
  await exchange(world, '/rtc', { room: { singlePeerConnection: false } });
});
