// The network goes away in the middle of things. The page says so, heals by itself, and nothing is lost or said twice.
import assert from 'node:assert/strict';
import test from 'node:test';
import { World, register } from './lib/world.mjs';

test('lost network', async (t) => {
  const world = await World.open(t);
  const accounts = [await register(world.server, 'Ann'), await register(world.server, 'Ben')];
  const room = await world.room('Quay', accounts);
  const [ann, ben] = await Promise.all(accounts.map((account) => world.person(account.user.name, { account })));
  for (const one of [ann, ben]) await one.enterRoom(room);

  await world.step('what is written without a line waits, and goes out once', async () => {
    ann.cable.cut();
    await ann.say('Quay', 'first without a line');
    await ann.say('Quay', 'second without a line');
    await ann.page.getByText(ann.t('offline.waiting', { n: 2 })).waitFor();
    ann.cable.mend();
    await ben.reads('first without a line');
    await ben.reads('second without a line');
    await ann.page.getByText(ann.t('offline.waiting', { n: 2 })).waitFor({ state: 'hidden' });
    for (const one of [ann, ben]) await one.reads('first without a line');
    const order = await ben.list.getByRole('article').allInnerTexts();
    assert.ok(order.findIndex((text) => text.includes('first')) < order.findIndex((text) => text.includes('second')));
  });

  await world.step('what the others wrote meanwhile is there afterwards, without a reload', async () => {
    await ben.page.evaluate(() => (window.marked = true));
    ben.cable.cut();
    await ann.say('Quay', 'you missed this');
    await ann.reads('you missed this');
    await ben.page.getByText(ben.t('offline.plain')).waitFor();
    ben.cable.mend();
    await ben.reads('you missed this');
    assert.equal(await ben.page.evaluate(() => window.marked), true);
  });

  await world.step('a line that breaks between sending and answer sends nothing twice', async () => {
    for (let i = 0; i < 5; ++i) {
      await ann.say('Quay', `jolted ${i}`);
      ann.cable.jolt();
    }
    for (let i = 0; i < 5; ++i) await ben.reads(`jolted ${i}`);
    await ann.say('Quay', 'after the jolts');
    await ben.reads('after the jolts');
    for (const one of [ann, ben]) for (let i = 0; i < 5; ++i) await one.reads(`jolted ${i}`);
  });

  await world.step('a thread goes on after the line was away', async () => {
    await (await ann.tool('you missed this', ann.t('message.thread'))).click();
    await ann.thread.waitFor();
    ann.cable.cut();
    await ann.field(ann.t('thread.reply')).fill('no longer');
    await ann.field(ann.t('thread.reply')).press('Enter');
    ann.cable.mend();
    await ben.message('you missed this').getByRole('button', { name: ben.t('thread.replies', { n: 1 }) }).click();
    await ben.reads('no longer', ben.thread);
    await ann.reads('no longer', ann.thread);
    for (const one of [ann, ben]) await one.button(one.t('thread.close')).click();
  });

  await world.step('an upload goes on where it stopped', async () => {
    const content = Buffer.alloc(24 << 20, 'tide ');
    await ann.slow(6 << 20);
    await ann.chooseFiles(ann.button(ann.t('composer.attach')), { name: 'tides.bin', mimeType: 'application/octet-stream', buffer: content });
    await ann.page.waitForFunction(() => Number(document.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow')) > 5);
    ann.cable.cut();
    await ann.page.getByText(ann.t('files.waiting')).waitFor();
    await ann.slow(0);
    ann.cable.mend();
    await ann.page.getByRole('list', { name: ann.t('files.pending') }).getByRole('progressbar').waitFor({ state: 'detached' });
    await ann.say('Quay', 'the tides');
    await ben.reads('the tides');
    const files = (await accounts[1].api.get(`/rooms/${room.id}/files`)).items;
    assert.deepEqual(files.map(({ name, size }) => [name, size]), [['tides.bin', content.length]]);
  });

  await world.step('the server itself goes away and comes back', async () => {
    await world.server.restart('SIGKILL');
    await ann.say('Quay', 'after the restart');
    await ben.reads('after the restart');
    await ann.reads('after the restart');
  });

  await world.step('a page that is opened without a server waits for it', async () => {
    const cho = await world.stranger('Cho');
    await cho.context.route('**/api/**', (route) => route.abort());
    await cho.open('/');
    await cho.page.getByText(cho.t('door.awayWaiting')).waitFor();
    await cho.context.unroute('**/api/**');
    await cho.button('Sign in').waitFor();
  });
});
