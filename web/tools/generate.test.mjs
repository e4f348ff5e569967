import { expect, it } from 'vitest';
import { committed, generated } from './generate.mjs';

it('the generated types are those of the API files', async () => {
  for (const [name, text] of Object.entries(await generated())) {
    expect(await committed(name), `${name} is stale: npm run generate`).toBe(text);
  }
});
