// An encrypted room: two talk, share a file and call; then somebody looks for their words in the database, on the disk
// and on the wire. The same is done in a plain room, where all of it must be found.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';
import { Wire } from './lib/wire.mjs';
import { World, register } from './lib/world.mjs';

const kSaid = 'lighthouse keeps burning till dawn';
const kEdited = 'lighthouse went dark at midnight';
const kAnswer = 'understood bring the spare wicks';
const kFile = { name: 'wicks-inventory.txt', mimeType: 'text/plain', text: `${'forty spare wicks in the cellar\n'.repeat(12_000)}the last line` };
const kSecrets = [kSaid, kEdited, kAnswer, kFile.name, 'forty spare wicks in the cellar'];

async function onDisk(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map(async (entry) => ({ name: entry.name, bytes: await readFile(path.join(entry.parentPath ?? entry.path, entry.name)) })));
}

async function found(world, wire) {
  const disk = await onDisk(world.server.folder);
  const database = Buffer.concat(disk.filter(({ name }) => /\.db|sqlite/.test(name)).map(({ bytes }) => bytes));
  const rest = Buffer.concat(disk.filter(({ name }) => !/\.db|sqlite/.test(name)).map(({ bytes }) => bytes));
  assert.ok(database.length > 0, 'there is a database to look into');
  const places = { database, rest, wire: wire.bytes, log: Buffer.from(world.server.program.output) };
  return Object.entries(places).flatMap(([place, bytes]) => kSecrets.filter((text) => bytes.includes(text)).map((text) => `${place}: ${text}`));
}

async function open(t) {
  const world = await World.open(t, { 'log.level': 'trace' });
  const wire = await Wire.tap(world.server.ports.http);
  t.after(() => wire.close());
  world.server.ports = { ...world.server.ports, http: wire.port };
  const accounts = [await register(world.server, 'Ann'), await register(world.server, 'Ben')];
  const [ann, ben] = await Promise.all(accounts.map((account) => world.person(account.user.name, { account })));
  for (const { page } of [ann, ben]) wire.follow(page);
  return { world, wire, ann, ben };
}

async function makeRoom(ann, name, encrypted) {
  await ann.open('/');
  await ann.button('New room').first().click();
  await ann.field('Room name').fill(name);
  if (encrypted) await ann.page.getByRole('checkbox', { name: ann.t('e2ee.room') }).check();
  await ann.button('Create').click();
  await ann.composer(name).waitFor();
}

async function invite(ann, ben, name) {
  await ann.button(ann.t('room.menu')).click();
  await ann.page.getByRole('menuitem', { name: ann.t('invite.open') }).click();
  const field = ann.page.getByRole('textbox', { name: ann.t('invite.link'), exact: true });
  await ann.page.waitForFunction((element) => element.value !== '', await field.elementHandle());
  const link = new URL(await field.inputValue());
  await ann.page.keyboard.press('Escape');
  await ben.open(link.pathname + link.hash);
  await ben.composer(name).waitFor();
  return link;
}

async function talk(ann, ben, name) {
  await ann.say(name, kSaid);
  await ben.reads(kSaid);
  await ann.composer(name).press('ArrowUp');
  await ann.composer(name).fill(kEdited);
  await ann.composer(name).press('Enter');
  await ben.reads(kEdited);
  await ben.say(name, kAnswer);
  await ann.reads(kAnswer);
}

async function share(ann, ben, name) {
  await ann.chooseFiles(ann.button(ann.t('composer.attach')), [{ ...kFile, buffer: Buffer.from(kFile.text) }]);
  await ann.page.getByRole('list', { name: ann.t('files.pending') }).getByText(kFile.name).waitFor();
  await ann.composer(name).press('Enter');
  await ben.message(kFile.name).waitFor();
  const [download] = await Promise.all([
    ben.page.waitForEvent('download'),
    ben.button(ben.t('files.download', { name: kFile.name })).first().click(),
  ]);
  assert.equal(await readFile(await download.path(), 'utf8'), kFile.text);
}

test('in a plain room the server has every word', async (t) => {
  const { world, wire, ann, ben } = await open(t);
  await world.step('two talk and share a file', async () => {
    await makeRoom(ann, 'Glass', false);
    const link = await invite(ann, ben, 'Glass');
    assert.equal(link.hash, '');
    await talk(ann, ben, 'Glass');
    await share(ann, ben, 'Glass');
  });
  await world.step('database, disk and wire tell all of it', async () => {
    const places = await found(world, wire);
    for (const text of [kEdited, kAnswer, kFile.name]) assert.ok(places.includes(`database: ${text}`), text);
    assert.ok(places.includes('rest: forty spare wicks in the cellar'), 'the content of the file');
    for (const text of kSecrets) assert.ok(places.includes(`wire: ${text}`), text);
  });
});

test('in an encrypted room it has none of them', async (t) => {
  const { world, wire, ann, ben } = await open(t);
  let link;
  await world.step('two talk and share a file', async () => {
    await makeRoom(ann, 'Deep', true);
    link = await invite(ann, ben, 'Deep');
    assert.match(link.hash, /^#k=([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/);
    assert.equal(new URL(ben.page.url()).hash, '', 'the secret left the address');
    await talk(ann, ben, 'Deep');
    await share(ann, ben, 'Deep');
  });
  await world.step('their words are the same', async () => {
    const wordsOf = async (person) => {
      await person.button(person.t('e2ee.badge')).click();
      await person.button(person.t('e2ee.compare')).click();
      const items = person.page.getByRole('region', { name: person.t('e2ee.words') }).getByRole('listitem');
      await items.nth(7).waitFor();
      const words = await items.allInnerTexts();
      if (process.env.PARLEY_PICTURES) await person.picture(path.join(process.env.PARLEY_PICTURES, 'words.png'));
      await person.page.keyboard.press('Escape');
      return words;
    };
    const words = await wordsOf(ann);
    assert.equal(words.length, 8);
    assert.deepEqual(await wordsOf(ben), words);
  });
  await world.step('a page that is loaded again still reads', async () => {
    await ben.page.reload();
    await ben.reads(kEdited);
    await ben.message(kFile.name).waitFor();
  });
  await world.step('they call and see each other, every frame sealed', async () => {
    await ann.button('Call').click();
    await ben.button('Answer').click();
    await Promise.all([ann.sees(1), ben.sees(1)]);
    await ben.page.getByRole('img', { name: ben.t('e2ee.call') }).waitFor();
    for (const one of [ann, ben]) await one.leaveCall();
  });
  await world.step('whoever is removed does not get the next key', async () => {
    const rooms = await ann.account.api.get('/rooms');
    const { id } = rooms.items[0];
    await ann.account.api.delete(`/rooms/${id}/members/${ben.account.user.id}`);
    await ann.page.getByText(ann.t('e2ee.lineRenewed', { name: 'Ann' })).waitFor();
    await ann.account.api.post(`/rooms/${id}/members`, { userId: ben.account.user.id, role: 'member' });
    await ann.say('Deep', 'without Ben');
    await ann.reads('without Ben');
    await ben.open('about:blank');
    await ben.open(`/r/${id}${link.hash}`);
    await ben.page.getByText(ben.t('e2ee.noKey')).waitFor();
    await ben.page.getByText(ben.t('e2ee.locked')).first().waitFor();
    assert.equal(await ben.page.getByText('without Ben').count(), 0);
  });
  await world.step('nothing of it is in the database, on the disk, on the wire', async () => {
    assert.deepEqual(await found(world, wire), []);
    const secret = link.hash.slice(3);
    assert.ok(!wire.bytes.includes(secret) && !wire.bytes.includes(secret.replaceAll('-', '')), 'nor the secret');
  });
});
