import { createStore } from '@/shared/state/store';
import { firstView, viewReducer } from '../view/viewReducer';
import { createCallStore, initialCall } from './callReducer';
import type { CallSession, MediaKind, Person } from './types';

/** A person for tests; everything usual unless said. */
export const makePerson = (identity: string, change: Partial<Person> = {}): Person => ({
  identity,
  name: identity,
  me: false,
  microphone: true,
  speaking: false,
  weak: false,
  away: false,
  camera: null,
  cameraOn: Boolean(change.camera),
  cameraSid: change.camera ? change.camera.id : '',
  mirrored: Boolean(change.me),
  cameraPaused: false,
  screen: null,
  screenSurface: null,
  screenPaused: false,
  joinedAt: 0,
  ...change,
});

export const makePicture = (id: string) => ({ id, attach: () => () => undefined });

/** A session without a server that notes down what was asked of it. */
export function makeSession(people: readonly Person[]): CallSession & { readonly asked: string[] } {
  const store = createCallStore(initialCall('harbour', 0));
  const asked: string[] = [];
  let now = people;
  const show = () => store.dispatch({ type: 'people', people: now });
  const set = (kind: MediaKind, on: boolean) => {
    asked.push(`${kind} ${on ? 'on' : 'off'}`);
    if (kind === 'microphone') now = now.map((person) => (person.me ? { ...person, microphone: on } : person));
    show();
  };
  show();
  return {
    store,
    view: createStore(viewReducer, firstView),
    watch: () => undefined,
    watchAlso: () => undefined,
    asked,
    devices: {
      toggleBlur: () => asked.push('blur'),
      noBlur: () => asked.push('no blur'),
      setNoise: (on) => asked.push(`noise ${String(on)}`),
      flip: () => asked.push('flip'),
    },
    set,
    toggle: (kind) => {
      if (kind === 'microphone') set(kind, !now.some((person) => person.me && person.microphone));
      else asked.push(`${kind} toggle`);
    },
    selectDevice: (kind, id) => asked.push(`${kind} ${id}`),
    hold: (on, asBefore) => asked.push(`hold ${String(on)}${asBefore ? ' as before' : ''}`),
    soundOnly: (on) => asked.push(`sound only ${String(on)}`),
    screen: {
      pause: (paused) => asked.push(`screen ${paused ? 'paused' : 'goes on'}`),
      setContent: (content) => asked.push(`screen ${content}`),
      tab: () => null,
    },
    words: { tell: (word) => asked.push(JSON.stringify(word)), on: () => () => undefined },
    mutedBy: () => undefined,
    startAudio: () => asked.push('sound'),
    tracks: () => Promise.resolve([]),
    level: () => 0,
    leave: () => asked.push('leave'),
  };
}
