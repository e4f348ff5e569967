import { describe, expect, it, vi } from 'vitest';
import { rowsOf } from '@/features/messages/rows';
import { SealedServer } from './e2ee.testkit';

const ROOM = 'room';
/** A busy machine may need seconds for what takes milliseconds. */
const PATIENCE = { timeout: 20_000 };

async function two() {
  const server = new SealedServer();
  const ada = await server.join('ada');
  await ada.e2ee.keeper.begin(ROOM);
  const bo = await server.join('bo');
  return { server, ada, bo };
}

describe('an encrypted room', () => {
  it('gives the server nothing to read, and whoever has the secret everything', async () => {
    const { server, ada, bo } = await two();
    await ada.say('the ramp opens at noon');
    expect(await bo.texts()).toEqual(['(locked)']);
    expect(await bo.e2ee.keeper.takeSecret(ROOM, (await ada.e2ee.fragment(ROOM)).toLowerCase())).toBe('taken');
    await bo.say('I bring the keys');
    expect(await ada.texts()).toEqual(['the ramp opens at noon', 'I bring the keys']);
    expect(await bo.texts()).toEqual(['the ramp opens at noon', 'I bring the keys']);
    expect(server.text).not.toMatch(/ramp|keys/);
  });

  it('opens what was locked on screen when the key comes', async () => {
    const { ada, bo } = await two();
    const { messages } = bo.client;
    await ada.say('first');
    messages.dispatch({ type: 'page', what: 'first', roomId: ROOM, items: await bo.read() });
    expect(messages.getState().rooms[ROOM]?.items.at(-1)).toMatchObject({ sealed: 'locked', content: '' });
    await bo.e2ee.keeper.takeSecret(ROOM, await ada.e2ee.fragment(ROOM));
    await bo.settled();
    expect(messages.getState().rooms[ROOM]?.items.find(({ sealed }) => sealed === 'open')?.content).toBe('first');
  });

  it('sends nothing without a key', async () => {
    const { server, bo } = await two();
    const before = server.log.length;
    await expect(bo.say('to nobody')).rejects.toMatchObject({ code: 'no-key' });
    expect(server.log).toHaveLength(before);
  });

  it('refuses a secret that nothing here was sealed with, and keeps the door shut', async () => {
    const { ada, bo } = await two();
    await ada.say('hello');
    expect(await bo.e2ee.keeper.takeSecret(ROOM, 'AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH')).toBe('wrong');
    expect(await bo.e2ee.keeper.takeSecret(ROOM, 'no secret at all')).toBe('malformed');
    expect(await bo.texts()).toEqual(['(locked)']);
  });

  it('seals what waits on the disk for its own place alone, and nothing without a key', async () => {
    const { ada, bo } = await two();
    const sealed = (await ada.e2ee.kept.seal(ROOM, 'c1', 'waits for a line')) ?? '';
    expect(sealed).toMatch(/^parley-e2ee:1:m:/);
    expect(await ada.e2ee.kept.open(ROOM, 'c1', sealed)).toBe('waits for a line');
    expect(await ada.e2ee.kept.open(ROOM, 'c2', sealed)).toBeNull();
    expect(await bo.e2ee.kept.seal(ROOM, 'c1', 'mine')).toBeNull();
    expect(await bo.e2ee.kept.open(ROOM, 'c1', sealed)).toBeNull();
  });

  it('does not open a message that is moved to another sender', async () => {
    const { server, ada } = await two();
    await ada.say('mine');
    const last = server.log.at(-1);
    if (last) server.log.push({ ...last, seq: 99, id: 'forged', senderId: 'bo' });
    expect((await ada.texts()).at(-1)).toBe('(broken)');
  });

  it('marks what the server slips in as not encrypted', async () => {
    const { server, ada } = await two();
    server.keep('bo', { content: 'believe me' });
    expect((await ada.texts()).at(-1)).toBe('(plain)');
  });

  it('seals on although the server says that the room is plain', async () => {
    const { server, ada } = await two();
    ada.client.rooms.dispatch({ type: 'room', room: { ...server.room, e2ee: false } });
    await ada.say('still secret');
    expect(server.text).not.toContain('still secret');
  });

  it('knows whom a sealed text calls', async () => {
    const { ada } = await two();
    await ada.say('@bo and @room: come');
    expect((await ada.read()).at(-1)?.mentions).toEqual(['bo', 'room']);
  });
});

describe('renewing the key', () => {
  async function three() {
    const room = await two();
    const link = await room.ada.e2ee.fragment(ROOM);
    await room.bo.e2ee.keeper.takeSecret(ROOM, link);
    const cy = await room.server.join('cy');
    await cy.e2ee.keeper.takeSecret(ROOM, link);
    const holders = ({ e2ee }: typeof cy) => e2ee.store.getState().rooms[ROOM]?.devices.length;
    await vi.waitFor(() => expect([room.ada, room.bo, cy].map(holders)).toEqual([3, 3, 3]), PATIENCE);
    return { ...room, cy, link };
  }

  it('shuts out who was removed, and nobody else', async () => {
    const { server, ada, bo, cy, link } = await three();
    await ada.say('all three');
    server.remove('cy');
    await vi.waitFor(async () => expect(await ada.e2ee.fragment(ROOM)).not.toBe(link), PATIENCE);
    await bo.say('two of us');
    expect(await ada.texts()).toEqual(['all three', 'two of us']);
    expect(await bo.texts()).toEqual(['all three', 'two of us']);
    expect(await ada.e2ee.fragment(ROOM)).not.toBe(link);
    expect(await bo.e2ee.fragment(ROOM)).toBe(await ada.e2ee.fragment(ROOM));
    // Who left still has the old key and, with the server's help, all that was sent.
    expect(await cy.texts()).toEqual(['all three', '(locked)']);
  });

  it('is done by whoever writes next when nobody who looks after the room is there', async () => {
    const { server, ada, bo } = await three();
    const was = bo.e2ee.store.getState().rooms[ROOM]?.keyId;
    server.people.splice(server.people.indexOf(ada), 1);
    server.remove('cy');
    await bo.settled();
    expect(bo.e2ee.store.getState().rooms[ROOM]?.keyId).toBe(was);
    await bo.say('without cy');
    expect(bo.e2ee.store.getState().rooms[ROOM]?.keyId).not.toBe(was);
    // Ada was away: what she missed brings her the key.
    await ada.texts();
    await vi.waitFor(async () => expect((await ada.texts()).at(-1)).toBe('without cy'), PATIENCE);
  });

  it('counts once when two renew at the same time', async () => {
    const { ada, bo } = await three();
    await Promise.all([ada.e2ee.keeper.renew(ROOM), bo.e2ee.keeper.renew(ROOM)]);
    const keyOf = ({ e2ee }: typeof ada) => e2ee.store.getState().rooms[ROOM]?.keyId;
    await vi.waitFor(() => expect(keyOf(ada)).toBe(keyOf(bo)), PATIENCE);
    await ada.say('one key');
    expect((await bo.texts()).at(-1)).toBe('one key');
  });

  it('lets a newcomer with the new link read what was written before', async () => {
    const { server, ada } = await three();
    await ada.say('old days');
    await ada.e2ee.keeper.renew(ROOM);
    await ada.e2ee.keeper.renew(ROOM);
    await ada.say('new days');
    const dee = await server.join('dee');
    await dee.e2ee.keeper.takeSecret(ROOM, await ada.e2ee.fragment(ROOM));
    await vi.waitFor(async () => expect(await dee.texts()).toEqual(['old days', 'new days']), PATIENCE);
  });

  it('says of an old link that it is old', async () => {
    const { server, ada, link } = await three();
    await ada.e2ee.keeper.renew(ROOM);
    await ada.say('after');
    const dee = await server.join('dee');
    expect(await dee.e2ee.keeper.takeSecret(ROOM, link)).toBe('old');
    expect((await dee.texts()).at(-1)).toBe('(locked)');
    await expect(dee.say('under an old key')).rejects.toMatchObject({ code: 'no-key' });
  });
});

it('a line about keys stands apart: what its author says next has a head of its own', async () => {
  const { ada } = await two();
  await ada.say('hello');
  const rows = rowsOf({ items: await ada.read(), outbox: [], me: 'ada', newAfter: null, edge: null });
  expect(rows.flatMap((row) => (row.kind === 'message' ? [[row.message.sealed, row.lead]] : []))).toEqual([
    ['device', true],
    ['open', true],
  ]);
});
