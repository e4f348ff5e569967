// The installed page: it starts without a line, learns of newer versions, and runs no script that is not its own.
import assert from 'node:assert/strict';
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { World, kDist, register } from './lib/world.mjs';

test('the page as an app', async (t) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'parley-page-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await cp(kDist, folder, { recursive: true });
  const world = await World.open(t, { 'http.web_dir': folder });
  const accounts = [await register(world.server, 'Ann'), await register(world.server, 'Ben')];
  const room = await world.room('Harbour', accounts);
  const [ann, ben] = await Promise.all(accounts.map((account) => world.person(account.user.name, { account })));
  await ben.enterRoom(room);

  await world.step('it can be installed', async () => {
    await ann.enterRoom(room);
    const manifest = await ann.page.evaluate(async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json());
    assert.equal(manifest.display, 'standalone');
    for (const { src, sizes } of manifest.icons.filter(({ type }) => type === 'image/png')) {
      const size = await ann.page.evaluate(async (url) => {
        const bitmap = await createImageBitmap(await (await fetch(url)).blob());
        return `${bitmap.width}x${bitmap.height}`;
      }, src);
      assert.equal(size, sizes);
    }
  });

  await world.step('it starts without a line, and says so', async () => {
    await ann.page.evaluate(() => navigator.serviceWorker.ready);
    await ann.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    ann.cable.cut();
    await ann.page.reload();
    await ann.link(/Harbour/).first().waitFor();
    await ann.page.getByText(ann.t('offline.plain')).waitFor();
    if (process.env.PARLEY_PICTURES) await ann.picture(path.join(process.env.PARLEY_PICTURES, 'offline.png'));
    await ann.say('Harbour', 'written without a line');
    await ann.say('Harbour', 'and more of it');
    await ann.page.getByText(ann.t('offline.waiting', { n: 2 })).waitFor();
  });

  await world.step('what waits outlives the page, and arrives once', async () => {
    await ann.page.reload();
    await ann.page.getByText(ann.t('offline.waiting', { n: 2 })).waitFor();
    await ann.reads('written without a line');
    if (process.env.PARLEY_PICTURES) await ann.picture(path.join(process.env.PARLEY_PICTURES, 'waiting.png'));
    ann.cable.mend();
    await ben.reads('written without a line');
    await ben.reads('and more of it');
    await ann.page.getByText(ann.t('offline.waiting', { n: 2 })).waitFor({ state: 'hidden' });
    for (const one of [ann, ben]) for (const text of ['written without a line', 'and more of it']) await one.reads(text);
  });

  await world.step('nothing that is for one person lies in its cache', async () => {
    const kept = await ann.page.evaluate(async () => {
      const names = await caches.keys();
      const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return lists.flat().map(({ url }) => new URL(url).pathname);
    });
    assert.ok(kept.includes('/index.html'));
    assert.deepEqual(kept.filter((place) => !/^\/(assets\/|index\.html|manifest\.webmanifest|favicon\.svg)/.test(place)), []);
  });

  await world.step('a newer version is offered, and taken when asked for', async () => {
    await appendFile(path.join(folder, 'sw.js'), '\n// newer\n');
    await ann.page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
    await ann.page.getByText(ann.t('app.update')).waitFor();
    if (process.env.PARLEY_PICTURES) await ann.picture(path.join(process.env.PARLEY_PICTURES, 'update.png'));
    await Promise.all([ann.page.waitForEvent('load'), ann.button(ann.t('app.reload')).click()]);
    await ann.message('written without a line').first().waitFor();
    assert.equal(await ann.page.getByText(ann.t('app.update')).count(), 0);
  });

  await world.step('no inline script runs, the workers do', async () => {
    const policy = (await fetch(world.server.url)).headers.get('content-security-policy');
    assert.match(policy, /script-src 'self'/);
    assert.doesNotMatch(policy.match(/script-src[^;]*/)[0], /'unsafe-inline'|'unsafe-eval'|\*/);
    const ran = await ann.page.evaluate(async () => {
      const refused = new Promise((resolve) => {
        let count = 0;
        document.addEventListener('securitypolicyviolation', () => ++count === 2 && resolve());
      });
      const script = document.createElement('script');
      script.textContent = 'window.inlineRan = true';
      document.head.append(script);
      document.body.insertAdjacentHTML('beforeend', '<img src="x:" onerror="window.inlineRan = true">');
      await refused;
      return window.inlineRan === true;
    });
    assert.equal(ran, false);
  });
});
