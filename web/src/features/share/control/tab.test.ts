// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { createTabControl } from './tab';

const input = { kind: 'move', x: 0.2, y: 0.3 } as const;

function tab(sign: string) {
  const applier = { apply: vi.fn(), stop: vi.fn() };
  const states: unknown[] = [];
  const control = createTabControl(sign, applier);
  control.subscribe((state) => states.push(state));
  return { control, applier, states };
}

describe('a tab under control', () => {
  it('applies what is meant for it, and nothing else', () => {
    const here = tab('one');
    here.control.send('two', input, 'Jonas');
    expect(here.applier.apply).not.toHaveBeenCalled();
    here.control.send('one', input, 'Jonas');
    expect(here.applier.apply).toHaveBeenCalledWith(input);
    expect(here.states).toEqual([{ name: 'Jonas', x: 0.2, y: 0.3 }]);
  });

  it('says whose it is before anything is done with it', () => {
    const here = tab('begins');
    here.control.begin('elsewhere', 'Jonas');
    expect(here.states).toEqual([]);
    here.control.begin('begins', 'Jonas');
    expect(here.states).toEqual([{ name: 'Jonas', x: 0.5, y: 0.5 }]);
    expect(here.applier.apply).not.toHaveBeenCalled();
  });

  it('keeps the pointer where it is while keys come', () => {
    const here = tab('keys');
    here.control.send('keys', input, 'Jonas');
    here.control.send('keys', { kind: 'keydown', key: 'a', code: '', ctrl: false, shift: false, alt: false, meta: false }, 'Jonas');
    expect(here.states.at(-1)).toEqual({ name: 'Jonas', x: 0.2, y: 0.3 });
  });

  it('lets go at the end, and when its person takes it back', () => {
    const here = tab('ends');
    const taken = vi.fn();
    here.control.onTakeBack(taken);
    here.control.send('ends', input, 'Jonas');
    here.control.end('ends');
    expect(here.states.at(-1)).toBeNull();
    here.control.send('ends', input, 'Jonas');
    here.control.takeBack();
    expect(here.states.at(-1)).toBeNull();
    expect(taken).toHaveBeenCalledTimes(1);
    expect(here.applier.stop).toHaveBeenCalledTimes(2);
  });
});
