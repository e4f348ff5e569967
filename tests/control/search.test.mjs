// Search over REST, on both engines: what each operator finds, and that nobody finds what they may not see.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { startPostgres } from './lib/faults.mjs';
import { png, upload } from './lib/files.mjs';
import { register, startServer, waitFor } from './lib/server.mjs';

let cluster;
before(async () => (cluster = await startPostgres()));
after(() => cluster?.end());

const aDayFrom = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** People, rooms and messages: each message under a name of its own. */
async function furnish(server) {
  const people = [];
  for (const name of ['Ann', 'Ben', 'Cid', 'Dan']) people.push(await register(server, name));
  const [ann, ben, cid, dan] = people;
  const newRoom = (owner, name, ...others) =>
    owner.api.post('/rooms', { name, type: 'group', visibility: 'private', memberIds: others.map(({ user }) => user.id) });
  const orchard = await newRoom(ann, 'Orchard', ben);
  const pantry = await newRoom(ann, 'Pantry', ben, cid);
  const vault = await newRoom(cid, 'Vault');
  const said = {};
  const say = async (name, who, room, content, more = {}) => {
    said[name] = await who.api.post(`/rooms/${room.id}/messages`, { content, ...more });
    // No two in the same millisecond: times tell them apart below.
    await waitFor('the next moment', () => Date.now() > Date.parse(said[name].createdAt));
  };
  const attach = async (bytes, filename) =>
    ({ fileIds: [(await upload(server, ann, bytes, { metadata: { filename, roomId: pantry.id } })).fileId] });
  await say('pie', ann, orchard, 'Red apple pie for two');
  await say('tart', ben, orchard, 'An apple tart is no pie, Ann');
  await say('link', ben, pantry, 'Apple jam: https://example.org/jam');
  await say('list', ann, pantry, 'The apple list', await attach(Buffer.from('3 jars'), 'ledger.txt'));
  await say('photo', ann, pantry, 'An apple, painted', await attach(await png(40, 30), 'still-life.png'));
  await say('gem', cid, vault, 'The golden apple');
  await say('worm', ann, orchard, 'apple worm');
  await ann.api.delete(`/rooms/${orchard.id}/messages/${said.worm.id}`);
  await say('pear', ann, orchard, 'apple by mistake');
  await ann.api.patch(`/rooms/${orchard.id}/messages/${said.pear.id}`, { content: 'Pears and Ängste' });
  return { ann, ben, cid, dan, orchard, pantry, vault, said };
}

/** What Ben finds, newest first, by query. */
const expectations = ({ said }) => ({
  apple: ['photo', 'list', 'link', 'tart', 'pie'],
  APPLE: ['photo', 'list', 'link', 'tart', 'pie'],
  'apple pie': ['tart', 'pie'],
  '"apple pie"': ['pie'],
  '"pie apple"': [],
  'apple -pie': ['photo', 'list', 'link'],
  'app*': ['photo', 'list', 'link', 'tart', 'pie'],
  app: [],
  angste: ['pear'],
  'mistake': [],
  'worm': [],
  'from:Ann apple': ['photo', 'list', 'pie'],
  'from:Ben': ['link', 'tart'],
  'from:Ann from:Ben "no pie"': ['tart'],
  'in:Orchard apple': ['tart', 'pie'],
  'in:Pantry from:Ben': ['link'],
  'has:file': ['photo', 'list'],
  'has:image': ['photo'],
  'has:link': ['link'],
  'has:file in:Orchard': [],
  [`after:${said.list.createdAt} apple`]: ['photo', 'list'],
  [`before:${said.list.createdAt} apple`]: ['link', 'tart', 'pie'],
  [`after:${said.tart.createdAt} before:${said.photo.createdAt} apple`]: ['list', 'link', 'tart'],
  [`after:${aDayFrom(-1)} before:${aDayFrom(2)} from:Ben`]: ['link', 'tart'],
  [`before:${aDayFrom(-1)} apple`]: [],
  [`after:${aDayFrom(2)} apple`]: [],
  'golden': [],
  'in:Vault apple': [],
  'from:Cid apple': [],
});

for (const engine of ['SQLite', 'PostgreSQL']) {
  describe(engine, () => {
    let server;
    let place;

    before(async () => {
      const url = engine === 'SQLite' ? {} : { 'database.url': await cluster.database('search') };
      server = await startServer({ settings: { 'auth.password_cost': 'minimal', ...url } });
      place = await furnish(server);
    });
    after(() => server?.end());

    const ask = (person, q, more = '') => person.api.get(`/search?limit=100&q=${encodeURIComponent(q)}${more}`);
    async function names(person, q, more) {
      const { items } = await ask(person, q, more);
      const found = items.filter(({ kind }) => kind === 'message').map(({ messageId }) => messageId);
      return found.map((id) => Object.keys(place.said).find((name) => place.said[name].id === id) ?? id);
    }

    test('every operator finds what it says, and no more', async () => {
      for (const [q, expected] of Object.entries(expectations(place))) {
        assert.deepEqual(await names(place.ben, q), expected, q);
      }
    });

    test('each finds what they may see, and a stranger nothing', async () => {
      assert.deepEqual(await names(place.cid, 'apple'), ['gem', 'photo', 'list', 'link']);
      assert.deepEqual(await names(place.cid, 'in:Orchard apple'), []);
      for (const q of Object.keys(expectations(place))) assert.deepEqual((await ask(place.dan, q)).items, [], q);
      const here = `&roomId=${place.orchard.id}`;
      assert.deepEqual(await names(place.ben, 'apple', here), ['tart', 'pie']);
      await assert.rejects(ask(place.dan, 'apple', here), /answered 404/);
    });

    test('files are found by name, by those who may see them', async () => {
      const files = async (person) => (await ask(person, 'ledger')).items.map(({ kind, fileId }) => [kind, fileId]);
      assert.deepEqual(await files(place.ben), [['file', place.said.list.files[0].id]]);
      assert.deepEqual(await files(place.dan), []);
    });

    test('who is removed finds nothing of the room any more', async () => {
      await place.ann.api.delete(`/rooms/${place.pantry.id}/members/${place.ben.user.id}`);
      assert.deepEqual(await names(place.ben, 'apple'), ['tart', 'pie']);
      assert.deepEqual(await names(place.ben, 'has:file'), []);
      assert.deepEqual(await names(place.ben, 'from:Ben'), ['tart'], 'not even what they said');
    });

    test('what cannot be looked for is refused as such', async () => {
      for (const q of ['has:nonsense', 'before:yesterday', 'after:2026-13-01', '-', '""']) {
        const refused = await fetch(`${server.url}/api/v1/search?q=${encodeURIComponent(q)}`, {
          headers: { authorization: `Bearer ${place.ben.accessToken}` },
        });
        const { field, detail } = await refused.json();
        assert.deepEqual([refused.status, field, Boolean(detail)], [400, 'q', true], q);
      }
    });
  });
}
