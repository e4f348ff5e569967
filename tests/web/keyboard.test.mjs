// Keys alone, from the door to a call: no pointer is ever used.
import assert from 'node:assert/strict';
import test from 'node:test';
import { World, register } from './lib/world.mjs';

test('keys alone', async (t) => {
  const world = await World.open(t);
  const far = await register(world.server, 'Ben');
  const ann = await world.stranger('Ann');
  const { keyboard } = ann.page;
  let ben;

  await world.step('the door', async () => {
    await ann.open('/register');
    await ann.tabTo(ann.field('Name'));
    await keyboard.type('Ann');
    await ann.tabTo(ann.field('Email'));
    await keyboard.type('ann@example.org');
    await ann.tabTo(ann.page.getByLabel('Password', { exact: true }));
    await keyboard.type('a long enough passphrase');
    await keyboard.press('Enter');
  });

  await world.step('a room, with a person in it', async () => {
    await ann.tabTo(ann.button('New room'));
    await keyboard.press('Enter');
    await ann.tabTo(ann.field('Room name'));
    await keyboard.type('Quay');
    await ann.tabTo(ann.page.getByRole('combobox', { name: ann.t('room.people') }));
    await keyboard.type('Ben');
    await ann.page.getByRole('option', { name: 'Ben' }).waitFor();
    await keyboard.press('Enter');
    await ann.tabTo(ann.button('Create'));
    await keyboard.press('Enter');
    await ann.field('Message Quay').waitFor();
    ben = await world.person('Ben', { account: far });
    await ben.enterRoom({ id: /\/r\/([^/?]+)/.exec(ann.page.url())[1], name: 'Quay' });
  });

  await world.step('writing, and correcting what was written', async () => {
    await ann.tabTo(ann.field('Message Quay'));
    await keyboard.type('Ferry at nien');
    await keyboard.press('Enter');
    await ben.reads('Ferry at nien');
    await keyboard.press('ArrowUp');
    await ann.page.getByText(ann.t('composer.editing')).waitFor();
    for (let i = 0; i < 4; ++i) await keyboard.press('Backspace');
    await keyboard.type('nine');
    await keyboard.press('Enter');
    await ben.reads('Ferry at nine');
  });

  await world.step('walking the messages, reacting, answering in a thread', async () => {
    await ben.say('Quay', 'Shall we meet before?');
    await ann.reads('Shall we meet before?');
    await ann.tabTo(ann.list, 'Shift+Tab');
    await keyboard.press('ArrowUp');
    await keyboard.press('1');
    await ben.message('Shall we meet').getByRole('button', { name: ben.t('reaction.chip', { emoji: 'thumbs up', n: 1 }) }).waitFor();
    await keyboard.press('r');
    await ann.tabTo(ann.field(ann.t('thread.reply')));
    await keyboard.type('At eight');
    await keyboard.press('Enter');
    await ann.reads('At eight', ann.thread);
    await keyboard.press('Escape');
    await ann.thread.waitFor({ state: 'detached' });
    await ben.message('Shall we meet').getByRole('button', { name: ben.t('thread.replies', { n: 1 }) }).waitFor();
  });

  await world.step('jumping about', async () => {
    await keyboard.press('Control+k');
    await ann.page.getByRole('dialog').getByRole('combobox').waitFor();
    await keyboard.type('Quay');
    await ann.page.getByRole('option', { name: 'Quay' }).first().waitFor();
    await keyboard.press('Enter');
    await ann.page.getByRole('dialog').waitFor({ state: 'detached' });
    await keyboard.press('Control+/');
    await ann.page.getByRole('dialog', { name: ann.t('keys.title') }).waitFor();
    await keyboard.press('Escape');
    await ann.page.getByRole('dialog').waitFor({ state: 'detached' });
    await keyboard.press('Control+,');
    await ann.page.getByRole('dialog').waitFor();
    await keyboard.press('Escape');
    await ann.field('Message Quay').waitFor();
    await ann.page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  await world.step('calling, muting, raising the hand, leaving', async () => {
    await keyboard.press('Control+Shift+c');
    await ben.button('Answer').waitFor();
    await ben.page.keyboard.press('Control+Shift+a');
    await Promise.all([ann.sees(1), ben.sees(1)]);
    await keyboard.press('m');
    await ann.button('Microphone', { pressed: false }).waitFor();
    await keyboard.press('v');
    await ann.button('Camera', { pressed: false }).waitFor();
    await keyboard.press('h');
    await ben.page.getByRole('figure', { name: new RegExp(`^Ann.*${ben.t('tile.hand', { n: 1 })}`) }).waitFor();
    // The bar is one stop for Tab; arrows walk it.
    await ann.tabTo(ann.button('Microphone'));
    await ann.tabTo(ann.button('Leave'), 'ArrowRight');
    await keyboard.press('Enter');
    await ann.composer('Quay').waitFor();
    assert.equal(await ben.tile('Ann').count(), 0);
  });
});
