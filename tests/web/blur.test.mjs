// What the others see of the room behind somebody who blurs it: the test's camera shows nobody, so all of it is behind.
import assert from 'node:assert/strict';
import test from 'node:test';
import { World, register, waitFor } from './lib/world.mjs';

/**
 * The hardest edge in the corner where the camera writes the time, 0 to 255: how much two neighbouring points differ at
 * most. In the middle it moves a shape that may be taken for somebody.
 */
const hardestEdge = (figure) =>
  figure.locator('video').evaluate((video) => {
    const [width, height] = [112, 36];
    const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
    context.drawImage(video, 0, 0, (video.videoWidth * width) / 320, (video.videoHeight * height) / 180, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    let most = 0;
    for (let at = 1; at < width * height; at += 1) {
      // Not between the end of a line and the next.
      if (at % width > 0) most = Math.max(most, Math.abs(data[4 * at + 1] - data[4 * at - 3]));
    }
    return most;
  });

test('a blurred background', async (t) => {
  const world = await World.open(t);
  const accounts = [];
  for (const name of ['Ann', 'Ben']) accounts.push(await register(world.server, name));
  const room = await world.room('Bridge', accounts);
  const [ann, ben] = await Promise.all(accounts.map((account) => world.person(account.user.name, { account })));
  const row = () => ann.page.getByRole('menuitemcheckbox', { name: ann.t('more.blur') });
  const toggle = async () => {
    await ann.button(ann.t('controls.more')).click();
    await row().click();
  };
  let sharp;

  await world.step('two see each other', async () => {
    for (const one of [ann, ben]) await one.enterRoom(room);
    await ann.button('Call').click();
    await ben.button('Answer').click();
    await Promise.all([ann.sees(1), ben.sees(1)]);
    sharp = await waitFor('a sharp picture', async () => {
      const edge = await hardestEdge(ben.tile('Ann'));
      return edge > 60 && edge;
    });
  });

  await world.step('one blurs the background: for the other it has no edges any more, and pictures go on', async (step) => {
    const loaded = ann.page.waitForResponse((response) => response.url().endsWith('.wasm'));
    await toggle();
    const wasm = await loaded;
    assert.equal(new URL(wasm.url()).origin, new URL(ann.page.url()).origin, 'nothing comes from anywhere else');
    const blurred = await waitFor('a blurred picture', async () => {
      const edge = await hardestEdge(ben.tile('Ann'));
      return edge < sharp / 3 && edge;
    });
    step.diagnostic(`hardest edge: ${sharp} before, ${blurred} after`);
    await ben.sees(1);
    await ann.button(ann.t('controls.more')).click();
    assert.equal(await row().getAttribute('aria-checked'), 'true');
    await ann.page.keyboard.press('Escape');
  });

  await world.step('the camera off and on again: still blurred', async () => {
    await ann.button('Camera', { pressed: true }).click();
    await ben.page.getByRole('figure', { name: new RegExp(`^Ann.*${ben.t('tile.cameraOff')}`) }).waitFor();
    await ann.button('Camera', { pressed: false }).click();
    await ben.sees(1);
    await waitFor('the picture', async () => (await hardestEdge(ben.tile('Ann'))) > 0);
    assert.ok((await hardestEdge(ben.tile('Ann'))) < sharp / 3);
  });

  await world.step('in the next call the background is blurred from the first picture on', async (step) => {
    await ann.leaveCall();
    await ben.page.getByRole('figure', { name: /^Ann/ }).waitFor({ state: 'detached' });
    // The very first picture counts, not one that was looked at in time.
    await ben.page.evaluate(() => {
      window.firstPicture = new Promise((resolve) => {
        const wait = () => {
          const video = document.querySelector('figure[aria-label^="Ann"] video');
          if (!video) requestAnimationFrame(wait);
          else video.requestVideoFrameCallback(() => resolve());
        };
        wait();
      });
    });
    await ann.button(/^Join/).first().click();
    await ben.page.evaluate(() => window.firstPicture);
    const first = await hardestEdge(ben.tile('Ann'));
    step.diagnostic(`hardest edge of the first picture: ${first}`);
    assert.ok(first < sharp / 3, `${first} of ${sharp}`);
  });

  await world.step('and sharp again', async () => {
    await toggle();
    await waitFor('a sharp picture', async () => (await hardestEdge(ben.tile('Ann'))) > 60);
  });
});
