// The network goes away while one registers, makes a room, brings a new version, looks up calls or searches: what was typed
// stays, what can go on by itself does, and nothing is there twice.
import assert from 'node:assert/strict';
import test from 'node:test';
import { World, register, waitFor } from './lib/world.mjs';

const text = (name, content) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });

test('lost network, at other moments', async (t) => {
  const world = await World.open(t);
  const account = await register(world.server, 'Ann');
  const room = await world.room('Quay', [account]);
  const ann = await world.person('Ann', { account });
  const cho = await world.stranger('Cho');

  await world.step('while one registers: the form says so and keeps what was typed', async () => {
    await cho.open('/register');
    await cho.field('Name').fill('Cho');
    await cho.field('Email').fill('cho@example.org');
    await cho.page.getByLabel('Password', { exact: true }).fill('a long enough passphrase');
    cho.cable.cut();
    await cho.button('Create account').click();
    await cho.page.getByText(cho.t('door.away')).waitFor();
    assert.equal(await cho.field('Email').inputValue(), 'cho@example.org');
    cho.cable.mend();
    await cho.button('Create account').click();
    await cho.button('New room').first().waitFor();
  });

  await world.step('while one makes a room: the dialog stays, and there is one room in the end', async () => {
    await cho.button('New room').first().click();
    await cho.field('Room name').fill('Pier');
    cho.cable.cut();
    await cho.button('Create').click();
    await cho.page.getByRole('dialog').getByText(cho.t('error.offline')).waitFor();
    cho.cable.mend();
    await cho.button('Create').click();
    await cho.composer('Pier').waitFor();
    const { accessToken } = await cho.refreshed();
    const rooms = (await world.server.api(accessToken).get('/rooms')).items;
    assert.deepEqual(rooms.map(({ name }) => name), ['Pier']);
  });

  await world.step('while a new version goes up: it waits and goes on by itself', async () => {
    await ann.enterRoom(room);
    await ann.chooseFiles(ann.button(ann.t('composer.attach')), text('beds.txt', 'north 4 m\n'));
    await ann.page.getByRole('list', { name: ann.t('files.pending') }).getByRole('progressbar').waitFor({ state: 'detached' });
    await ann.say('Quay', 'the beds');
    await ann.reads('the beds');
    const [file] = (await account.api.get(`/rooms/${room.id}/files`)).items;
    await ann.open(`/r/${room.id}/f/${file.id}`);
    await ann.panel.getByText(ann.t('files.version', { n: 1 })).first().waitFor();
    ann.cable.cut();
    await ann.page.getByText(ann.t('offline.plain')).waitFor();
    await ann.chooseFiles(ann.panel.getByRole('button', { name: ann.t('files.newVersion'), exact: true }), text('beds.txt', 'north 5 m\n'));
    await ann.button(ann.t('files.upload')).click();
    ann.cable.mend();
    const versions = ann.panel.getByRole('region', { name: ann.t('files.versions') });
    await versions.getByText(ann.t('files.version', { n: 2 })).waitFor();
    assert.equal((await account.api.get(`/files/${file.id}`)).version, 2);
  });

  await world.step('while one looks up calls: it says so, and they come with the line', async () => {
    await ann.open('/inbox');
    await ann.link(ann.t('side.calls')).first().click();
    await ann.page.getByText(ann.t('history.none')).waitFor();
    await ann.open('/inbox');
    await ann.page.getByRole('heading', { name: ann.t('side.inbox'), level: 1 }).waitFor();
    // Its code is there; what it asks for is not.
    await ann.context.route('**/api/v1/calls**', (route) => route.abort());
    await ann.link(ann.t('side.calls')).first().click();
    await ann.page.getByText(ann.t('history.notLoaded')).waitFor();
    await ann.context.unroute('**/api/v1/calls**');
    ann.cable.jolt();
    await ann.page.getByText(ann.t('history.none')).waitFor();
  });

  await world.step('while one searches: it says so, and finds once the line is back', async () => {
    await ann.open('/search?q=beds');
    await ann.page.locator('main mark').first().waitFor();
    ann.cable.cut();
    await ann.page.getByText(ann.t('offline.plain')).waitFor();
    await ann.page.getByRole('searchbox').fill('north');
    await ann.page.locator('main').getByText(ann.t('error.offline')).waitFor();
    ann.cable.mend();
    await ann.page.locator('main').getByText(ann.t('error.offline')).waitFor({ state: 'detached' });
    await ann.page.getByRole('searchbox').fill('the beds');
    await waitFor('what is found', async () => (await ann.page.locator('main mark').allInnerTexts()).includes('beds'));
  });
});
