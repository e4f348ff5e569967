// 200 % zoom, as browsers do it: half the pixels, twice the density. And text alone at twice its size. Nothing sticks out sideways,
// nothing that one needs is out of reach.
import assert from 'node:assert/strict';
import test from 'node:test';
import { World, register } from './lib/world.mjs';

const kZoomed = { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 };
/** 1280 px at 400 %, which WCAG 1.4.10 asks for. */
const kNarrow = { width: 320, height: 256 };

test('200 % zoom', async (t) => {
  const world = await World.open(t);
  const accounts = [await register(world.server, 'Ann'), await register(world.server, 'Ben')];
  const room = await world.room('Quay', accounts, { topic: 'What comes and goes at the quay, and when' });
  const ann = await world.person('Ann', { account: accounts[0], ...kZoomed });
  const ben = await world.person('Ben', { account: accounts[1] });
  const fits = async (what) => assert.equal(await ann.sideways(), '', what);
  const places = ['/', `/r/${room.id}`, `/r/${room.id}?panel=people`, `/r/${room.id}?panel=files`, `/r/${room.id}?panel=search`, '/inbox', '/calls', '/files', '/search?q=quay', '/settings/profile', '/settings/look', '/settings/notices', '/admin', '/admin/people', '/admin/limits'];
  const visitAll = async (what) => {
    for (const place of places) {
      await ann.open(place);
      await ann.page.locator('main, [role=dialog]').first().waitFor();
      await fits(`${place} ${what}`);
    }
  };
  /** What can be pressed lies in the window, or can be scrolled there. */
  const pressable = async (locator) => {
    await locator.scrollIntoViewIfNeeded();
    const box = await locator.boundingBox();
    const { width, height } = ann.page.viewportSize();
    assert.ok(box.x >= 0 && box.x + box.width <= width + 1, `${locator} lies at ${box.x} of ${width}`);
    assert.ok(box.y >= 0 && box.y + box.height <= height + 1, `${locator} lies at ${box.y} of ${height}`);
  };

  await world.step('at twice the size every place fits', () => visitAll('at 200 %'));

  await world.step('both chat, in a thread too', async () => {
    for (const one of [ann, ben]) await one.enterRoom(room);
    await ann.say('Quay', 'Written large');
    await ben.reads('Written large');
    await ben.say('Quay', 'Read with ease');
    await ann.reads('Read with ease');
    await pressable(ann.button(ann.t('composer.send')));
    await (await ann.tool('Read with ease', ann.t('message.thread'))).click();
    await ann.field(ann.t('thread.reply')).fill('And answered');
    await ann.field(ann.t('thread.reply')).press('Enter');
    await ann.reads('And answered', ann.thread);
    await fits('a thread');
    await ann.button(ann.t('thread.close')).click();
  });

  await world.step('a dialog can be filled in to its end', async () => {
    await ann.button(ann.t('side.newRoom')).first().click();
    await ann.field('Room name').fill('Pier');
    await fits('a dialog');
    await pressable(ann.button('Create'));
    await ann.button('Create').click();
    await ann.composer('Pier').waitFor();
  });

  await world.step('a call: every key can be reached, and the other is seen', async () => {
    await ann.enterRoom(room);
    await ben.button('Call').click();
    await pressable(ann.button('Answer'));
    await ann.button('Answer').click();
    await Promise.all([ann.sees(1), ben.sees(1)]);
    await fits('a call');
    for (const width of [640, 600]) {
      await ann.page.setViewportSize({ width, height: 400 });
      for (const name of ['Microphone', 'Camera', 'Raise hand', 'Leave', ann.t('stage.chat')]) await pressable(ann.button(name));
      await pressable(ann.page.getByRole('button', { name: new RegExp(`^${ann.t('stage.people')}`) }));
    }
    await ann.page.setViewportSize(kZoomed.viewport);
    const tile = await ann.tile('Ben').boundingBox();
    assert.ok(tile.height >= 120, `the other is ${tile.height} px high`);
    if (process.env.PARLEY_PICTURES) await ann.picture(`${process.env.PARLEY_PICTURES}/zoom-call.png`);
    await ann.leaveCall();
    await ann.composer('Quay').waitFor();
    await ben.leaveCall();
  });

  await world.step('text alone at twice its size fits, and is as large', async () => {
    await ann.page.setViewportSize({ width: 1280, height: 800 });
    await ann.context.addInitScript(() => {
      const grow = () => document.documentElement?.style.setProperty('font-size', '200%');
      grow();
      document.addEventListener('DOMContentLoaded', grow);
    });
    await visitAll('with text at 200 %');
    await ann.enterRoom(room);
    const size = await ann.message('Written large').locator('.md').evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
    assert.equal(size, 30);
    if (process.env.PARLEY_PICTURES) await ann.picture(`${process.env.PARLEY_PICTURES}/zoom-text.png`);
  });

  await world.step('at 320 px every place still fits', async () => {
    const narrow = await world.person('Ann', { account: { ...accounts[0], ...(await world.server.api().post('/auth/login', { email: accounts[0].email, password: accounts[0].password })) }, viewport: kNarrow });
    for (const place of places) {
      await narrow.open(place);
      await narrow.page.locator(':is(main, aside, [role=dialog]):visible').first().waitFor();
      assert.equal(await narrow.sideways(), '', `${place} at 320 px`);
    }
  });
});
