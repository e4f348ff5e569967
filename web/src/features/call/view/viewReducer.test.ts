import { describe, expect, it } from 'vitest';
import { firstView, viewReducer, type ViewAction } from './viewReducer';

const after = (...actions: readonly ViewAction[]) => actions.reduce(viewReducer, firstView);

describe('viewReducer', () => {
  it('goes round the layouts', () => {
    const next = { type: 'nextLayout' } as const;
    expect([after(next), after(next, next), after(next, next, next)].map(({ layout }) => layout)).toEqual(['speaker', 'side', 'grid']);
  });

  it('pins two at most, the newest first, and unpins what is pinned', () => {
    const pin = (identity: string) => ({ type: 'pin', identity }) as const;
    expect(after(pin('a'), pin('b'), pin('c')).pins).toEqual(['c', 'b']);
    expect(after(pin('a'), pin('b'), pin('a')).pins).toEqual(['b']);
    expect(after(pin('a'), { type: 'unpinAll' }).pins).toEqual([]);
  });

  it('closes the panel that is open and changes to the other one', () => {
    const toggle = (panel: 'chat' | 'people') => ({ type: 'togglePanel', panel }) as const;
    expect(after(toggle('chat'), toggle('people')).panel).toBe('people');
    expect(after(toggle('chat'), toggle('chat')).panel).toBeNull();
  });

  it('is the same object when nothing changes', () => {
    expect(viewReducer(firstView, { type: 'layout', layout: 'grid' })).toBe(firstView);
    expect(viewReducer(firstView, { type: 'panel', panel: null })).toBe(firstView);
  });
});
