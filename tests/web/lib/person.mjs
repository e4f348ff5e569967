import path from 'node:path';
import { waitFor } from '../../control/lib/server.mjs';
import { Cable } from './cable.mjs';
import { connections, received, watchConnections } from './media.mjs';
import { words } from './words.mjs';

const kPatience = 30_000;
const kDesk = { width: 1280, height: 800 };
export const kPassword = 'a long enough passphrase';

/** Somebody before a browser of their own, at the end of a cable of their own. */
export class Person {
  constructor(world, name) {
    this.world = world;
    this.name = name;
    this.lines = [];
    /** What no page may ever have. */
    this.errors = [];
  }

  async sitDown(browser, { account, viewport = kDesk, language = 'en', scripts = [], ...context } = {}) {
    this.account = account;
    this.t = words(language);
    this.cable = await Cable.lay(this.world.server.ports.http);
    const localStorage = [{ name: 'parley.language', value: JSON.stringify(language) }];
    if (account) localStorage.push({ name: 'parley.refresh', value: account.refreshToken });
    this.context = await browser.newContext({
      baseURL: this.cable.url,
      viewport,
      locale: language,
      permissions: ['clipboard-read', 'clipboard-write', 'camera', 'microphone', 'notifications'],
      storageState: { cookies: [], origins: [{ origin: this.cable.url, localStorage }] },
      ...context,
    });
    this.context.setDefaultTimeout(kPatience);
    await this.context.addInitScript(watchConnections);
    for (const script of scripts) await this.context.addInitScript(script);
    this.page = await this.context.newPage();
    this.page.on('console', (message) => this.lines.push(`${message.type()}: ${message.text()}`));
    this.page.on('response', (answer) => {
      if (answer.status() >= 400) this.lines.push(`${answer.status()} ${answer.request().method()} ${answer.url()}`);
    });
    this.page.on('pageerror', (error) => {
      this.lines.push(`pageerror: ${error.stack}`);
      this.errors.push(error.message);
    });
  }

  // --- finding ---

  button(name, options = {}) {
    return this.page.getByRole('button', { name, exact: true, ...options });
  }
  field(name) {
    return this.page.getByRole('textbox', { name, exact: true });
  }
  link(name) {
    return this.page.getByRole('link', { name });
  }
  message(text, within = this.page) {
    return within.getByRole('article').filter({ hasText: text });
  }
  get thread() {
    return this.page.getByRole('region', { name: this.t('thread.label'), exact: true });
  }
  /** The room's own messages, those of a thread left out. */
  get list() {
    return this.page.getByRole('log', { name: this.t('message.list'), exact: true });
  }
  get panel() {
    return this.page.getByRole('region', { name: this.t('files.panel'), exact: true });
  }
  get stage() {
    return this.page.getByRole('list', { name: this.t('call.participants') });
  }
  tile(name) {
    return this.stage.getByRole('figure', { name: new RegExp(`^${name}`) });
  }

  // --- going about ---

  async open(place) {
    await this.page.goto(place);
  }

  async register() {
    await this.open('/register');
    await this.field('Name').fill(this.name);
    await this.page.getByLabel('Email', { exact: true }).fill(`${this.name.toLowerCase()}@example.org`);
    await this.page.getByLabel('Password', { exact: true }).fill(kPassword);
    await this.button('Create account').click();
  }

  /** A token of the session that the page began itself. */
  async refreshed() {
    const refreshToken = await this.page.evaluate(() => localStorage.getItem('parley.refresh'));
    const session = await this.world.server.api().post('/auth/refresh', { refreshToken });
    await this.page.evaluate((token) => localStorage.setItem('parley.refresh', token), session.refreshToken);
    return session;
  }

  async enterRoom(room) {
    await this.open(`/r/${room.id}`);
    await this.composer(room.name).waitFor();
  }

  composer(room) {
    return this.field(this.t('composer.label', { room }));
  }

  async say(room, text) {
    await this.composer(room).fill(text);
    await this.composer(room).press('Enter');
  }

  /** Waits until a message with this text stands in the page, once. */
  async reads(text, within = this.page) {
    await this.message(text, within).first().waitFor();
    const count = await this.message(text, within).count();
    if (count !== 1) throw new Error(`${this.name} reads "${text}" ${count} times`);
    return this.message(text, within);
  }

  /** A message shows what can be done with it when the pointer is there. */
  async tool(text, label, within = this.page) {
    const message = this.message(text, within);
    await message.hover();
    return message.getByRole('button', { name: label, exact: true });
  }

  async chooseFiles(button, files) {
    const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), button.click()]);
    await chooser.setFiles(files);
  }

  /** Drops a text file on an element, as from the desk. False: the page left it to the browser, which would go there. */
  async drop(locator, name) {
    return locator.evaluate((element, called) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['from the desk'], called, { type: 'text/plain' }));
      const tell = (type) => !element.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      tell('dragenter');
      return tell('dragover') && tell('drop');
    }, name);
  }

  /** The page's own traffic gets this many bytes a second; 0: as many as there are. */
  async slow(bytes) {
    this.cdp ??= await this.context.newCDPSession(this.page);
    const throughput = bytes || -1;
    await this.cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: throughput,
      uploadThroughput: throughput,
    });
  }

  // --- calls ---

  /** Waits until `count` streams of video have each decoded `frames` more frames than at the call of this. */
  async sees(count, { frames = 5, patience = 60_000 } = {}) {
    const before = (await this.page.evaluate(received)).frames;
    return waitFor(
      `${this.name} to see ${count} others`,
      async () => {
        const now = (await this.page.evaluate(received)).frames;
        const moving = Object.keys(now).filter((id) => now[id] >= (before[id] ?? 0) + frames);
        if (moving.length >= count) return now;
        throw new Error(JSON.stringify({ before, now }));
      },
      patience,
    );
  }

  /** Calls the room with sound alone: pictures of three people keep a small machine busy. */
  async callWithSound() {
    await this.button(this.t('call.ways')).click();
    await this.page.getByRole('menuitem', { name: this.t('call.audio'), exact: true }).click();
  }

  share(name) {
    return this.page.getByRole('figure', { name: this.t('share.of', { name }) });
  }

  /** Draws a line over an element, between two points given as parts of its size. */
  async drag(locator, from, to) {
    const box = await locator.boundingBox();
    const at = ([x, y]) => [box.x + box.width * x, box.y + box.height * y];
    await this.page.mouse.move(...at(from));
    await this.page.mouse.down();
    await this.page.mouse.move(...at(to), { steps: 8 });
    await this.page.mouse.up();
  }

  /** Where the one mark on a shared screen is, in parts of that screen. */
  async mark(name) {
    const pane = this.share(name);
    await pane.locator('[data-marks="1"] svg :is(path, rect, polyline)').first().waitFor({ state: 'attached' });
    return pane.evaluate((figure) => {
      const video = figure.querySelector('video').getBoundingClientRect();
      const shape = figure.querySelector('[data-marks] svg :is(path, rect, polyline)').getBoundingClientRect();
      return {
        left: (shape.left - video.left) / video.width,
        top: (shape.top - video.top) / video.height,
        width: shape.width / video.width,
        height: shape.height / video.height,
      };
    });
  }

  async leaveCall() {
    await this.button('Leave').click();
  }

  // --- keys and width ---

  /** Presses Tab until the focus is there. */
  async tabTo(locator, key = 'Tab') {
    await locator.first().waitFor();
    for (let i = 0; i < 80; ++i) {
      if (await locator.first().evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press(key);
    }
    throw new Error(`${key} never reached ${locator}`);
  }

  /** Whatever glides or fades has arrived; what never ends is not waited for. */
  settled() {
    return this.page.waitForFunction(() =>
      document.getAnimations().every(({ playState, effect }) => playState === 'finished' || effect.getComputedTiming().iterations === Infinity),
    );
  }

  /** What sticks out of the page sideways. */
  sideways() {
    return this.page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth > clientWidth ? `${scrollWidth} > ${clientWidth}` : '';
    });
  }

  // --- what ends a test ---

  async picture(name) {
    await this.page.screenshot({ path: name });
  }

  async report() {
    const state = this.page ? await this.page.evaluate(connections).catch((error) => [error.message]) : [];
    console.error([`--- ${this.name}, at ${this.page?.url()} ---`, ...this.lines.slice(-40), ...state].join('\n'));
    const folder = process.env.PARLEY_PICTURES;
    if (folder) await this.picture(path.join(folder, `${this.name}.png`)).catch(() => undefined);
  }

  async goAway() {
    await this.context?.close().catch(() => undefined);
    await this.cable?.remove();
  }
}
