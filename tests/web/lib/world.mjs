// Server, browser and people of one journey; everything is closed with the test.
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { register, startServer, waitFor } from '../../control/lib/server.mjs';
import { launchChromium, launchFirefox } from './browser.mjs';
import { Person } from './person.mjs';

export { register, waitFor };

export const kDist = process.env.PARLEY_WEB ?? fileURLToPath(new URL('../../../web/dist', import.meta.url));

export class World {
  static async open(t, settings = {}) {
    const world = new World();
    world.t = t;
    t.after(() => world.#close());
    world.server = await startServer({
      settings: { 'http.web_dir': kDist, 'auth.password_cost': 'minimal', 'log.level': 'debug', ...settings },
    });
    return world;
  }

  people = [];
  #browsers = {};

  #browser(kind, launch) {
    this.#browsers[kind] ??= launch();
    return this.#browsers[kind];
  }

  /** Somebody at the door, in a browser of their own. */
  async stranger(name, options = {}) {
    const person = new Person(this, name);
    this.people.push(person);
    await person.sitDown(await this.#browser('chromium', launchChromium), options);
    return person;
  }

  /** Somebody with an account, signed in. `account`: one that `register` made. */
  async person(name, { account, ...options } = {}) {
    const own = account ?? (await register(this.server, name));
    return this.stranger(name, { account: own, ...options });
  }

  async firefoxPage() {
    return (await this.#browser('firefox', launchFirefox)).newPage();
  }

  /** A room that the first of these accounts made and the others are in. */
  async room(name, [owner, ...members], more = {}) {
    return owner.api.post(
      '/rooms',
      { name, type: 'group', visibility: 'private', memberIds: members.map(({ user }) => user.id), ...more },
      { status: 201 },
    );
  }

  /** A subtest; when it fails, what server and pages said follows, and the journey ends there. */
  async step(name, body) {
    let failure;
    await this.t.test(name, async (step) => {
      try {
        await body(step);
        for (const person of this.people) assert.deepEqual(person.errors, [], `errors in the page of ${person.name}`);
      } catch (error) {
        failure = error;
        await this.#report();
        throw error;
      }
    });
    if (failure) throw new Error(`step failed: ${name}`);
  }

  async #report() {
    const lines = this.server.program.output.split('\n').slice(-40);
    const figures = await fetch(`${this.server.url}/metrics`).then((answer) => answer.text(), (error) => error.message);
    const said = figures.split('\n').filter((line) => /^parley_.* [1-9]/.test(line) && !/_bucket/.test(line));
    console.error(['--- server ---', ...lines, ...said].join('\n'));
    for (const person of this.people) await person.report();
  }

  async #close() {
    for (const person of this.people) await person.goAway();
    for (const browser of Object.values(this.#browsers)) {
      await browser.then(
        (open) => open.close(),
        () => undefined,
      );
    }
    await this.server?.end();
  }
}
