// How one looks at a call and works in it: layouts, pins, keys, push-to-talk, the small windows.
import assert from 'node:assert/strict';
import test from 'node:test';
import { World, register } from './lib/world.mjs';

test('the stage', async (t) => {
  const world = await World.open(t);
  const accounts = [];
  for (const name of ['Ann', 'Ben', 'Cho']) accounts.push(await register(world.server, name));
  const room = await world.room('Bridge', accounts);
  const [ann, ben, cho] = await Promise.all(accounts.map((account) => world.person(account.user.name, { account })));
  const { keyboard } = ann.page;
  const large = ann.stage.locator('[data-main]');
  const micOff = (name) => ben.page.getByRole('figure', { name: new RegExp(`^${name}.*${ben.t('tile.micOff')}`) });

  /** Waits until so many tiles are large, and gives their names. */
  const largeOnes = async (count) => {
    await (count === 0 ? large.first().waitFor({ state: 'detached' }) : large.nth(count - 1).waitFor());
    assert.equal(await large.count(), count);
    return (await large.evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('aria-label').split(',')[0]))).sort();
  };
  const layout = async (key) => {
    await ann.button(ann.t('layout.title')).click();
    await ann.page.getByRole('menuitemradio', { name: ann.t(key), exact: true }).click();
    await keyboard.press('Escape');
    await ann.page.getByRole('menu').waitFor({ state: 'detached' });
  };

  await world.step('three in a grid, all of the same size', async () => {
    for (const one of [ann, ben, cho]) await one.enterRoom(room);
    await ann.callWithSound();
    for (const one of [ben, cho]) await one.button('Answer').click();
    const tiles = ann.stage.getByRole('figure');
    await tiles.nth(2).waitFor();
    assert.deepEqual(await largeOnes(0), []);
    // Tiles glide to their seats.
    await ann.settled();
    const widths = await tiles.evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().width)));
    assert.equal(new Set(widths).size, 1, `${widths}`);
  });

  await world.step('layouts: a speaker, two beside each other, back to the grid; a pin stays', async () => {
    await layout('layout.speaker');
    const [speaker] = await largeOnes(1);
    assert.ok(['Ben', 'Cho'].includes(speaker), speaker);
    await layout('layout.side');
    assert.deepEqual(await largeOnes(2), ['Ben', 'Cho']);
    await layout('layout.grid');
    await largeOnes(0);
    await ann.tile('Cho').hover();
    await ann.button(ann.t('stage.pinName', { name: 'Cho' })).click();
    assert.deepEqual(await largeOnes(1), ['Cho']);
    for (const _ of ['speaker', 'side', 'grid']) {
      await keyboard.press('l');
      assert.ok((await largeOnes(_ === 'side' ? 2 : 1)).includes('Cho'));
    }
    await ann.button(ann.t('layout.title')).click();
    await ann.page.getByRole('menuitem', { name: ann.t('layout.unpinAll') }).click();
    await largeOnes(0);
  });

  await world.step('tiles by keys: arrows walk, Enter pins, Shift F10 opens what can be done', async () => {
    await ann.stage.getByRole('figure').first().focus();
    await keyboard.press('ArrowRight');
    const reached = await ann.page.evaluate(() => document.activeElement.getAttribute('aria-label').split(',')[0]);
    await keyboard.press('Shift+F10');
    await ann.page.getByRole('menuitem', { name: ann.t('stage.pin'), exact: true }).waitFor();
    await keyboard.press('Escape');
    await ann.page.getByRole('menu').waitFor({ state: 'detached' });
    // It gives the focus back a moment after it is gone.
    await ann.page.waitForFunction((name) => document.activeElement?.getAttribute('aria-label')?.split(',')[0] === name, reached);
    await keyboard.press('Enter');
    assert.deepEqual(await largeOnes(1), [reached]);
    await keyboard.press('Enter');
    await largeOnes(0);
  });

  await world.step('Space held is heard, Space let go is not', async () => {
    await ann.page.getByRole('main').first().focus();
    await keyboard.press('m');
    await micOff('Ann').waitFor();
    await keyboard.down(' ');
    await micOff('Ann').waitFor({ state: 'detached' });
    await ann.button('Microphone', { pressed: true }).waitFor();
    await keyboard.up(' ');
    await micOff('Ann').waitFor();
    // Where one writes, Space is a letter.
    await keyboard.press('t');
    const field = ann.field(ann.t('stage.chatLabel'));
    await field.waitFor();
    await field.pressSequentially('a b');
    assert.equal(await field.inputValue(), 'a b');
    await ann.button('Microphone', { pressed: false }).waitFor();
    await field.fill('');
    await keyboard.press('Escape');
  });

  await world.step('a window on top of all shows who matters, with keys of its own', async () => {
    const [opened] = await Promise.all([ann.context.waitForEvent('page'), ann.button(ann.t('more.pip')).click()]);
    await opened.getByRole('button', { name: ann.t('controls.microphone') }).click();
    await ann.button('Microphone', { pressed: true }).waitFor();
    await opened.locator('bdi').filter({ hasText: /Ben|Cho/ }).waitFor();
    assert.equal(await opened.title(), ann.t('pip.title', { room: 'Bridge' }));
    // It stays while one is elsewhere in the page, and leads back.
    await ann.button(ann.t('call.back')).click();
    await ann.composer('Bridge').waitFor();
    if (process.env.PARLEY_PICTURES) await opened.screenshot({ path: `${process.env.PARLEY_PICTURES}/small-window.png` });
    await Promise.all([opened.waitForEvent('close'), opened.getByRole('button', { name: ann.t('pip.back') }).click()]);
    await ann.tile('Ben').waitFor();
  });

  await world.step('F6 reaches the small window of the call, and arrows move it', async () => {
    await ann.button(ann.t('call.back')).click();
    await ann.composer('Bridge').waitFor();
    const small = ann.page.getByRole('region', { name: ann.t('call.region', { room: 'Bridge' }) });
    await small.waitFor();
    for (let i = 0; i < 8; ++i) {
      if (await small.evaluate((element) => element.contains(document.activeElement))) break;
      await keyboard.press('F6');
    }
    assert.ok(await small.evaluate((element) => element.contains(document.activeElement)), 'F6 never came there');
    const before = await small.boundingBox();
    await keyboard.press('ArrowUp');
    await ann.page.waitForFunction(([label, y]) => document.querySelector(`[aria-label="${label}"]`).getBoundingClientRect().y < y, [
      ann.t('call.region', { room: 'Bridge' }),
      before.y,
    ]);
    if (process.env.PARLEY_PICTURES) await ann.picture(`${process.env.PARLEY_PICTURES}/floating.png`);
    ann.cable.cut();
    await small.getByText(ann.t('notice.reconnecting')).waitFor();
    ann.cable.mend();
    await small.getByText(ann.t('notice.reconnecting')).waitFor({ state: 'detached' });
    // And what the call has to say is said beside it, one thing at a time.
    await ann.page.getByText(/You are back\./).waitFor();
    for (const one of [cho, ben]) await one.leaveCall();
    await small.getByRole('button', { name: ann.t('controls.leave') }).click();
    await small.waitFor({ state: 'detached' });
  });
});
