import { describe, expect, it } from 'vitest';
import { createCallStore, initialCall } from './callReducer';
import { createHostMutes } from './hostMutes';
import { parseWord } from './words';

function make() {
  const store = createCallStore(initialCall('harbour', 0));
  let time = 0;
  const mutes = createHostMutes(store, () => time);
  return { store, mutes, wait: (ms: number) => (time += ms), texts: () => store.getState().notices.map(({ text }) => text) };
}

describe('who muted me', () => {
  it('is named, whichever comes first', () => {
    const first = make();
    first.mutes.by('microphone', 'Jonas');
    expect(first.texts()).toEqual([]);
    first.mutes.happened('microphone');
    const second = make();
    second.mutes.happened('microphone');
    expect(second.texts()).toEqual([{ key: 'muted.byHost' }]);
    second.mutes.by('microphone', 'Jonas');
    for (const { texts } of [first, second]) expect(texts()).toEqual([{ key: 'muted.byName', parameters: { name: 'Jonas' } }]);
  });

  it('is a host where nobody said so, or said it of something else or long ago', () => {
    const { mutes, wait, texts } = make();
    mutes.by('camera', 'Jonas');
    mutes.by('microphone', 'Jonas');
    wait(60_000);
    mutes.happened('microphone');
    expect(texts()).toEqual([{ key: 'muted.byHost' }]);
    mutes.by('camera', 'Leila');
    mutes.happened('camera');
    expect(texts()).toContainEqual({ key: 'muted.cameraByName', parameters: { name: 'Leila' } });
  });
});

describe('words of other clients', () => {
  const parse = (text: string) => parseWord(new TextEncoder().encode(text));

  it('are taken where they are understood', () => {
    expect(parse('{"type":"spotlight","identity":"bo"}')).toEqual({ type: 'spotlight', identity: 'bo' });
    expect(parse('{"type":"spotlight","identity":null}')).toEqual({ type: 'spotlight', identity: null });
    expect(parse('{"type":"muted","kind":"camera","more":1}')).toEqual({ type: 'muted', kind: 'camera' });
  });

  it.each(['', 'null', '7', '{}', '{"type":"spotlight"}', '{"type":"spotlight","identity":7}', '{"type":"muted","kind":"screen"}'])('not: %s', (text) => {
    expect(parse(text)).toBeNull();
  });
});
