// Messages: how soon the others see them with a hundred people connected, and a room that holds ten thousand.
import assert from 'node:assert/strict';
import test from 'node:test';
import { kPatience } from '../lib/patience.mjs';
import { ask, connect, percentile, registerMany, summary } from './lib/crowd.mjs';
import { watchInteractions } from './lib/interactions.mjs';
import { World } from './lib/world.mjs';

const kPeople = 100;
const kPages = 4;
const kBound = 100 * kPatience;
const kMessages = 10_000;
const kRows = 80;

/** Runs in the page: resolves with the time at which an article with this text has been painted. */
function painted(text) {
  return new Promise((resolve) => {
    const look = () => {
      if (![...document.querySelectorAll('[role=log] article')].some((one) => one.textContent.includes(text))) return false;
      observer.disconnect();
      requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
      return true;
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    look();
  });
}

test('messages', async (t) => {
  const world = await World.open(t, { 'log.level': 'warn' });
  const names = Array.from({ length: kPeople }, (_, i) => `Person${i}`);
  const accounts = await registerMany(world.server, names);
  const room = await world.room('Square', accounts);

  await world.step(`${kPeople} people connected: the others see a message within ${kBound} ms`, async (step) => {
    const sockets = await Promise.all(accounts.slice(kPages).map((one) => connect(world.server, one)));
    const pages = [];
    for (const account of accounts.slice(0, kPages)) {
      pages.push(await world.person(account.user.name, { account, scripts: [watchInteractions] }));
    }
    for (const one of pages) await one.enterRoom(room);
    const [writer, ...readers] = pages;
    const times = [];
    for (let i = 0; i < 20; ++i) {
      const text = `number ${i}.`;
      const seen = readers.map((one) => one.page.evaluate(painted, text));
      await writer.say('Square', text);
      const pressed = await writer.page.evaluate(() => window.pressed);
      times.push(...(await Promise.all(seen)).map((at) => at - pressed));
    }
    step.diagnostic(`key to the others' screens: ${summary(times)}`);
    for (const socket of sockets) socket.close();
    for (const one of pages) await one.goAway();
    world.people.length = 0;
    assert.ok(percentile(times, 0.95) < kBound, `all: ${times.map(Math.round).join(' ')}`);
  });

  await world.step(`${kMessages} messages: never more than ${kRows} rows, and answers to keys and clicks within ${kBound} ms`, async (step) => {
    const long = await world.room('Archive', accounts.slice(0, 2));
    const socket = await connect(world.server, accounts[1]);
    for (let i = 0; i < kMessages; i += 25) {
      const burst = Array.from({ length: 25 }, (_, k) => `Entry ${i + k}${k % 7 === 0 ? '\nwith a second line' : ''}`);
      await Promise.all(burst.map((content) => ask(socket, 'send-message', { roomId: long.id, content })));
    }
    const ann = await world.person('Person0', { account: accounts[0], scripts: [watchInteractions] });
    await ann.enterRoom(long);
    await ann.reads(`Entry ${kMessages - 1}`);
    // Back to the very first, as fast as the page loads.
    const walk = await ann.page.evaluate(
      ([rows]) =>
        new Promise((resolve, reject) => {
          const list = document.querySelector('main [role=log]');
          let most = 0;
          const step = () => {
            most = Math.max(most, list.querySelectorAll('[data-row]').length);
            if (most > rows) reject(new Error(`${most} rows`));
            else if (/Entry 0(?!\d)/.test(list.textContent)) resolve(most);
            else {
              list.scrollTop = 0;
              requestAnimationFrame(step);
            }
          };
          step();
        }),
      [kRows],
    );
    step.diagnostic(`most rows in the page: ${walk}`);
    await ann.page.evaluate(() => (window.slowest.length = 0));
    await ann.composer('Archive').pressSequentially('all of it is here', { delay: 20 });
    await ann.page.keyboard.press('Enter');
    await ann.reads('all of it is here');
    for (let i = 0; i < 10; ++i) await ann.page.keyboard.press('PageUp');
    // What day one reads stays in sight.
    await ann.page.locator('.day-over').waitFor();
    await ann.button(ann.t('room.search')).click();
    await ann.page.keyboard.press('Control+k');
    await ann.page.keyboard.press('Escape');
    const slowest = await ann.page.evaluate(() => window.slowest.map(({ duration }) => duration));
    if (slowest.length > 0) step.diagnostic(`keys and clicks, those above 16 ms: ${summary(slowest)}`);
    socket.close();
    assert.ok(percentile([0, ...slowest], 0.9) <= kBound, `all: ${slowest.join(' ')}`);
  });
});
