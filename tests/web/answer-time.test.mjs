// How long it takes from answering a call until both see each other.
import assert from 'node:assert/strict';
import test from 'node:test';
import { kPatience } from '../lib/patience.mjs';
import { percentile, summary } from './lib/crowd.mjs';
import { World, register, waitFor } from './lib/world.mjs';

const kCalls = 20;
const kBound = 2000 * kPatience;

/** Runs in the page: when it next shows a frame of this person, on the clock that all pages share. */
function firstFrameOf(name) {
  return new Promise((resolve) => {
    const look = () => {
      const tile = [...document.querySelectorAll('figure')].find((figure) => figure.getAttribute('aria-label')?.startsWith(name));
      const video = tile?.querySelector('video');
      if (video?.videoWidth > 0 && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) resolve(Date.now());
      else requestAnimationFrame(look);
    };
    look();
  });
}

/** Runs in the page: presses the button and says when. */
function press(button) {
  const at = Date.now();
  button.click();
  return at;
}

test('from answering to seeing each other', async (t) => {
  const world = await World.open(t);
  const accounts = [await register(world.server, 'Ann'), await register(world.server, 'Ben')];
  const room = await world.room('Bridge', accounts);
  const [ann, ben] = await Promise.all(accounts.map((account) => world.person(account.user.name, { account })));
  for (const one of [ann, ben]) await one.enterRoom(room);

  await world.step(`p95 of ${kCalls} calls is below ${kBound} ms`, async (step) => {
    const times = [];
    for (let i = 0; i < kCalls; ++i) {
      await ann.button('Call').click();
      await ann.tile('Ann').locator('video').waitFor();
      const answer = ben.button('Answer');
      await answer.waitFor();
      const seen = [ann.page.evaluate(firstFrameOf, 'Ben'), ben.page.evaluate(firstFrameOf, 'Ann')];
      const answered = await answer.evaluate(press);
      times.push(Math.max(...(await Promise.all(seen))) - answered);
      for (const one of [ann, ben]) await one.leaveCall();
      await waitFor('the end of the call', async () => (await accounts[0].api.get('/calls')).items[0].status === 'ended');
      for (const one of [ann, ben]) await one.button('Call').waitFor();
    }
    step.diagnostic(`answer to both seeing: ${summary(times)}`);
    assert.ok(percentile(times, 0.95) < kBound, `all: ${times.join(' ')}`);
  });
});
