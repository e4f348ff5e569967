// A shared tab of Parley: another controls it by pointer and keys, several draw on it, its sharer's line breaks.
import assert from 'node:assert/strict';
import test from 'node:test';
import { World, register } from './lib/world.mjs';

test('a shared tab', async (t) => {
  const world = await World.open(t);
  const accounts = [];
  for (const name of ['Ann', 'Ben', 'Cho']) accounts.push(await register(world.server, name));
  const room = await world.room('Bridge', accounts);
  const [ann, ben, cho] = await Promise.all(accounts.map((account) => world.person(account.user.name, { account })));
  const surface = ben.page.getByRole('application', { name: ben.t('control.surface', { name: 'Ann' }) });

  /** Presses, in Ben's picture of Ann's tab, what stands there in Ann's. */
  const pressThere = async (target) => {
    const [picture, box, { width, height }] = [await surface.boundingBox(), await target.boundingBox(), ann.page.viewportSize()];
    const at = [picture.x + (picture.width * (box.x + box.width / 2)) / width, picture.y + (picture.height * (box.y + box.height / 2)) / height];
    await ben.page.mouse.click(...at);
  };
  const askForControl = () => ben.button(`${ben.t('control.ask')}. ${ben.t('control.limits')}`).click();
  const tools = (one) => one.page.getByRole('toolbar', { name: one.t('draw.toolbar') });
  const tool = (one, key) => tools(one).getByRole('button', { name: one.t(key), exact: true });
  const marks = (one, count) => one.share('Ann').locator(`[data-marks="${count}"]`).waitFor({ state: 'attached' });

  await world.step('the tab is shared and seen', async () => {
    for (const one of [ann, ben, cho]) await one.enterRoom(room);
    await ann.callWithSound();
    for (const one of [ben, cho]) await one.button('Answer').click();
    await Promise.all([ben, cho].map((one) => one.tile('Ann').waitFor()));
    await ann.button(ann.t('screen.options')).click();
    await ann.page.getByRole('menuitemradio', { name: ann.t('screen.browser') }).click();
    await ann.page.keyboard.press('Escape');
    await ann.page.getByRole('menu').waitFor({ state: 'detached' });
    await ann.button('Share screen').click();
    await Promise.all([ben, cho].map((one) => one.share('Ann').waitFor()));
    await ben.sees(1, { frames: 1 });
  });

  await world.step('control is asked for, refused, asked for again and given', async () => {
    const asks = ann.page.getByRole('alert').filter({ hasText: ann.t('control.asks', { name: 'Ben' }) });
    await askForControl();
    await asks.getByRole('button', { name: ann.t('control.notNow') }).click();
    await ben.page.getByText(ben.t('control.refused', { name: 'Ann' })).waitFor();
    assert.equal(await surface.count(), 0);
    await askForControl();
    await asks.getByRole('button', { name: ann.t('control.allow') }).click();
    await surface.waitFor();
    await ben.page.getByText(ben.t('control.have', { name: 'Ann' })).waitFor();
    await ann.page.getByText(ann.t('control.given', { name: 'Ben' })).waitFor();
  });

  await world.step('a pointer there presses here, and keys there write here', async () => {
    await pressThere(ann.button('Raise hand'));
    await ann.button('Raise hand', { pressed: true }).waitFor();
    await cho.page.getByRole('figure', { name: new RegExp(`^Ann.*${cho.t('tile.hand', { n: 1 })}`) }).waitFor();
    await ann.page.keyboard.press('t');
    const field = ann.field(ann.t('stage.chatLabel'));
    await field.waitFor();
    await pressThere(field);
    await ben.page.keyboard.type('by another hand');
    await ann.page.waitForFunction(() => document.activeElement?.value === 'by another hand');
    await ben.page.keyboard.press('Enter');
    await cho.button(cho.t('stage.chat')).first().click();
    await cho.reads('by another hand', cho.page.getByRole('region', { name: cho.t('stage.panel') }));
    await cho.page.keyboard.press('Escape');
  });

  await world.step('control is taken back', async () => {
    await pressThere(ann.button('Raise hand', { pressed: true }));
    await ann.button('Raise hand', { pressed: false }).waitFor();
    if (process.env.PARLEY_PICTURES) await ann.picture(`${process.env.PARLEY_PICTURES}/controlled.png`);
    await ann.button(ann.t('control.takeBack')).click();
    await surface.waitFor({ state: 'detached' });
    await ann.page.getByText(ann.t('control.given', { name: 'Ben' })).waitFor({ state: 'detached' });
    await ann.page.keyboard.press('Escape');
  });

  await world.step('two draw, and each takes back what is their own', async () => {
    await tool(ben, 'draw.keep').click();
    await tool(cho, 'draw.keep').click();
    for (const [one, from, to] of [[ben, [0.2, 0.3], [0.4, 0.5]], [cho, [0.6, 0.3], [0.8, 0.5]], [ben, [0.2, 0.6], [0.4, 0.8]]]) {
      if ((await tool(one, 'draw.pen').getAttribute('aria-pressed')) !== 'true') await tool(one, 'draw.pen').click();
      await one.drag(one.share('Ann'), from, to);
      await tool(one, 'draw.undo').and(one.page.locator(':enabled')).waitFor();
    }
    for (const one of [ben, cho]) await marks(one, 3);
    if (process.env.PARLEY_PICTURES) await cho.picture(`${process.env.PARLEY_PICTURES}/drawn.png`);
    await ben.page.keyboard.press('Control+z');
    for (const one of [ben, cho]) await marks(one, 2);
    await tool(cho, 'draw.clear').click();
    for (const one of [ben, cho]) await marks(one, 1);
    await tool(ben, 'draw.undo').and(ben.page.locator(':enabled')).waitFor();
    assert.equal(await tool(cho, 'draw.undo').isEnabled(), false);
    assert.equal(await tool(ben, 'draw.clearAll').count(), 0);
    await cho.page.keyboard.press('Escape');
  });

  await world.step('the line of the sharer breaks and heals: picture and marks are there as before', async () => {
    ann.cable.cut();
    await ann.page.getByText(ann.t('notice.reconnecting')).first().waitFor();
    ann.cable.mend();
    await ann.page.getByText(ann.t('notice.reconnecting')).first().waitFor({ state: 'hidden' });
    await Promise.all([ben, cho].map((one) => one.sees(1, { frames: 1 })));
    await marks(cho, 1);
    await ben.drag(ben.share('Ann'), [0.5, 0.6], [0.6, 0.8]);
    await marks(cho, 2);
    await ann.button('Share screen', { pressed: true }).click();
    for (const one of [ben, cho]) await one.share('Ann').waitFor({ state: 'detached' });
  });
});
