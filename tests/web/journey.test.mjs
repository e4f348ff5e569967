// From nothing to a working group: accounts, a room, an invitation, chat, a thread, reactions, a file with versions.
import assert from 'node:assert/strict';
import test from 'node:test';
import { World } from './lib/world.mjs';

const text = (name, content) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });

test('two people begin to work together', async (t) => {
  const world = await World.open(t);
  const ann = await world.stranger('Ann');
  const ben = await world.stranger('Ben');
  let link;

  await world.step('the first one makes an account and a room', async () => {
    await ann.open('/');
    await ann.page.waitForURL('**/register');
    await ann.register();
    await ann.button('New room').first().click();
    await ann.field('Room name').fill('Harbour');
    await ann.button('Create').click();
    await ann.page.getByRole('heading', { name: 'Harbour', level: 1 }).waitFor();
    await ann.field('Message Harbour').waitFor();
  });

  await world.step('a link invites the second', async () => {
    await ann.button(ann.t('room.menu')).click();
    await ann.page.getByRole('menuitem', { name: ann.t('invite.open') }).click();
    const field = ann.page.getByRole('dialog').getByRole('textbox', { name: ann.t('invite.link') });
    await ann.page.waitForFunction((element) => element.value !== '', await field.elementHandle());
    link = new URL(await field.inputValue()).pathname;
    await ann.page.keyboard.press('Escape');
    await ben.open(link);
    await ben.page.waitForURL('**/register');
    await ben.field('Name').fill('Ben');
    await ben.field('Email').fill('ben@example.org');
    await ben.page.getByLabel('Password', { exact: true }).fill('a long enough passphrase');
    await ben.button('Create account').click();
    await ben.field('Message Harbour').waitFor();
  });

  await world.step('both write, both read, each once', async () => {
    await ann.say('Harbour', 'The **ferry** leaves at nine');
    await ben.reads('The ferry leaves at nine');
    await assert.doesNotReject(ben.page.locator('strong', { hasText: 'ferry' }).waitFor());
    await ben.say('Harbour', 'Who brings the charts?');
    await ann.reads('Who brings the charts?');
  });

  await world.step('the owner makes the second one a moderator', async () => {
    const people = (one) => one.page.getByRole('region', { name: one.t('room.people'), exact: true });
    for (const one of [ann, ben]) await one.open(`${new URL(one.page.url()).pathname}?panel=people`);
    const invites = people(ben).getByRole('button', { name: ben.t('invite.open'), exact: true });
    await people(ben).getByRole('listitem').filter({ hasText: 'Ann' }).waitFor();
    assert.equal(await invites.count(), 0);
    await people(ann).getByRole('button', { name: ann.t('people.menu', { name: 'Ben' }) }).click();
    await ann.page.getByRole('menuitem', { name: ann.t('people.make.moderator') }).click();
    for (const one of [ann, ben]) {
      await people(one).getByRole('listitem').filter({ hasText: 'Ben' }).getByText(one.t('role.moderator')).waitFor();
    }
    await invites.waitFor();
    for (const one of [ann, ben]) {
      await people(one).getByRole('button', { name: one.t('app.close'), exact: true }).click();
      await people(one).waitFor({ state: 'detached' });
    }
  });

  await world.step('a reaction is counted for the other', async () => {
    await (await ben.tool('ferry leaves', ben.t('reaction.with', { emoji: '👍' }))).click();
    const chip = ann.message('ferry leaves').getByRole('button', { name: ann.t('reaction.chip', { emoji: 'thumbs up', n: 1 }) });
    await chip.click();
    await ben.message('ferry leaves').getByRole('button', { name: ben.t('reaction.chipMine', { emoji: 'thumbs up', n: 2 }), pressed: true }).waitFor();
  });

  await world.step('an answer in a thread stays beside the room', async () => {
    await (await ann.tool('Who brings', ann.t('message.thread'))).click();
    await ann.page.getByRole('region', { name: 'Thread' }).waitFor();
    await ann.field(ann.t('thread.reply')).fill('I do');
    await ann.field(ann.t('thread.reply')).press('Enter');
    await ann.reads('I do', ann.thread);
    await ben.message('Who brings').getByRole('button', { name: ben.t('thread.replies', { n: 1 }) }).click();
    await ben.reads('I do', ben.thread);
    await ben.field(ben.t('thread.reply')).fill('Thank you');
    await ben.field(ben.t('thread.reply')).press('Enter');
    await ann.reads('Thank you', ann.thread);
    assert.equal(await ben.message('Thank you', ben.list).count(), 0);
    // A file that lands on the thread goes with the next answer there; one beside every room goes nowhere.
    const waiting = (within) => within.getByRole('list', { name: ben.t('files.pending') });
    assert.ok(await ben.drop(ben.thread, 'charts.txt'));
    await waiting(ben.thread).getByText('charts.txt').waitFor();
    assert.ok(await ben.drop(ben.page.getByRole('navigation').first(), 'astray.txt'));
    assert.equal(await waiting(ben.page).count(), 1);
    await ben.field(ben.t('thread.reply')).fill('With the charts');
    await ben.field(ben.t('thread.reply')).press('Enter');
    await (await ann.reads('With the charts', ann.thread)).getByRole('button', { name: /^charts\.txt/ }).waitFor();
    for (const one of [ann, ben]) await one.button(one.t('thread.close')).click();
  });

  await world.step('a file is shared and gets a second version', async () => {
    await ann.chooseFiles(ann.button(ann.t('composer.attach')), text('tides.txt', 'low at six'));
    await ann.page.getByRole('list', { name: ann.t('files.pending') }).getByText('tides.txt').waitFor();
    await ann.say('Harbour', 'Here are the tides');
    // Looked at first; from there to its versions and to who sees it.
    const toPanel = async (one) => {
      await (await one.reads('Here are the tides')).getByRole('button', { name: /^tides\.txt/ }).click();
      await one.page.getByRole('dialog').getByText('low at six').waitFor();
      await one.page.getByRole('dialog').getByRole('button', { name: one.t('preview.details') }).click();
    };
    await toPanel(ben);
    await ben.panel.getByText(ben.t('files.version', { n: 1 })).first().waitFor();
    await toPanel(ann);
    await ann.chooseFiles(ann.panel.getByRole('button', { name: ann.t('files.newVersion') }), text('tides.txt', 'low at half past six'));
    await ann.page.getByRole('dialog').getByRole('button', { name: ann.t('files.upload'), exact: true }).click();
    await ann.panel.getByRole('region', { name: ann.t('files.versions') }).getByText(ann.t('files.version', { n: 2 })).waitFor();
  });

  await world.step('the first version is brought back, as a third', async () => {
    const versions = ann.panel.getByRole('region', { name: ann.t('files.versions') });
    await versions.getByRole('listitem').filter({ hasText: ann.t('files.version', { n: 1 }) }).getByRole('button', { name: ann.t('files.restore') }).click();
    await versions.getByText(ann.t('files.version', { n: 3 })).waitFor();
    await ben.page.reload();
    const download = ben.page.waitForEvent('download');
    await ben.panel.getByRole('button', { name: ben.t('files.download', { name: 'tides.txt' }) }).click();
    const stream = await (await download).createReadStream();
    let content = '';
    for await (const piece of stream) content += piece;
    assert.equal(content, 'low at six');
  });

  await world.step('who was away finds everything where it was', async () => {
    await ben.page.reload();
    await ben.open('/');
    await ben.field('Message Harbour').waitFor();
    for (const text of ['The ferry leaves at nine', 'Who brings the charts?', 'Here are the tides']) await ben.reads(text);
  });
});
