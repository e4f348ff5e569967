// Captions: what an agent writes down shows below the stage, to those who want it; nobody else puts words into others' mouths.
import assert from 'node:assert/strict';
import test from 'node:test';
import { callAgent, mediaRoomOf } from './lib/agent.mjs';
import { World, register } from './lib/world.mjs';

test('captions', async (t) => {
  const world = await World.open(t);
  const accounts = [];
  for (const name of ['Ann', 'Ben']) accounts.push(await register(world.server, name));
  const room = await world.room('Bridge', accounts);
  const [ann, ben] = await Promise.all(accounts.map((account) => world.person(account.user.name, { account })));
  const bar = ann.page.getByRole('log', { name: ann.t('captions.title') });
  const key = ann.button(ann.t('captions.title'));
  let media;

  await world.step('they are off, C turns them on, and the bar says why it is empty', async () => {
    for (const one of [ann, ben]) await one.enterRoom(room);
    await ann.callWithSound();
    await ben.button('Answer').click();
    await ann.tile('Ben').waitFor();
    assert.equal(await key.getAttribute('aria-pressed'), 'false');
    assert.equal(await bar.count(), 0);
    await ann.page.keyboard.press('c');
    await bar.getByText(ann.t('captions.nobody')).waitFor();
    assert.equal(await key.getAttribute('aria-pressed'), 'true');
    media = await mediaRoomOf(accounts[0], room);
  });

  await world.step('an agent writes: words change until they are final, with the name of who said them', async () => {
    const agent = await callAgent(ann, world.server, media);
    await bar.getByText(ann.t('captions.waiting')).waitFor();
    await agent.writes('Ben', 's1', 'If the pin', false);
    await bar.getByText('If the pin', { exact: true }).waitFor();
    await agent.writes('Ben', 's1', 'If the pin seats, the ramp settles.');
    await bar.getByText('If the pin seats, the ramp settles.', { exact: true }).waitFor();
    await bar.getByText('Ben', { exact: true }).waitFor();
    assert.equal(await bar.getByText('If the pin', { exact: true }).count(), 0);
    await agent.writes('Ann', 's2', '<img src=x onerror=alert(1)>');
    await bar.getByText('<img src=x onerror=alert(1)>', { exact: true }).waitFor();
    if (process.env.PARLEY_PICTURES) await ann.picture(`${process.env.PARLEY_PICTURES}/captions.png`);
    await agent.leaves();
  });

  await world.step('somebody who is no agent is not believed', async () => {
    const liar = await callAgent(ann, world.server, media, { identity: 'liar', agent: false });
    await ann.tile('liar').waitFor();
    await liar.writes('Ben', 's3', 'I resign');
    const agent = await callAgent(ann, world.server, media);
    await agent.writes('Ben', 's4', 'I stay');
    await bar.getByText('I stay').waitFor();
    assert.equal(await bar.getByText('I resign').count(), 0);
    await liar.leaves();
    await agent.leaves();
  });

  await world.step('who is recorded is told, as long as it lasts', async () => {
    const recorder = await callAgent(ann, world.server, media, { identity: 'recorder', agent: false, recorder: true });
    for (const one of [ann, ben]) {
      await one.page.getByText(one.t('recording.sign'), { exact: true }).waitFor();
      await one.page.getByText(one.t('recording.notice'), { exact: true }).waitFor();
    }
    assert.equal(await ann.tile('recorder').count(), 0);
    await recorder.leaves();
    await ann.page.getByText(ann.t('recording.sign'), { exact: true }).waitFor({ state: 'detached' });
    await ann.page.getByText(ann.t('recording.notice'), { exact: true }).waitFor({ state: 'detached' });
  });

  await world.step('C turns them off again; the stage has its whole height back', async () => {
    const height = () => ann.tile('Ben').evaluate((figure) => figure.getBoundingClientRect().height);
    await ann.stage.getByRole('figure').nth(2).waitFor({ state: 'detached' });
    await ann.settled();
    const before = await height();
    await ann.page.keyboard.press('c');
    await bar.waitFor({ state: 'detached' });
    await ann.settled();
    assert.ok((await height()) > before);
  });
});
