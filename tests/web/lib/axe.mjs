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
