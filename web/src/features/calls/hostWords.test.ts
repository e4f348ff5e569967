import { describe, expect, it } from 'vitest';
import { saidReducer, spotlightOf, type Said } from './hostWords';

const hosts = new Set(['ada', 'bo']);
const say = (words: readonly Said[], by: string, identity: string | null) => saidReducer(words, { type: 'said', said: { by, identity } });
const left = (words: readonly Said[], ...present: string[]) => saidReducer(words, { type: 'people', present: new Set(present), hosts });

describe('the spotlight', () => {
  it('is where the newest word of a host puts it', () => {
    const words = say(say([], 'ada', 'dana'), 'bo#2', 'eli');
    expect(spotlightOf(words, hosts)).toEqual({ by: 'bo#2', identity: 'eli' });
    expect(spotlightOf(say(words, 'bo#2', null), hosts)).toBeUndefined();
  });

  it('takes no word of anybody else, unless it turns out that they are a host', () => {
    const words = say([], 'cleo', 'cleo');
    expect(spotlightOf(words, hosts)).toBeUndefined();
    expect(spotlightOf(words, new Set(['cleo']))?.identity).toBe('cleo');
  });

  it('goes with the host who made it, and an older one does not come back', () => {
    const words = say(say([], 'ada', 'dana'), 'bo', 'eli');
    expect(left(words, 'ada', 'bo')).toBe(words);
    expect(spotlightOf(left(words, 'ada', 'dana'), hosts)).toBeUndefined();
  });
});
