// Takes the pictures of docs/screens: every main page in both looks, some at three widths. `node screens.mjs [folder]`
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ask, connect } from './lib/crowd.mjs';
import { World, register } from './lib/world.mjs';

const folder = process.argv[2] ?? fileURLToPath(new URL('../../docs/screens', import.meta.url));
mkdirSync(folder, { recursive: true });
const sizes = { wide: { width: 1280, height: 800 }, tablet: { width: 820, height: 1000 }, phone: { width: 360, height: 740 } };
/** Closed in the end, as a test's would be. */
const ends = [];
const world = await World.open({ after: (end) => ends.push(end) });

async function furnish(ann, ben, cho) {
  const room = await world.room('Garden', [ann, ben, cho], { topic: 'What grows where' });
  await world.room('Kitchen', [ann, ben]);
  await world.room('Announcements', [ann, ben, cho], { visibility: 'public' });
  const [a, b, c] = await Promise.all([ann, ben, cho].map((one) => connect(world.server, one)));
  const say = async (socket, content, more = {}) => (await ask(socket, 'send-message', { roomId: room.id, content, ...more })).message;
  await say(b, 'The tomatoes are in. Two rows, **sixty centimetres** apart.');
  const plan = await say(a, 'Here is the plan for the rest:\n\n1. beans beside the fence\n2. herbs where the sun stays longest\n3. nothing under the walnut tree');
  await say(c, 'Why nothing there?', { threadId: plan.id });
  await say(a, 'Walnut leaves keep others from growing.', { threadId: plan.id });
  for (const socket of [b, c]) await ask(socket, 'add-reaction', { messageId: plan.id, emoji: '👍' });
  await say(c, '```js\nconst litres = beds.map((bed) => bed.area * 4);\n```');
  await say(b, `@${ann.user.handle} can you bring the hose on Saturday?`);
  await ask(a, 'pin-message', { messageId: plan.id });
  const direct = await ben.api.post('/rooms', { type: 'direct', memberIds: [ann.user.id] });
  await ask(b, 'send-message', { roomId: direct.id, content: 'I have spare seeds for you.' });
  for (const socket of [a, b, c]) socket.close();
  return { room, plan };
}

async function still(one) {
  await one.page.waitForLoadState('networkidle');
  await one.page.locator('.skeleton').first().waitFor({ state: 'detached' });
  await one.page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    // What has just changed begins to move with the next frame.
    await frame();
    await frame();
    const ending = document.getAnimations().filter(({ effect }) => effect.getComputedTiming().iterations !== Infinity);
    await Promise.all(ending.map((each) => each.finished.catch(() => undefined)));
    await frame();
  });
}

/** `looks`: light and dark unless said. */
async function take(one, name, looks = ['light', 'dark']) {
  for (const colorScheme of looks) {
    await one.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await still(one);
    await one.page.screenshot({ path: path.join(folder, `${name}-${colorScheme}.png`) });
  }
}

async function visit(one, place, name, ready = 'main, [role=dialog]', looks) {
  await one.open(place);
  await one.page.locator(ready).first().waitFor();
  await take(one, name, looks);
}

try {
  const [ann, ben, cho] = [await register(world.server, 'Ann Hill'), await register(world.server, 'Ben Moor'), await register(world.server, 'Cho Lake')];
  const { room, plan } = await furnish(ann, ben, cho);
  const look = { viewport: sizes.wide, reducedMotion: 'reduce' };
  const one = await world.person('Ann Hill', { account: ann, ...look });
  const stranger = await world.stranger('Stranger', look);
  await visit(stranger, '/signin', 'signin', 'form');
  await stranger.goAway();
  await one.open(`/r/${room.id}`);
  await one.list.waitFor();
  await one.chooseFiles(one.button(one.t('composer.attach')), { name: 'beds.txt', mimeType: 'text/plain', buffer: Buffer.from('north 4 m\nsouth 6 m\n') });
  await one.page.getByRole('list', { name: one.t('files.pending') }).getByRole('progressbar').waitFor({ state: 'detached' });
  await one.say('Garden', 'The beds, measured');
  await one.reads('The beds, measured');
  const [file] = (await ann.api.get(`/rooms/${room.id}/files`)).items;
  await visit(one, `/r/${room.id}`, 'room', '[role=log] article');
  await visit(one, `/r/${room.id}/t/${plan.id}`, 'thread', '[role=region] article');
  await visit(one, `/r/${room.id}/f/${file.id}`, 'file', '[role=region]');
  await visit(one, `/r/${room.id}?panel=people`, 'people', '[role=region]', ['light']);
  for (const place of ['inbox', 'files', 'search?q=tomatoes']) await visit(one, `/${place}`, place.split('?')[0]);
  await visit(one, '/settings/profile', 'settings', '[role=dialog]');
  await visit(one, '/settings/look', 'settings-look', '[role=dialog]', ['light']);
  await visit(one, '/settings/devices', 'settings-devices', '[role=dialog]', ['light']);
  await visit(one, '/welcome', 'welcome', 'main', ['light']);
  await one.open(`/r/${room.id}`);
  await one.list.waitFor();
  for (const [key, name] of [['Control+k', 'palette'], ['Control+/', 'keys']]) {
    await one.page.keyboard.press(key);
    await one.page.getByRole('dialog').waitFor();
    await take(one, name);
    await one.page.keyboard.press('Escape');
    await one.page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  await one.message('The tomatoes').getByRole('button', { name: 'Ben Moor', exact: true }).click();
  await one.page.getByRole('dialog').waitFor();
  await take(one, 'card', ['light']);
  await one.page.keyboard.press('Escape');
  await visit(one, '/admin', 'admin');
  for (const [width, viewport] of Object.entries(sizes).slice(1)) {
    await one.page.setViewportSize(viewport);
    await visit(one, `/r/${room.id}`, `room-${width}`, '[role=log] article');
    await visit(one, '/rooms', `rooms-${width}`, '[role=complementary], aside, main', ['light']);
  }
  await one.page.setViewportSize(sizes.wide);
  await one.open(`/r/${room.id}`);
  await one.list.waitFor();
  const two = await world.person('Ben Moor', { account: ben, ...look });
  await two.enterRoom(room);
  await two.button('Call').click();
  await one.button('Answer').waitFor();
  await take(one, 'ringing');
  await one.button('Answer').click();
  await one.sees(1);
  await take(one, 'call', ['dark']);
  await one.page.setViewportSize(sizes.phone);
  await take(one, 'call-phone', ['dark']);
  await one.button(one.t('controls.more')).click();
  await one.page.getByRole('menu').waitFor();
  await take(one, 'call-menu-phone', ['dark']);
  await one.page.keyboard.press('Escape');
  await one.page.setViewportSize(sizes.wide);
  await two.button('Share screen').click();
  const tools = one.page.getByRole('toolbar', { name: one.t('draw.toolbar') });
  await tools.waitFor();
  await tools.getByRole('button', { name: one.t('draw.pen'), exact: true }).click();
  await one.sees(1, { frames: 1 });
  for (const [from, to] of [[[0.35, 0.3], [0.6, 0.4]], [[0.6, 0.4], [0.45, 0.62]], [[0.45, 0.62], [0.35, 0.3]]]) await one.drag(one.share('Ben Moor'), from, to);
  await one.page.keyboard.press('u');
  await one.page.mouse.move(4, 4);
  await take(one, 'share', ['dark']);
  await one.button(one.t('stage.lock')).click();
  const three = await world.person('Cho Lake', { account: cho, ...look });
  await three.enterRoom(room);
  if (await three.button('Decline').isVisible()) await three.button('Decline').click();
  await three.button('Join').first().click();
  await three.page.getByText(three.t('lobby.title')).waitFor();
  await take(three, 'lobby', ['dark']);
  await one.button(one.t('stage.admitName', { name: 'Cho Lake' })).waitFor();
  await take(one, 'share-lobby', ['dark']);
  await three.goAway();
  for (const other of [one, two]) await other.leaveCall();
  await visit(one, `/r/${room.id}/call`, 'prejoin', '[role=meter]');
  await visit(one, '/calls', 'calls');
  const arabic = await world.server.api().post('/auth/login', { email: ann.email, password: ann.password });
  const right = await world.person('Ann Hill', { account: { ...ann, ...arabic }, ...look, language: 'ar' });
  await visit(right, `/r/${room.id}`, 'room-arabic', '[role=log] article');
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.png'))) {
    const at = path.join(folder, name);
    // A palette keeps them small.
    execFileSync('vips', ['pngsave', at, `${at}.small.png`, '--palette', '--bitdepth', '8', '--dither', '0', '--compression', '9', '--strip']);
    execFileSync('mv', [`${at}.small.png`, at]);
    console.log(name, statSync(at).size);
  }
} catch (error) {
  for (const person of world.people) await person.report();
  throw error;
} finally {
  for (const end of ends) await end();
}
