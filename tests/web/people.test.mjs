// The people of a room by keys and by pointer: their order, their cards, their menus; who has read what.
import assert from 'node:assert/strict';
import test from 'node:test';
import { findings } from './lib/axe.mjs';
import { World, register, waitFor } from './lib/world.mjs';

test('people', async (t) => {
  const world = await World.open(t);
  const accounts = [];
  for (const name of ['Ann', 'Ben', 'Cho', 'Dag']) accounts.push(await register(world.server, name));
  const room = await world.room('Bridge', accounts);
  const [ann, ben] = await Promise.all(accounts.slice(0, 2).map((account) => world.person(account.user.name, { account })));
  const { keyboard } = ann.page;
  const list = ann.page.getByRole('list', { name: ann.t('room.people') });
  const row = (name) => list.getByRole('button', { name: new RegExp(`^${name}`) });
  const focused = () => ann.page.evaluate(() => document.activeElement?.textContent ?? '');
  const card = ann.page.getByRole('dialog');

  await world.step('those who are here stand first, then those who lead; arrows and letters walk them', async () => {
    for (const one of [ann, ben]) await one.enterRoom(room);
    await ann.open(`/r/${room.id}?panel=people`);
    await row('Dag').waitFor();
    const names = () => list.locator('button[data-row]').evaluateAll((rows) => rows.map((one) => one.dataset.row).join(' '));
    await waitFor('their order', async () => (await names()) === 'Ann Ben Cho Dag');
    await ann.tabTo(row('Ann'));
    await keyboard.press('ArrowDown');
    assert.match(await focused(), /^BBen/);
    await keyboard.press('d');
    assert.match(await focused(), /^DDag/);
    await keyboard.press('Home');
    assert.match(await focused(), /^AAnn/);
  });

  await world.step('Enter opens a card, Esc brings the focus back; the card leads to a conversation', async () => {
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await card.getByText('@ben').waitFor();
    await card.getByText(ann.t('presence.online')).waitFor();
    assert.deepEqual(await findings(ann.page), []);
    await keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
    await waitFor('the focus', async () => (await focused()).startsWith('BBen'));
  });

  await world.step('Shift F10 opens the menu of a row, and a new role shows', async () => {
    await keyboard.press('Shift+F10');
    await ann.page.getByRole('menuitem', { name: ann.t('people.make.moderator') }).click();
    await row('Ben').getByText(ann.t('role.moderator')).waitFor();
  });

  await world.step('on a message, Shift F10 opens its menu and the focus comes back to it', async () => {
    await ben.say('Bridge', 'Low water at nine');
    await ann.open(`/r/${room.id}`);
    await ann.reads('Low water at nine');
    await ann.tabTo(ann.list, 'Shift+Tab');
    await keyboard.press('ArrowUp');
    await keyboard.press('Shift+F10');
    await ann.page.getByRole('menuitem', { name: ann.t('message.copy') }).waitFor();
    await keyboard.press('Escape');
    await ann.page.getByRole('menu').waitFor({ state: 'detached' });
    await waitFor('the focus', () => ann.page.evaluate(() => document.activeElement?.tagName === 'ARTICLE'));
  });

  await world.step('the name on a message opens the card, and that leads to a call of two', async () => {
    await ann.message('Low water').getByRole('button', { name: 'Ben', exact: true }).click();
    await card.getByRole('button', { name: ann.t('people.write') }).click();
    await ann.composer('Ben').waitFor();
  });

  await world.step('every act has its entry in the palette: a star, something new', async () => {
    await ann.open(`/r/${room.id}`);
    await ann.composer('Bridge').waitFor();
    await keyboard.press('Control+k');
    await keyboard.type(ann.t('palette.star'));
    await ann.page.getByRole('option', { name: ann.t('palette.star') }).waitFor();
    await keyboard.press('Enter');
    await ann.page.getByRole('list', { name: ann.t('side.starred') }).getByRole('link', { name: 'Bridge' }).waitFor();
    await keyboard.press('Control+k');
    await keyboard.type(ann.t('side.newRoom'));
    await ann.page.getByRole('option', { name: ann.t('side.newRoom') }).waitFor();
    await keyboard.press('Enter');
    await ann.field('Room name').waitFor();
    await waitFor('the focus', () => ann.field('Room name').evaluate((field) => field === document.activeElement));
    await keyboard.press('Escape');
  });

  await world.step('who has read my message can be told without a pointer', async () => {
    await ann.open(`/r/${room.id}`);
    await ann.composer('Bridge').waitFor();
    await ann.say('Bridge', 'Then at eight');
    await ben.reads('Then at eight');
    await ben.page.bringToFront();
    const read = ann.message('Then at eight').getByRole('button', { name: ann.t('read.by', { n: 1 }) });
    await ann.tabTo(read, 'Shift+Tab');
    await keyboard.press('Enter');
    await read.getByText('Ben').waitFor();
    assert.equal(await read.getAttribute('aria-expanded'), 'true');
  });
});
