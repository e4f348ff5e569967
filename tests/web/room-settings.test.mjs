// What may be changed of a room: by whom, and that the others see it at once.
import assert from 'node:assert/strict';
import test from 'node:test';

import { findings } from './lib/axe.mjs';
import { World, register } from './lib/world.mjs';

test('the settings of a room', async (t) => {
  const world = await World.open(t);
  const accounts = [];
  // The first account administers the server: it stays out of this.
  for (const name of ['Root', 'Ann', 'Ben', 'Cho']) accounts.push(await register(world.server, name));
  const [, owner, member, moderator] = accounts;
  const room = await world.room('Harbour', [owner, member, moderator]);
  await owner.api.patch(`/rooms/${room.id}/members/${moderator.user.id}`, { role: 'moderator' });
  const people = await Promise.all([owner, member, moderator].map((account) => world.person(account.user.name, { account })));
  const [ann, ben, cho] = people;
  const look = () => member.api.get(`/rooms/${room.id}`);
  const openSettings = async (one) => {
    await one.button(one.t('room.menu')).click();
    await one.page.getByRole('menuitem', { name: one.t('room.settings') }).click();
    const dialog = one.page.getByRole('dialog', { name: one.t('room.settings') });
    await dialog.getByLabel(one.t('room.name')).waitFor();
    // Colours on their way are nobody's colours.
    await one.settled();
    return dialog;
  };
  const save = async (one, dialog) => {
    await dialog.getByRole('button', { name: one.t('app.save') }).click();
    await dialog.waitFor({ state: 'detached' });
  };

  await world.step('an owner changes all of it, and the others see the new name at once', async () => {
    for (const one of people) await one.enterRoom(room);
    const dialog = await openSettings(ann);
    assert.deepEqual(await findings(ann.page), []);
    if (process.env.PARLEY_PICTURES) await ann.page.screenshot({ path: `${process.env.PARLEY_PICTURES}/room-settings.png` });
    await dialog.getByLabel(ann.t('room.name')).fill('Quay');
    await dialog.getByLabel(ann.t('room.topic')).fill('Tides and berths');
    await dialog.getByLabel(ann.t('room.flag')).selectOption('disc');
    await dialog.getByLabel(ann.t('room.flagColours')).selectOption('disc-kelp-amber');
    await dialog.getByRole('radio', { name: ann.t('room.public') }).check({ force: true });
    await dialog.getByLabel(ann.t('room.lock')).check();
    await dialog.getByLabel(ann.t('room.keep')).selectOption('30');
    await dialog.getByText(ann.t('room.keepWarning')).waitFor();
    await save(ann, dialog);
    await ben.composer('Quay').waitFor();
    await ben.page.getByText('Tides and berths').first().waitFor();
    const { name, topic, flag, visibility, locked, retentionDays } = await look();
    assert.deepEqual(
      { name, topic, flag, visibility, locked, retentionDays },
      { name: 'Quay', topic: 'Tides and berths', flag: 'disc-kelp-amber', visibility: 'public', locked: true, retentionDays: 30 },
    );
  });

  await world.step('a moderator is not shown what owners alone change, and leaves it as it is', async () => {
    const dialog = await openSettings(cho);
    await dialog.getByLabel(cho.t('room.lock')).waitFor();
    assert.equal(await dialog.getByLabel(cho.t('room.keep')).count(), 0);
    assert.equal(await dialog.getByRole('button', { name: cho.t('room.delete') }).count(), 0);
    await dialog.getByLabel(cho.t('room.lock')).uncheck();
    await save(cho, dialog);
    const { locked, retentionDays } = await look();
    assert.deepEqual({ locked, retentionDays }, { locked: false, retentionDays: 30 });
  });

  await world.step('a member has no such page, and the server refuses the change', async () => {
    await ben.button(ben.t('room.menu')).click();
    await ben.page.getByRole('menuitem', { name: ben.t('room.leave') }).waitFor();
    assert.equal(await ben.page.getByRole('menuitem', { name: ben.t('room.settings') }).count(), 0);
    await member.api.patch(`/rooms/${room.id}`, { name: 'Mine' }, { status: 403 });
    assert.equal((await look()).name, 'Quay');
  });
});
