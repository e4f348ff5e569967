// What hosts do in a call: the lobby, silencing, hands, the spotlight, making others hosts, sending out.
import test from 'node:test';
import { World, register, waitFor } from './lib/world.mjs';

/** A figure whose label holds these words, in their order. */
const tileWith = (one, ...words) => one.page.getByRole('figure', { name: new RegExp(`^${words.join('.*')}`) });

test('a host', async (t) => {
  const world = await World.open(t);
  const accounts = [];
  for (const name of ['Ann', 'Ben', 'Cho']) accounts.push(await register(world.server, name));
  const room = await world.room('Bridge', accounts);
  const [ann, ben, cho] = await Promise.all(accounts.map((account) => world.person(account.user.name, { account })));

  const menuOf = async (host, name, item) => {
    await host.page.getByRole('list', { name: host.t('stage.inCall'), exact: true }).getByRole('button', { name: host.t('stage.menuOf', { name }) }).click();
    await host.page.getByRole('menuitem', { name: host.t(item), exact: true }).click();
  };
  const knocks = async (one) => {
    await one.button('Join').first().click();
    await one.page.getByText(one.t('lobby.title')).waitFor();
  };

  await world.step('a locked call: one knocks and is turned away, knocks again and is let in', async () => {
    for (const one of [ann, ben, cho]) await one.enterRoom(room);
    await ann.callWithSound();
    await ben.button('Answer').click();
    await cho.button('Decline').click();
    await ben.tile('Ann').waitFor();
    await ann.page.keyboard.press('u');
    await ann.button(ann.t('stage.lock')).click();
    await ann.button(ann.t('stage.unlock')).waitFor();
    await knocks(cho);
    await ann.page.getByText(ann.t('lobby.came', { name: 'Cho' })).waitFor();
    await ann.button(ann.t('stage.turnAway', { name: 'Cho' })).click();
    await cho.page.getByText(cho.t('lobby.denied')).waitFor();
    await cho.button(cho.t('lobby.write')).click();
    await cho.composer('Bridge').waitFor();
    await knocks(cho);
    await ann.button(ann.t('stage.admitName', { name: 'Cho' })).waitFor();
    // From the tabs of the panel, too, A lets in who waits.
    await ann.page.getByRole('tab', { selected: true }).focus();
    await ann.page.keyboard.press('a');
    await cho.tile('Ben').waitFor();
    await ann.button(ann.t('stage.admitName', { name: 'Cho' })).waitFor({ state: 'detached' });
  });

  await world.step('one who is muted, or whose video is stopped, reads who did it', async () => {
    await menuOf(ann, 'Ben', 'stage.mute');
    await ben.page.getByText(ben.t('muted.byName', { name: 'Ann' })).waitFor();
    await tileWith(cho, 'Ben', cho.t('tile.micOff')).waitFor();
    await ben.page.keyboard.press('Escape');
    await menuOf(ann, 'Ben', 'stage.askUnmute');
    await ben.page.getByText(ben.t('muted.asked', { name: 'Ann' })).waitFor();
    await ben.button(ben.t('muted.unmute')).click();
    await ben.button('Microphone', { pressed: true }).waitFor();
    await ben.button('Camera').click();
    await ben.button('Camera', { pressed: true }).waitFor();
    await menuOf(ann, 'Ben', 'stage.stopVideo');
    await ben.page.getByText(ben.t('muted.cameraByName', { name: 'Ann' })).waitFor();
    await tileWith(cho, 'Ben', cho.t('tile.cameraOff')).waitFor();
  });

  await world.step('what the others may send: sound ends at once, a picture is not begun, and both come back', async () => {
    const turn = async (item) => {
      await ann.button(ann.t('stage.whoMay')).click();
      await ann.page.getByRole('menuitemcheckbox', { name: ann.t(item) }).click();
    };
    await ben.button('Microphone', { pressed: true }).waitFor();
    await turn('stage.allSpeak');
    await ben.page.getByText(ben.t('rights.microphone')).waitFor();
    await ben.button('Microphone', { pressed: false }).and(ben.page.locator('[aria-disabled=true]')).waitFor();
    await tileWith(cho, 'Ben', cho.t('tile.micOff')).waitFor();
    await turn('stage.allShow');
    await ben.button('Camera').and(ben.page.locator('[aria-disabled=true]')).click({ force: true });
    await ben.page.getByText(ben.t('rights.camera')).waitFor();
    // Hosts are free, and who comes in meanwhile is not.
    await ann.button('Microphone', { pressed: true }).waitFor();
    await cho.leaveCall();
    await cho.button('Join').first().click();
    await cho.tile('Ben').waitFor();
    await cho.button('Microphone').and(cho.page.locator('[aria-disabled=true]')).waitFor();
    if (process.env.PARLEY_PICTURES) await ben.picture(`${process.env.PARLEY_PICTURES}/rights.png`);
    await turn('stage.allSpeak');
    await turn('stage.allShow');
    await ben.page.getByText(ben.t('rights.microphone')).waitFor({ state: 'detached' });
    for (const one of [ben, cho]) {
      await one.button('Microphone').and(one.page.locator(':not([aria-disabled])')).waitFor();
      await one.page.keyboard.press('Escape');
      await one.button('Microphone', { pressed: false }).click();
      await one.button('Microphone', { pressed: true }).waitFor();
    }
    await tileWith(ann, 'Ben', ann.t('tile.micOff')).waitFor({ state: 'detached' });
  });

  await world.step('hands are lowered, one and all', async () => {
    for (const [index, one] of [ben, cho].entries()) {
      await one.button('Raise hand').click();
      await tileWith(ann, one.name, ann.t('tile.hand', { n: index + 1 })).waitFor();
    }
    await menuOf(ann, 'Ben', 'stage.lowerHand');
    await ben.button('Raise hand', { pressed: false }).waitFor();
    await cho.button('Raise hand', { pressed: true }).waitFor();
    await ben.button('Raise hand').click();
    await ann.button(ann.t('stage.lowerAll')).click();
    for (const one of [ben, cho]) await one.button('Raise hand', { pressed: false }).waitFor();
  });

  await world.step('the spotlight is on one for everybody, also for who comes later, until it is taken away', async () => {
    await menuOf(ann, 'Ben', 'stage.spotlight');
    for (const one of [ann, cho]) await tileWith(one, 'Ben', one.t('tile.spotlight')).and(one.page.locator('[data-main]')).waitFor();
    await ben.page.getByText(ben.t('stage.spotlightYou')).waitFor();
    if (process.env.PARLEY_PICTURES) await ann.picture(`${process.env.PARLEY_PICTURES}/spotlight.png`);
    await cho.leaveCall();
    await cho.button('Join').first().click();
    await tileWith(cho, 'Ben', cho.t('tile.spotlight')).waitFor();
    await menuOf(ann, 'Ben', 'stage.spotlightEnd');
    for (const one of [ann, cho]) await tileWith(one, 'Ben', one.t('tile.spotlight')).waitFor({ state: 'detached' });
  });

  await world.step('another is made a host, and acts as one', async () => {
    await ben.page.keyboard.press('u');
    await menuOf(ann, 'Ben', 'stage.makeHost');
    await ben.button(ben.t('stage.muteAll')).click();
    await cho.page.getByText(cho.t('muted.byName', { name: 'Ben' })).waitFor();
  });

  await world.step('one is sent out and reads it; the others are still there', async () => {
    await menuOf(ann, 'Cho', 'stage.remove');
    await cho.page.getByText(cho.t('ended.removed')).waitFor();
    await ben.tile('Cho').waitFor({ state: 'detached' });
    await ann.tile('Ben').waitFor();
    await waitFor('the seat to be empty', async () => {
      const [call] = (await accounts[0].api.get('/calls')).items;
      return call.participants.find(({ userId }) => userId === accounts[2].user.id)?.status !== 'joined';
    });
  });
});
