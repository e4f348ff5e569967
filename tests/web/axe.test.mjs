// axe-core on every page and state, in both looks and both directions: nothing serious, nothing critical.
import test from 'node:test';
import { Inspector } from './lib/axe.mjs';
import { ask, connect } from './lib/crowd.mjs';
import { World, register } from './lib/world.mjs';

const kAdminPages = ['overview', 'calls', 'people', 'rooms', 'storage', 'access', 'limits', 'alerts', 'log', 'server'];
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

/** Rooms with something of everything in them. */
async function furnish(world, ann, ben) {
  const room = await world.room('Harbour', [ann, ben], { topic: 'All about the ferry' });
  const socket = await connect(world.server, ben);
  const say = async (content, more = {}) => (await ask(socket, 'send-message', { roomId: room.id, content, ...more })).message;
  const root = await say('# Plan\n\n- **nine** o’clock\n- here is [the map](https://map.example) of it\n\n| a | b |\n| - | - |\n| 1 | 2 |');
  await say('```js\nconst ferry = { leaves: 9 };\n```');
  await say(`@${ann.user.handle} can you come?`);
  await say('I can', { threadId: root.id });
  await ask(socket, 'add-reaction', { messageId: root.id, emoji: '👍' });
  await ask(socket, 'pin-message', { messageId: root.id });
  const direct = await ben.api.post('/rooms', { type: 'direct', memberIds: [ann.user.id] });
  await ask(socket, 'send-message', { roomId: direct.id, content: 'Only for you' });
  socket.close();
  return { room, root, direct };
}

test('axe', async (t) => {
  const world = await World.open(t);
  const [ann, ben] = [await register(world.server, 'Ann'), await register(world.server, 'Ben')];
  const { room, root, direct } = await furnish(world, ann, ben);
  const { token } = await ann.api.post(`/rooms/${room.id}/guest-links`, {});
  const caller = await world.person('Ben', { account: ben });
  await caller.enterRoom(room);

  const inspector = new Inspector(world);
  const step = inspector.step.bind(inspector);
  const look = inspector.look.bind(inspector);
  const visit = inspector.visit.bind(inspector);

  for (const language of ['en', 'ar']) {
    const options = { language, reducedMotion: 'reduce', colorScheme: 'light' };

    await step(`${language}: before the door`, async () => {
      const stranger = await world.stranger('Stranger', options);
      for (const place of ['/signin', '/register', `/guest/${token}`, '/quick']) await visit(stranger, place, 'form');
      await stranger.open('/signin');
      await stranger.page.getByRole('button', { name: stranger.t('door.signIn'), exact: true }).click();
      await look(stranger, 'a refused sign-in');
      await stranger.goAway();
      world.people.splice(world.people.indexOf(stranger), 1);
    });

    const account = await world.server.api().post('/auth/login', { email: ann.email, password: ann.password });
    const one = await world.person('Ann', { account: { ...ann, ...account }, ...options });

    await step(`${language}: a room and what stands beside it`, async () => {
      await visit(one, `/r/${room.id}`, '[role=log] article');
      await visit(one, `/r/${room.id}/t/${root.id}`, '[role=region] article');
      for (const panel of ['people', 'files', 'pins', 'search']) await visit(one, `/r/${room.id}?panel=${panel}`);
      await visit(one, `/r/${direct.id}`, '[role=log] article');
      if (language === 'en') {
        await one.chooseFiles(one.button(one.t('composer.attach')), { name: 'chart.png', mimeType: 'image/png', buffer: png });
        await one.page.getByRole('list', { name: one.t('files.pending') }).waitFor();
        await look(one, 'a file on its way');
        await one.composer('Ben').press('Enter');
        await one.page.getByRole('list', { name: one.t('files.pending') }).waitFor({ state: 'detached' });
      }
      const [file] = (await ann.api.get(`/rooms/${direct.id}/files`)).items;
      await visit(one, `/r/${direct.id}/f/${file.id}`, '[role=region]');
    });

    await step(`${language}: places`, async () => {
      for (const place of ['/welcome', '/inbox', '/calls', '/files', '/rooms']) await visit(one, place);
      await visit(one, '/search?q=nine', 'main mark');
      for (const page of ['profile', 'devices', 'look', 'notices', 'sessions']) await visit(one, `/settings/${page}`, '[role=dialog]');
      for (const page of kAdminPages) await visit(one, `/admin/${page}`);
    });

    await step(`${language}: what lies over the page`, async () => {
      await one.open(`/r/${room.id}`);
      await one.list.waitFor();
      const dialog = one.page.getByRole('dialog');
      for (const key of ['Control+k', 'Control+/']) {
        await one.page.keyboard.press(key);
        await dialog.waitFor();
        await look(one, key);
        await one.page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'detached' });
      }
      await one.button(one.t('side.newRoom')).first().click();
      await dialog.waitFor();
      await look(one, 'a new room');
      await one.page.keyboard.press('Escape');
      await one.button(one.t('room.menu')).click();
      await one.page.getByRole('menu').waitFor();
      await look(one, 'the menu of a room');
      await one.page.getByRole('menuitem', { name: one.t('invite.open') }).click();
      await dialog.waitFor();
      await look(one, 'inviting');
      await one.page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    });

    await step(`${language}: a call, from the ringing to its end`, async () => {
      await one.open(`/r/${room.id}`);
      await one.list.waitFor();
      await caller.button('Call').click();
      await one.page.getByRole('alertdialog').waitFor();
      await look(one, 'ringing');
      await one.page.keyboard.press('Escape');
      await visit(one, `/r/${room.id}/call`, 'main');
      await one.page.getByRole('button', { name: one.t('join.submit'), exact: true }).press('Enter');
      await one.sees(1);
      await look(one, 'a call');
      for (const key of ['u', 't', 'Control+Shift+s']) {
        await one.page.keyboard.press(key);
        await look(one, `a call after ${key}`);
      }
      await one.page.keyboard.press('Control+Shift+s');
      await caller.button('Share screen').click();
      await one.page.getByRole('toolbar', { name: one.t('draw.toolbar') }).waitFor();
      await look(one, 'a shared screen with what one draws with');
      if (language === 'en') await look(caller, 'my own shared screen');
      await caller.button('Share screen', { pressed: true }).click();
      await one.button(one.t('call.back')).click();
      await one.composer(room.name).waitFor();
      await look(one, 'a call in the small window');
      await one.open('/calls');
      await caller.leaveCall();
    });

    await one.goAway();
    world.people.splice(world.people.indexOf(one), 1);
  }
});
