// Firefox: joining by a link, chat and a call with Chromium.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Cable } from './lib/cable.mjs';
import { connections, received, watchConnections } from './lib/media.mjs';
import { words } from './lib/words.mjs';
import { World, register, waitFor } from './lib/world.mjs';

const t = words('en');
const kPatience = 40_000;

/** Somebody in Firefox, by accessible names like everybody else. */
class FirefoxPerson {
  lines = [];
  errors = [];
  constructor(name, page) {
    this.name = name;
    this.page = page;
    page.setDefaultTimeout(kPatience);
    page.on('console', (message) => this.lines.push(`${message.type()}: ${message.text()}`));
    // Firefox takes a line that is cut for an error of the page.
    page.on('pageerror', ({ message }) => (/^Firefox can’t establish a connection|^The connection to .* was interrupted/.test(message) ? this.lines : this.errors).push(message));
  }
  async report() {
    const state = await this.page.evaluate(connections).catch((error) => [error.message]);
    // What a press on each button would hit.
    const covered = await this.page
      .evaluate(() =>
        [...document.querySelectorAll('button')].flatMap((button) => {
          const { x, y, width, height } = button.getBoundingClientRect();
          const top = document.elementFromPoint(x + width / 2, y + height / 2);
          return width === 0 || button.contains(top) ? [] : [`"${button.textContent}" at ${x},${y} lies under ${top?.outerHTML.slice(0, 200)}`];
        }),
      )
      .catch((error) => [error.message]);
    const lines = [...this.lines.slice(-60), ...this.errors, ...state, ...covered];
    console.error([`--- ${this.name}, at ${this.page.url()} ---`, ...lines].join('\n'));
  }
  async goAway() {
    await this.page.close().catch(() => undefined);
  }
  named(role, name) {
    return this.page.locator(`::-p-aria([name="${name}"][role="${role}"])`);
  }
  button(name) {
    return this.named('button', name);
  }
  async write(name, text) {
    await this.named('textbox', name).fill(text);
  }
  async say(room, text) {
    await this.write(`Message ${room}`, text);
    await this.page.keyboard.press('Enter');
  }
  reads(text) {
    return this.page.waitForFunction(
      (wanted) => [...document.querySelectorAll('article')].filter((one) => one.textContent.includes(wanted)).length === 1,
      {},
      text,
    );
  }
  async sees(frames = 5) {
    const before = Object.values((await this.page.evaluate(received)).frames);
    return waitFor(
      'Firefox to see somebody',
      async () => {
        const now = Object.values((await this.page.evaluate(received)).frames);
        if (Math.max(0, ...now) >= Math.max(0, ...before) + frames) return true;
        throw new Error(JSON.stringify(now));
      },
      60_000,
    );
  }
}

test('Firefox', async (test) => {
  const world = await World.open(test);
  const account = await register(world.server, 'Ann');
  const room = await world.room('Quay', [account]);
  const { token } = await account.api.post(`/rooms/${room.id}/invitations`, {});
  const ann = await world.person('Ann', { account });
  await ann.enterRoom(room);
  const cable = await Cable.lay(world.server.ports.http);
  test.after(() => cable.remove());
  const fox = new FirefoxPerson('Fay', await world.firefoxPage());
  world.people.push(fox);

  await world.step('joins by an invitation', async () => {
    await fox.page.evaluateOnNewDocument(watchConnections);
    await fox.page.goto(`${cable.url}/j/${token}`);
    await fox.write('Name', 'Fay');
    await fox.write('Email', 'fay@example.org');
    await fox.page.locator('input[type=password]').fill('a long enough passphrase');
    await fox.button('Create account').click();
    await fox.named('textbox', 'Message Quay').wait();
  });

  await world.step('chats both ways', async () => {
    await fox.say('Quay', 'Hello from Firefox');
    await ann.reads('Hello from Firefox');
    await ann.say('Quay', 'Hello from *Chromium*');
    await fox.reads('Hello from Chromium');
  });

  await world.step('loses its line: what was written waits, what was missed comes', async () => {
    cable.cut();
    await fox.say('Quay', 'Written without a line');
    await fox.page.waitForFunction((wanted) => document.body.textContent.includes(wanted), {}, t('offline.waiting', { n: 1 }));
    await ann.say('Quay', 'Missed meanwhile');
    cable.mend();
    await ann.reads('Written without a line');
    await fox.reads('Missed meanwhile');
    await fox.reads('Written without a line');
  });

  await world.step('answers a call; both see each other', async () => {
    await ann.button('Call').click();
    await fox.button('Answer').click();
    await Promise.all([ann.sees(1), fox.sees()]);
    await ann.tile('Fay').waitFor();
  });

  await world.step('loses its line in the call, and both see each other again', async () => {
    cable.cut();
    await fox.page.waitForFunction((wanted) => document.body.textContent.includes(wanted), {}, t('notice.reconnecting'));
    cable.mend();
    await fox.page.waitForFunction((wanted) => !document.body.textContent.includes(wanted), {}, t('notice.reconnecting'));
    await Promise.all([ann.sees(1), fox.sees()]);
  });

  await world.step('mutes, and leaves', async () => {
    await fox.button('Microphone').click();
    await ann.page.getByRole('figure', { name: new RegExp(`^Fay.*${t('tile.micOff')}`) }).waitFor();
    await fox.button('Leave').click();
    await ann.tile('Fay').waitFor({ state: 'detached' });
    await fox.named('textbox', 'Message Quay').wait();
    assert.deepEqual(ann.errors, []);
  });
});
