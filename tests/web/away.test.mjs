// Who leaves the computer is away for the others, and here again at the first touch.
import test from 'node:test';

import { World, register } from './lib/world.mjs';

test('away', async (t) => {
  const world = await World.open(t);
  const accounts = [await register(world.server, 'Ann'), await register(world.server, 'Ben')];
  const room = await world.room('Harbour', accounts);
  const [ann, ben] = await Promise.all(accounts.map((account) => world.person(account.user.name, { account })));
  const annIs = (word) =>
    ben.page
      .getByRole('list', { name: ben.t('room.people'), exact: true })
      .getByRole('listitem')
      .filter({ hasText: 'Ann' })
      .getByText(ben.t(`presence.${word}`), { exact: true })
      .waitFor();

  await world.step('ten minutes without a touch are an absence, a touch ends it', async () => {
    await ann.page.clock.install();
    for (const one of [ann, ben]) await one.enterRoom(room);
    await ben.open(`/r/${room.id}?panel=people`);
    await annIs('online');
    await ann.page.clock.fastForward('10:01');
    await annIs('away');
    await ann.page.mouse.move(200, 200);
    await ann.page.mouse.move(240, 200);
    await annIs('online');
  });
});
