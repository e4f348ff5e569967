// axe-core on what one comes to less often: previews, links of others, encrypted rooms, a lobby, cards and menus.
import test from 'node:test';
import { Inspector } from './lib/axe.mjs';
import { pdf } from './lib/pdf.mjs';
import { World, register, waitFor } from './lib/world.mjs';

const png = (shade) =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="400" height="300" fill="rgb(${shade},120,140)"/></svg>`,
  );

test('axe on the other places', async (t) => {
  const world = await World.open(t);
  const accounts = [];
  for (const name of ['Ann', 'Ben', 'Cho']) accounts.push(await register(world.server, name));
  const [first, , third] = accounts;
  const room = await world.room('Harbour', accounts);
  const inspector = new Inspector(world);
  const options = { reducedMotion: 'reduce', colorScheme: 'light' };
  const [ann, ben, cho] = await Promise.all(accounts.map((account) => world.person(account.user.name, { account, ...options })));
  const dialog = ann.page.getByRole('dialog');
  const pending = ann.page.getByRole('list', { name: ann.t('files.pending') });
  const share = async (files) => {
    await ann.chooseFiles(ann.button(ann.t('composer.attach')), files);
    await waitFor('the uploads', async () => (await pending.getByRole('listitem').count()) === files.length && (await pending.getByRole('progressbar').count()) === 0);
    await ann.composer(room.name).press('Enter');
    await pending.waitFor({ state: 'detached' });
  };

  await inspector.step('a gallery, and the window in which files are looked at', async () => {
    await ann.enterRoom(room);
    await share([1, 2, 3].map((n) => ({ name: `chart-${n}.svg`, mimeType: 'image/svg+xml', buffer: png(n * 40) })));
    await share([{ name: 'beds.txt', mimeType: 'text/plain', buffer: Buffer.from('north 4 m\n') }]);
    await inspector.look(ann, 'a gallery');
    await share([{ name: 'tides.pdf', mimeType: 'application/pdf', buffer: pdf(['Low at six', 'High at noon']) }]);
    for (const name of ['chart-1.svg', 'beds.txt', 'tides.pdf']) {
      await ann.page.getByRole('button', { name: new RegExp(name.replace('.', '\\.')) }).first().click();
      await dialog.waitFor();
      if (name.endsWith('.pdf')) await dialog.getByText('Low at six').waitFor();
      await inspector.look(ann, `looking at ${name}`);
      await ann.page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    }
  });

  await inspector.step('a file by a link, with its password and without one, and one that is gone', async () => {
    const [file] = (await first.api.get(`/rooms/${room.id}/files`)).items;
    const open = await first.api.post(`/files/${file.id}/grants`, { kind: 'link' }, { status: 201 });
    const locked = await first.api.post(`/files/${file.id}/grants`, { kind: 'link', password: 'open sesame' }, { status: 201 });
    const stranger = await world.stranger('Stranger', options);
    for (const place of [`/s/${open.token}`, `/s/${locked.token}`, '/s/nothing']) await inspector.visit(stranger, place, 'main h1');
  });

  await inspector.step('an invitation that is spent', async () => {
    await inspector.visit(ann, '/j/nothing', 'main [role=alert]');
  });

  await inspector.step('a card, the menu of a message, the keys', async () => {
    await ann.enterRoom(room);
    await ben.enterRoom(room);
    await ben.say(room.name, 'Low water at nine');
    await ann.reads('Low water at nine');
    await ann.message('Low water').getByRole('button', { name: 'Ben', exact: true }).click();
    await dialog.waitFor();
    await inspector.look(ann, 'a card');
    await ann.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await (await ann.tool('Low water', ann.t('message.more'))).click();
    await ann.page.getByRole('menu').waitFor();
    await inspector.look(ann, 'the menu of a message');
    await ann.page.keyboard.press('Escape');
  });

  await inspector.step('an encrypted room, with its key and without', async () => {
    await ann.open('/');
    await ann.button('New room').first().click();
    await ann.field('Room name').fill('Vault');
    await ann.page.getByRole('checkbox', { name: ann.t('e2ee.room') }).check();
    await ann.button('Create').click();
    await ann.composer('Vault').waitFor();
    await ann.say('Vault', 'sealed');
    await ann.reads('sealed');
    await inspector.look(ann, 'an encrypted room');
    await ann.button(ann.t('e2ee.badge')).click();
    await dialog.waitFor();
    await inspector.look(ann, 'what encryption means');
    await ann.page.keyboard.press('Escape');
    const vault = /\/r\/([^/?]+)/.exec(ann.page.url())[1];
    await first.api.post(`/rooms/${vault}/members`, { userId: third.user.id, role: 'member' }, { status: 201 });
    await inspector.visit(cho, `/r/${vault}`, 'main');
  });

  await inspector.step('before a call, in its lobby, and for whoever holds the door', async () => {
    await inspector.visit(ben, `/r/${room.id}/call`, '[role=meter]');
    await ben.enterRoom(room);
    await ann.enterRoom(room);
    await ann.callWithSound();
    await ben.button('Answer').click();
    await ben.tile('Ann').waitFor();
    await ann.page.keyboard.press('c');
    await ann.page.keyboard.press('u');
    await ann.button(ann.t('stage.lock')).click();
    await ann.button(ann.t('stage.unlock')).waitFor();
    await cho.enterRoom(room);
    await cho.button('Decline').click();
    await cho.button('Join').first().click();
    await cho.page.getByText(cho.t('lobby.title')).waitFor();
    await inspector.look(cho, 'a lobby');
    await ann.button(ann.t('stage.admitName', { name: 'Cho' })).waitFor();
    await inspector.look(ann, 'somebody in the lobby, and captions');
  });
});
