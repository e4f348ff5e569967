import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const { source } = createRequire(import.meta.url)('axe-core');

/** Findings of axe-core in the page as it stands, each in a line. `rules`: those alone. */
export async function findings(page, rules) {
  await page.evaluate(source);
  return page.evaluate(async (only) => {
    const { violations } = await window.axe.run(document, {
      resultTypes: ['violations'],
      ...(only ? { runOnly: { type: 'rule', values: only } } : { rules: { 'target-size': { enabled: true } } }),
    });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary.split('\n').slice(1, 3).join('; ').trim()}`));
  }, rules);
}

/** Looks at places one after another; what it finds in a step is told at its end, each finding with the places that have it. */
export class Inspector {
  #all = new Map();

  constructor(world) {
    this.world = world;
  }

  step(name, body) {
    return this.world.step(name, async () => {
      this.#all.clear();
      await body();
      assert.deepEqual([...this.#all].map(([line, places]) => `${line} (${places.join(', ')})`), []);
    });
  }

  /** All rules in the light, colours once more in the dark. */
  async look(one, where) {
    await settled(one);
    const found = await findings(one.page);
    await one.page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await settled(one);
    found.push(...(await findings(one.page, ['color-contrast'])).map((line) => `dark: ${line}`));
    await one.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    for (const line of found) this.#all.set(line, [...(this.#all.get(line) ?? []), where]);
  }

  async visit(one, place, ready = 'main, [role=dialog]') {
    await one.open(place);
    await one.page.locator(ready).first().waitFor();
    await one.page.locator('.skeleton').first().waitFor({ state: 'detached' });
    await this.look(one, place);
  }
}

/** Colours on their way are nobody's colours. */
const settled = (one) =>
  one.page.evaluate(async () => {
    for (let i = 0; i < 2; ++i) await new Promise(requestAnimationFrame);
    await Promise.all(document.getAnimations().map((each) => each.finished.catch(() => undefined)));
  });
