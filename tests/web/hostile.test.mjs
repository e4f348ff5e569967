// Nothing that people write, name or send becomes script: a corpus of hostile texts in every field.
import assert from 'node:assert/strict';
import test from 'node:test';
import { startSite } from '../control/lib/site.mjs';
import { ask, connect } from './lib/crowd.mjs';
import { lines, suspicious, texts, watchScripts } from './lib/hostile.mjs';
import { World, register, waitFor } from './lib/world.mjs';

test('hostile texts', async (t) => {
  const world = await World.open(t, { 'chat.link_preview_networks': '127.0.0.1' });
  const mal = await register(world.server, 'Mal');
  const victim = await register(world.server, 'Vic');
  const name = lines[1];
  await mal.api.patch('/me', { name: name.slice(0, 80), statusText: lines[2] });
  const room = await world.room(lines[0].slice(0, 100), [mal, victim], { topic: lines[3] });
  const socket = await connect(world.server, mal);
  const vic = await world.person('Vic', { account: victim, scripts: [watchScripts] });
  const dialogs = [];
  const outside = [];
  vic.page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  vic.context.on('page', (page) => {
    outside.push(page.url());
    void page.close();
  });
  /** Lets the page do all that it has begun, then looks. */
  const clean = async (where) => {
    await vic.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
    assert.deepEqual(await vic.page.evaluate(suspicious), [], where);
    assert.deepEqual(dialogs, [], where);
  };
  const send = (content, more = {}) => ask(socket, 'send-message', { roomId: room.id, content, ...more });

  await world.step('the policy forbids inline script', async () => {
    const answer = await fetch(`${world.server.url}/`);
    const policy = answer.headers.get('content-security-policy');
    const rules = Object.fromEntries(policy.split(';').map((rule) => rule.trim().split(/\s+/)).map(([key, ...values]) => [key, values]));
    const script = rules['script-src'] ?? rules['default-src'];
    for (const source of ["'unsafe-inline'", "'unsafe-eval'", '*', 'http:', 'https:', 'data:']) assert.ok(!script.includes(source), policy);
    assert.deepEqual(rules['object-src'], ["'none'"]);
    assert.deepEqual(rules['base-uri'], ["'self'"]);
    await vic.open('/');
    const stopped = await vic.page.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('securitypolicyviolation', ({ violatedDirective }) => resolve(violatedDirective), { once: true });
          const element = document.createElement('script');
          element.textContent = 'window.inlineRan = true';
          document.head.append(element);
        }),
    );
    assert.match(stopped, /^script-src/);
    assert.equal(await vic.page.evaluate(() => window.inlineRan), undefined);
  });

  await world.step('messages, as they come', async () => {
    await vic.open(`/r/${room.id}`);
    await vic.list.waitFor();
    await send('the first of them');
    await vic.reads('the first of them');
    for (const text of texts) await send(text);
    await send('the last of them');
    await vic.reads('the last of them');
    await clean('messages');
  });

  await world.step('what a hostile page says of itself', async () => {
    const escaped = (text) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;');
    const meta = (name, text) => `<meta property="og:${name}" content="${escaped(text)}">`;
    const site = await startSite((path) => {
      const text = lines[Number(path.slice(1))];
      return { type: 'text/html; charset=utf-8', body: ['title', 'site_name', 'description', 'image'].map((name) => meta(name, text)).join('') };
    });
    for (const [i, text] of lines.entries()) {
      await send(`page ${i}: ${site.url(`/${i}`)}`);
      const preview = vic.message(`page ${i}:`).locator('.link-preview a');
      await preview.waitFor();
      assert.equal(await preview.locator('.title').textContent(), text);
      assert.equal(await preview.getAttribute('href'), site.url(`/${i}`));
      await clean(`a preview of ${text}`);
    }
    site.end();
  });

  await world.step('messages, walked through and pressed on', async () => {
    // Every row is drawn once: a list draws only what is near the eye.
    await vic.list.evaluate(async (list) => {
      for (let up = list.scrollHeight; up > 0; up -= 300) {
        list.scrollTop = up;
        await new Promise(requestAnimationFrame);
      }
      list.scrollTop = 0;
    });
    await vic.message('the first of them').waitFor();
    await clean('history');
    const links = vic.list.locator('.md a');
    for (let i = (await links.count()) - 1; i >= 0; --i) await links.nth(i).click({ modifiers: ['Control'], force: true, noWaitAfter: true });
    await clean('links');
    for (const url of outside) assert.doesNotMatch(url, /^(javascript|data|vbscript):/i);
  });

  await world.step('threads, quotes, reactions, pins and edits', async () => {
    const { message } = await send(lines[4]);
    await send(texts[11], { threadId: message.id });
    await send(texts[22], { replyTo: message.id });
    await ask(socket, 'pin-message', { messageId: message.id }).catch(() => undefined);
    await ask(socket, 'edit-message', { messageId: message.id, content: `edited ${lines[5]}` });
    await vic.open(`/r/${room.id}/t/${message.id}`);
    await vic.reads('edited', vic.thread);
    await clean('a thread');
    for (const panel of ['pins', 'people', 'files']) {
      await vic.open(`/r/${room.id}?panel=${panel}`);
      await vic.page.getByRole('main').waitFor();
      await clean(panel);
    }
  });

  await world.step('the composer and its preview', async () => {
    await vic.open(`/r/${room.id}`);
    const composer = vic.page.getByRole('textbox', { name: vic.t('composer.label', { room: room.name }) });
    await vic.button(vic.t('composer.format')).click();
    for (const text of texts.slice(10, 24)) {
      await composer.fill(text);
      await vic.button(vic.t('format.preview')).click();
      await clean(`preview of ${text}`);
      await vic.button(vic.t('format.preview')).click();
    }
    await composer.fill('');
    await composer.fill('@<im');
    await clean('completion');
    await composer.fill('');
  });

  await world.step('names of files, their panel, their content', async () => {
    const hostile = `<img src=x onerror=__xss(1)>.svg`;
    const content = '<svg xmlns="http://www.w3.org/2000/svg" onload="__xss(1)"><script>parent.__xss(1)</script></svg>';
    const composer = vic.page.getByRole('textbox', { name: vic.t('composer.label', { room: room.name }) });
    for (const [file, mimeType] of [[hostile, 'image/svg+xml'], ['"><svg onload=__xss(1)>.html', 'text/html'], ["';__xss(1)//.txt", 'text/plain']]) {
      await vic.chooseFiles(vic.button(vic.t('composer.attach')), { name: file, mimeType, buffer: Buffer.from(content) });
      await vic.page.getByRole('list', { name: vic.t('files.pending') }).getByRole('progressbar').waitFor({ state: 'detached' });
      await clean('an upload');
      await composer.press('Enter');
      await vic.page.getByRole('list', { name: vic.t('files.pending') }).waitFor({ state: 'detached' });
    }
    const { items } = await waitFor('the files', async () => {
      const files = await victim.api.get(`/rooms/${room.id}/files`);
      return files.items.length === 3 && files;
    });
    for (const { id, name } of items) {
      await vic.open(`/r/${room.id}/f/${id}`);
      await vic.panel.getByRole('button', { name: vic.t('files.download', { name }), exact: true }).waitFor();
      await clean('the panel of a file');
      const { url } = await victim.api.post(`/files/${id}/url`, {});
      const answer = await fetch(new URL(url, world.server.url));
      assert.match(answer.headers.get('content-security-policy'), /sandbox/);
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
      await vic.open(new URL(url, vic.cable.url).pathname + new URL(url, vic.cable.url).search).catch(() => undefined);
    }
    await vic.open('/files');
    await vic.page.getByRole('main').getByText('onerror').first().waitFor();
    await clean('all files');
  });

  await world.step('search, inbox, palette, settings and administration', async () => {
    const admin = mal;
    await admin.api.patch('/me', { name: lines[6].slice(0, 80) });
    await ask(socket, 'send-message', { roomId: room.id, content: `@${victim.user.handle} ${lines[1]}` });
    const direct = await mal.api.post('/rooms', { type: 'direct', memberIds: [victim.user.id] });
    await ask(socket, 'send-message', { roomId: direct.id, content: lines[1] });
    for (const place of ['/inbox', '/search?q=onerror', `/search?q=${encodeURIComponent(lines[1])}`, '/calls', '/rooms', '/settings/profile', `/r/${direct.id}`]) {
      await vic.open(place);
      await vic.page.locator('main, [role=dialog]').first().waitFor();
      await clean(place);
    }
    await vic.page.getByRole('main').getByRole('textbox').first().click();
    await vic.page.keyboard.press('Control+k');
    await vic.page.getByRole('dialog').getByRole('combobox').fill('<img');
    await clean('the palette');
    const boss = await world.person('Mal', { account: admin, scripts: [watchScripts] });
    for (const place of ['/admin', '/admin/people', '/admin/rooms', '/admin/calls', '/admin/log', '/settings/profile']) {
      await boss.open(place);
      await boss.page.locator('main, [role=dialog]').first().waitFor();
      assert.deepEqual(await boss.page.evaluate(suspicious), [], place);
    }
    await boss.goAway();
    world.people.splice(world.people.indexOf(boss), 1);
  });

  await world.step('a guest with such a name, and a call', async () => {
    const { token } = await mal.api.post(`/rooms/${room.id}/guest-links`, {});
    const guest = await world.server.api().post('/auth/guest', { token, name: lines[1].slice(0, 80) });
    const guestSocket = await connect(world.server, guest);
    await vic.open(`/r/${room.id}`);
    await vic.list.waitFor();
    await ask(guestSocket, 'send-message', { roomId: room.id, content: 'from the guest' });
    await vic.reads('from the guest');
    await mal.api.post(`/rooms/${room.id}/call`, { type: 'video' });
    await vic.button('Answer').waitFor();
    await clean('ringing');
    await vic.button('Answer').click();
    await vic.button('Leave').waitFor();
    await clean('a call');
    await vic.leaveCall();
    guestSocket.close();
  });

  await world.step('a call with hostile names and metadata, and hostile addresses', async () => {
    const { token: malToken } = await (
      await fetch(`${world.server.url}/api/dev/token?${new URLSearchParams({ room: 'q', identity: lines[1], name: lines[1] })}`)
    ).json();
    assert.ok(malToken);
    for (const place of [`/quick/${encodeURIComponent(lines[1])}`, `/r/${encodeURIComponent(lines[2])}`, '/r/x#token=%22%3E%3Csvg%20onload=__xss(1)%3E', '/guest/%3Cimg%20src=x%20onerror=__xss(1)%3E', '/j/javascript:__xss(1)']) {
      await vic.open(place);
      await vic.page.locator('main').first().waitFor();
      await clean(place);
    }
  });
  socket.close();
});
