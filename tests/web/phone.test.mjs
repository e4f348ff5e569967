// The same on a phone of 360 px: a page for each thing, nothing sticks out, fingers find what they need.
import assert from 'node:assert/strict';
import test from 'node:test';
import { World, register } from './lib/world.mjs';

const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

test('a phone', async (t) => {
  const world = await World.open(t);
  const far = await register(world.server, 'Ben');
  const ann = await world.stranger('Ann', phone);
  let ben;
  const fits = async (what) => assert.equal(await ann.sideways(), '', what);

  await world.step('an account and a room are made with thumbs', async () => {
    await ann.open('/register');
    await fits('the door');
    await ann.register();
    await ann.button('New room').first().tap();
    await ann.field('Room name').fill('Quay');
    await fits('the dialog of a new room');
    await ann.button('Create').tap();
    await ann.field('Message Quay').waitFor();
    await fits('a room');
  });

  await world.step('both chat; long words break', async () => {
    const id = /\/r\/([^/?]+)/.exec(ann.page.url())[1];
    const { accessToken } = await ann.refreshed();
    await world.server.api(accessToken).post(`/rooms/${id}/members`, { userId: far.user.id });
    ben = await world.person('Ben', { account: far });
    await ben.enterRoom({ id, name: 'Quay' });
    await ann.composer('Quay').fill('From my phone');
    await ann.button(ann.t('composer.send')).tap();
    await ben.reads('From my phone');
    await ben.say('Quay', `wide ${'w'.repeat(300)} and \`${'c'.repeat(200)}\``);
    await ann.reads('wide www');
    await fits('a message without spaces');
  });

  await world.step('a finger that stays on a message opens what can be done with it', async () => {
    // What draws Markdown has come, and the text stands where it will.
    await ann.message('wide www').locator('code').waitFor();
    await ann.settled();
    const { x, y, width, height } = await ann.message('wide www').locator('.md').boundingBox();
    const cdp = await ann.context.newCDPSession(ann.page);
    const point = { x: x + Math.min(width, 300) / 2, y: y + Math.min(height, 40) / 2 };
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] });
    const reply = ann.page.getByRole('menuitem', { name: ann.t('message.reply') });
    await reply.waitFor();
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await fits('the menu of a message');
    const { height: row } = await reply.boundingBox();
    assert.ok(row >= 44, `a row is ${row} px high`);
    if (process.env.PARLEY_PICTURES) await ann.picture(`${process.env.PARLEY_PICTURES}/phone-menu.png`);
    await ann.page.keyboard.press('Escape');
    await reply.waitFor({ state: 'detached' });
  });

  await world.step('a thread is a page of its own', async () => {
    await (await ben.tool('From my phone', ben.t('message.thread'))).click();
    await ben.field(ben.t('thread.reply')).fill('I can read it');
    await ben.field(ben.t('thread.reply')).press('Enter');
    await ann.message('From my phone').getByRole('button', { name: ann.t('thread.replies', { n: 1 }) }).tap();
    await ann.reads('I can read it', ann.thread);
    const { width } = await ann.thread.boundingBox();
    assert.ok(width >= 340, `the thread is ${width} px wide`);
    await fits('a thread');
    await ann.button(ann.t('thread.close')).tap();
  });

  await world.step('a call fits, and its keys are large enough', async () => {
    await ben.button('Call').click();
    await ann.button('Answer').tap();
    await Promise.all([ann.sees(1), ben.sees(1)]);
    await fits('a call');
    for (const name of ['Microphone', 'Camera', 'Raise hand', 'Leave']) {
      const { width, height } = await ann.button(name).boundingBox();
      assert.ok(width >= 44 && height >= 44, `${name} is ${width} by ${height}`);
    }
    await ann.button('Microphone').tap();
    await ann.button('Microphone', { pressed: false }).waitFor();
    await ann.button('Leave').tap();
    await ann.composer('Quay').waitFor();
    await ben.leaveCall();
  });

  await world.step('every place fits', async () => {
    for (const place of ['/rooms', '/inbox', '/calls', '/files', '/search?q=phone', '/settings/profile', '/settings/look', '/admin']) {
      await ann.open(place);
      await ann.page.locator('main, [role=dialog]').first().waitFor();
      await fits(place);
    }
  });
});
