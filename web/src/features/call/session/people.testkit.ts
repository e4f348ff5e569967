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
  camera: null,
  cameraPaused: false,
  screen: null,
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
    asked,
    set,
    toggle: (kind) => {
      if (kind === 'microphone') set(kind, !now.some((person) => person.me && person.microphone));
      else asked.push(`${kind} toggle`);
    },
    selectDevice: (kind, id) => asked.push(`${kind} ${id}`),
    startAudio: () => asked.push('sound'),
    level: () => 0,
    leave: () => asked.push('leave'),
  };
}
