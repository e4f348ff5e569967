// A second call rings during the first: it is answered while the first one waits, and one is back in that at once.
import assert from 'node:assert/strict';
import test from 'node:test';
import { World, register } from './lib/world.mjs';

test('a call on hold', async (t) => {
  const world = await World.open(t);
  const accounts = [];
  for (const name of ['Ann', 'Ben', 'Cho']) accounts.push(await register(world.server, name));
  const [first, , third] = accounts;
  const bridge = await world.room('Bridge', accounts.slice(0, 2));
  const dock = await world.room('Dock', [third, first]);
  const [ann, ben, cho] = await Promise.all(accounts.map((account) => world.person(account.user.name, { account })));
  const bar = ann.page.getByRole('region', { name: ann.t('held.region') });
  const silentAnn = (one) => one.page.getByRole('figure', { name: new RegExp(`^Ann.*${one.t('tile.micOff')}`) });

  await world.step('it is answered; those of the first call neither hear nor see me', async () => {
    for (const [one, room] of [[ann, bridge], [ben, bridge], [cho, dock]]) await one.enterRoom(room);
    await ann.button('Call').click();
    await ben.button('Answer').click();
    await Promise.all([ann.sees(1), ben.sees(1)]);
    await cho.button('Call').click();
    await ann.page.getByText(ann.t('ring.holds'), { exact: true }).waitFor();
    await ann.button(ann.t('ring.hold')).click();
    await Promise.all([ann.sees(1), cho.sees(1)]);
    await ann.tile('Cho').waitFor();
    await bar.getByText('Bridge', { exact: true }).waitFor();
    await silentAnn(ben).waitFor();
    await ben.tile('Ann').locator('video').waitFor({ state: 'detached' });
  });

  await world.step('and back: the second one waits now', async () => {
    await bar.getByRole('button', { name: ann.t('held.return') }).click();
    await ann.tile('Ben').waitFor();
    await Promise.all([ann.sees(1), ben.sees(1)]);
    await silentAnn(ben).waitFor({ state: 'detached' });
    await bar.getByText('Dock', { exact: true }).waitFor();
    await silentAnn(cho).waitFor();
  });

  await world.step('out of this one, I am in the other again, with microphone and camera off until I say so', async () => {
    await ann.button('Leave').click();
    await ben.tile('Ann').waitFor({ state: 'detached' });
    await ann.tile('Cho').waitFor();
    await ann.sees(1);
    await bar.waitFor({ state: 'detached' });
    await silentAnn(cho).waitFor();
    assert.equal(await ann.button('Microphone').getAttribute('aria-pressed'), 'false');
    await ann.button('Camera').click();
    await cho.sees(1);
    for (const one of [ann, ben, cho]) assert.deepEqual(one.errors, []);
  });
});
