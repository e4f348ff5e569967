import assert from 'node:assert/strict';
import { kPatience } from '../../lib/patience.mjs';
import { launchChromium, launchFirefox } from './browser.mjs';
import { Server } from './server.mjs';
import { serveSite } from './site.mjs';
import { waitFor } from './wait.mjs';

const launchers = { chromium: launchChromium, firefox: launchFirefox };
const kPageLogTail = 60;
const kLoadMs = 90_000;
// Who joins a call sees somebody within a second on a quiet machine.
const kFirstFrameMs = 1_000 * kPatience;

/** One participant: a browser page with the harness of page.mjs around livekit-client's Room. */
class Client {
  constructor(world, identity, page) {
    this.world = world;
    this.identity = identity;
    this.page = page;
    this.lines = [];
    page.on('console', (message) => this.lines.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => this.lines.push(`pageerror: ${error.message}`));
  }

  /** Calls a function of the harness; arguments and result travel as JSON. */
  call(name, ...args) {
    return this.page.evaluate(({ name, args }) => window.harness[name](...args), { name, args });
  }

  /** Joins `room`; `options` go to the harness, `grant` into the token. */
  async join(room, { grant, token, ...options } = {}) {
    const { server } = this.world;
    return this.call('join', {
      url: server.wsUrl,
      token: token ?? (await server.token(this.identity, room, grant)),
      ...options,
    });
  }

  /** Waits until video of `from` arrives, decodes and has a size (which Chromium reports a moment later), returns its stats. */
  video(from, { source = 'camera', timeout = 10_000, where = () => true } = {}) {
    return waitFor(
      `${this.identity} to decode ${source} of ${from}`,
      async () => {
        const stats = await this.call('received', from, source);
        if (stats?.framesDecoded > 0 && stats.frameWidth > 0 && where(stats)) return stats;
        throw new Error(JSON.stringify(stats));
      },
      timeout,
    );
  }

  /** From the call of join() to the first frame on the screen: printed, and held to a second. */
  async soonSees(from, step) {
    const limit = kFirstFrameMs + 10_000;
    const first = await waitFor(`a first frame of ${from}`, () => this.call('firstFrame', from), limit);
    step.diagnostic(`${this.identity}: join to first frame: ${first.toFixed(0)} ms`);
    assert.ok(first < kFirstFrameMs, `first frame after ${first} ms`);
  }

  /** Waits until `count` more frames of `from` have been decoded. */
  async moreFrames(from, { source = 'camera', count = 10, timeout = 8_000 } = {}) {
    const before = (await this.call('received', from, source))?.framesDecoded ?? 0;
    return this.video(from, { source, timeout, where: (stats) => stats.framesDecoded >= before + count });
  }

  /** Waits until audio that is not silence arrives from `from`. */
  async moreSound(from, { source = 'microphone', timeout = 10_000 } = {}) {
    const before = (await this.call('received', from, source))?.totalAudioEnergy ?? 0;
    return waitFor(
      `${this.identity} to hear ${from}`,
      async () => {
        const stats = await this.call('received', from, source);
        if (stats?.totalAudioEnergy > before) return stats;
        throw new Error(JSON.stringify(stats));
      },
      timeout,
    );
  }
}

/** Server, page site and browsers of one journey; everything is closed with the test. */
export class World {
  static async open(t, { settings = {} } = {}) {
    const world = new World();
    world.t = t;
    t.after(() => world.#close());
    world.server = await Server.start(settings);
    world.site = await serveSite();
    return world;
  }

  clients = [];
  #browsers = new Map();

  /** A page that has loaded the harness but joined nothing; `query` reaches it as its address's query. */
  async client(identity, { browser = 'chromium', query = {} } = {}) {
    if (!this.#browsers.has(browser)) this.#browsers.set(browser, launchers[browser]());
    const launched = await this.#browsers.get(browser);
    const client = new Client(this, identity, await launched.newPage());
    this.clients.push(client);
    if (process.env.CLIENT_LOG) query = { log: process.env.CLIENT_LOG, ...query };
    await client.page.goto(`${this.site.url}?${new URLSearchParams(query)}`, { timeout: kLoadMs });
    await waitFor('the harness to load', () => client.page.evaluate(() => Boolean(window.harness)));
    return client;
  }

  async drop(...clients) {
    for (const client of clients) {
      await client.page.close();
      this.clients.splice(this.clients.indexOf(client), 1);
    }
  }

  /** A subtest; when it fails, logs of server and pages follow, and the journey ends there. */
  async step(name, body) {
    let failure;
    await this.t.test(name, async (step) => {
      try {
        await body(step);
      } catch (error) {
        failure = error;
        this.#report();
        throw error;
      }
    });
    if (failure) throw new Error(`step failed: ${name}`);
  }

  #report() {
    const parts = [`--- server ---\n${this.server.log()}`];
    for (const client of this.clients) {
      parts.push(`--- ${client.identity} ---\n${client.lines.slice(-kPageLogTail).join('\n')}`);
    }
    console.error(parts.join('\n'));
  }

  async #close() {
    for (const launched of this.#browsers.values()) {
      await launched.then(
        (browser) => browser.close(),
        () => undefined,
      );
    }
    await this.site?.close();
    await this.server?.stop();
  }
}
