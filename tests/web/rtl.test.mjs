// Right to left, in Arabic: the page is mirrored, texts of both directions stand right, chat and calls work.
import assert from 'node:assert/strict';
import test from 'node:test';
import { World, register } from './lib/world.mjs';

test('right to left', async (t) => {
  const world = await World.open(t);
  const accounts = [await register(world.server, 'Layla'), await register(world.server, 'Ben')];
  await accounts[0].api.patch('/me', { name: 'ليلى' });
  const room = await world.room('الميناء', accounts);
  const layla = await world.person('ليلى', { account: accounts[0], language: 'ar' });
  const ben = await world.person('Ben', { account: accounts[1] });
  for (const one of [layla, ben]) await one.enterRoom(room);

  await world.step('the page is mirrored', async () => {
    assert.equal(await layla.page.evaluate(() => `${document.documentElement.lang} ${document.documentElement.dir}`), 'ar rtl');
    const side = await layla.page.getByRole('complementary', { name: layla.t('side.label') }).boundingBox();
    const main = await layla.page.getByRole('main').boundingBox();
    assert.ok(side.x > main.x, 'the side bar stands at the right');
    assert.equal(await layla.sideways(), '');
  });

  await world.step('each text runs in its own direction', async () => {
    await layla.say(room.name, 'الباخرة في التاسعة');
    await ben.say(room.name, 'Nine it is, **truly**');
    for (const one of [layla, ben]) {
      await one.reads('الباخرة');
      await one.reads('Nine it is');
    }
    const direction = (one, text) => one.message(text).locator('.md').evaluate((element) => getComputedStyle(element).direction);
    for (const one of [layla, ben]) {
      assert.equal(await direction(one, 'الباخرة'), 'rtl');
      assert.equal(await direction(one, 'Nine it is'), 'ltr');
    }
  });

  await world.step('a list of the other direction keeps its marks beside it', async () => {
    await ben.say(room.name, 'bring\n- ropes\n- charts');
    const message = await layla.reads('charts');
    const list = await message.locator('.md ul').boundingBox();
    const whole = await message.locator('.md').boundingBox();
    assert.ok(list.width < whole.width / 2, `the list is ${list.width} of ${whole.width} px wide`);
    assert.ok(Math.abs(list.x + list.width - whole.x - whole.width) < 2, 'the list stands where lines begin');
  });

  await world.step('a thread opens at the other side', async () => {
    await (await layla.tool('Nine it is', layla.t('message.thread'))).click();
    const thread = await layla.thread.boundingBox();
    const main = await layla.page.getByRole('main').boundingBox();
    assert.ok(thread.x < main.x, 'the thread stands at the left');
    await layla.field(layla.t('thread.reply')).fill('نعم');
    await layla.field(layla.t('thread.reply')).press('Enter');
    await layla.reads('نعم', layla.thread);
    await layla.button(layla.t('thread.close')).click();
  });

  await world.step('a call', async () => {
    await ben.button('Call').click();
    await layla.button(layla.t('ring.answer')).click();
    await Promise.all([layla.sees(1), ben.sees(1)]);
    await layla.button(layla.t('controls.microphone')).click();
    await layla.button(layla.t('controls.microphone'), { pressed: false }).waitFor();
    assert.equal(await layla.sideways(), '');
    await layla.button(layla.t('controls.leave')).click();
    await layla.composer(room.name).waitFor();
    await ben.leaveCall();
  });

  await world.step('nothing sticks out at any width', async () => {
    for (const width of [1440, 820, 360]) {
      await layla.page.setViewportSize({ width, height: 800 });
      for (const place of [`/r/${room.id}`, `/r/${room.id}?panel=people`, '/inbox', '/calls', '/files', '/settings/look']) {
        await layla.open(place);
        await layla.page.locator('main, [role=dialog]').first().waitFor();
        assert.equal(await layla.sideways(), '', `${place} at ${width}`);
      }
    }
  });
});
