// A call of three: it rings, they see and hear each other, one comes later, the line breaks, it ends, history knows it.
import assert from 'node:assert/strict';
import test from 'node:test';
import { World, register, waitFor } from './lib/world.mjs';

test('three people call', async (t) => {
  const world = await World.open(t);
  const accounts = [];
  for (const name of ['Ann', 'Ben', 'Cho']) accounts.push(await register(world.server, name));
  const room = await world.room('Bridge', accounts);
  const [ann, ben, cho] = await Promise.all(accounts.map((account) => world.person(account.user.name, { account })));

  await world.step('it rings for the others; one answers, both see each other', async () => {
    for (const one of [ann, ben, cho]) await one.enterRoom(room);
    await ann.button('Call').click();
    await ben.button('Answer').click();
    await Promise.all([ann.sees(1), ben.sees(1)]);
    await ann.tile('Ben').waitFor();
    await ben.tile('Ann').waitFor();
  });

  await world.step('the third declines, then joins after all', async () => {
    await cho.button('Decline').click();
    await cho.button('Join').first().click();
    await Promise.all([ann, ben, cho].map((one) => one.sees(2)));
    for (const one of [ann, ben]) await one.tile('Cho').waitFor();
    assert.equal(await cho.stage.getByRole('figure').count(), 3);
  });

  await world.step('microphone, camera and hand show for the others', async () => {
    await ben.button('Microphone', { pressed: true }).click();
    await ann.tile('Ben').and(ann.page.getByRole('figure', { name: new RegExp(ann.t('tile.micOff')) })).waitFor();
    await ben.button('Camera', { pressed: true }).click();
    await ann.tile('Ben').and(ann.page.getByRole('figure', { name: new RegExp(ann.t('tile.cameraOff')) })).waitFor();
    await ben.button('Raise hand').click();
    await ann.tile('Ben').and(ann.page.getByRole('figure', { name: new RegExp(ann.t('tile.hand', { n: 1 })) })).waitFor();
    for (const name of ['Microphone', 'Camera']) await ben.button(name, { pressed: false }).click();
    await ben.button('Raise hand', { pressed: true }).click();
    await Promise.all([ann.sees(2), cho.sees(2)]);
  });

  await world.step('a broken line is told, and heals by itself', async () => {
    ben.cable.cut();
    await ben.page.getByText(ben.t('notice.reconnecting')).waitFor();
    ben.cable.mend();
    await ben.page.getByText(ben.t('notice.reconnecting')).waitFor({ state: 'hidden' });
    await Promise.all([ann, ben, cho].map((one) => one.sees(2)));
    assert.equal(await ann.stage.getByRole('figure').count(), 3);
  });

  await world.step('one chats elsewhere while the call goes on', async () => {
    await ben.button(ben.t('call.back')).click();
    await ben.say('Bridge', 'I am still on the line');
    await ann.button(ann.t('call.back')).click();
    await ann.reads('I am still on the line');
    await Promise.all([ann.sees(1), cho.sees(2)]);
    for (const one of [ann, ben]) await one.button(one.t('call.open')).first().click();
  });

  await world.step('a screen is shared and seen', async () => {
    await ann.button('Share screen').click();
    await Promise.all([ben.sees(3), cho.sees(3)]);
  });

  await world.step('what is drawn on it sits at the same place in windows of other sizes', async () => {
    await cho.page.setViewportSize({ width: 1000, height: 820 });
    await ben.page.getByRole('toolbar', { name: 'Drawing' }).getByRole('button', { name: ben.t('draw.box') }).click();
    await ben.drag(ben.share('Ann'), [0.3, 0.4], [0.5, 0.6]);
    const [there, elsewhere] = await Promise.all([ben.mark('Ann'), cho.mark('Ann')]);
    for (const side of ['left', 'top', 'width', 'height']) {
      assert.ok(Math.abs(there[side] - elsewhere[side]) < 0.02, `${side}: ${there[side]} and ${elsewhere[side]}`);
    }
  });

  await world.step('the marks are there after the line was away; undone, they are gone for all', async () => {
    cho.cable.jolt();
    await cho.mark('Ann');
    await ben.button(ben.t('draw.undo')).click();
    for (const one of [ben, cho]) await one.share('Ann').locator('[data-marks="0"]').waitFor({ state: 'attached' });
    await ann.button('Share screen', { pressed: true }).click();
    for (const one of [ben, cho]) await one.share('Ann').waitFor({ state: 'detached' });
  });

  await world.step('everybody leaves; history knows how long it was', async () => {
    for (const one of [cho, ben, ann]) await one.leaveCall();
    await ann.composer('Bridge').waitFor();
    await waitFor('the end', async () => (await accounts[0].api.get('/calls')).items[0]?.status === 'ended');
    await ann.open('/calls');
    await ann.page.getByRole('listitem').filter({ hasText: 'Bridge' }).first().waitFor();
    await ann.button(ann.t('history.callBack', { room: 'Bridge' })).first().waitFor();
  });
});

