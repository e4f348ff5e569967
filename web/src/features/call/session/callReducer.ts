import type { Phrase } from '@/shared/i18n';
import { withCaption } from '../captions/heard';
import type { CallAction, CallState, CallStore, Person } from './types';

export const initialCall = (room: string, now: number): CallState => ({
  phase: 'connected',
  room,
  since: now,
  awaySince: null,
  people: [],
  notices: [],
  status: null,
  cause: null,
  blur: 'unable',
  noise: 'unable',
  captions: [],
  captioner: false,
  rights: { microphone: true, camera: true, screen: true },
  soundOnly: false,
  recording: false,
});

function same(a: Person, b: Person): boolean {
  return (Object.keys(a) as (keyof Person)[]).every((key) => a[key] === b[key]);
}

/** People that did not change keep their object, so that their tiles are not drawn again. */
function keepSame(before: readonly Person[], after: readonly Person[]): readonly Person[] {
  const known = new Map(before.map((person) => [person.identity, person]));
  const merged = after.map((person) => {
    const old = known.get(person.identity);
    return old && same(old, person) ? old : person;
  });
  const unchanged = merged.length === before.length && merged.every((person, index) => person === before[index]);
  return unchanged ? before : merged;
}

function whatHappened(before: readonly Person[], after: readonly Person[]): Phrase | null {
  const known = new Map(before.map((person) => [person.identity, person]));
  const present = new Map(after.map((person) => [person.identity, person]));
  const about = (key: Phrase['key'], person: Person | undefined): Phrase | null =>
    person ? { key, parameters: { name: person.name } } : null;
  const others = after.filter((person) => !person.me);
  return (
    about('status.shares', others.find((person) => person.screen && !known.get(person.identity)?.screen)) ??
    about('status.shareEnded', before.find((old) => !old.me && old.screen && present.get(old.identity)?.screen === null)) ??
    about('status.joined', others.find((person) => !known.has(person.identity))) ??
    about('status.left', before.find((old) => !old.me && !present.has(old.identity)))
  );
}

export function callReducer(state: CallState, action: CallAction): CallState {
  switch (action.type) {
    case 'people': {
      const people = keepSame(state.people, action.people);
      if (people === state.people) return state;
      // Those who were here before me did not "join", and a new line lists everybody again.
      const news = state.people.length > 0 && state.phase === 'connected' ? whatHappened(state.people, people) : null;
      return { ...state, people, status: news ?? state.status };
    }
    case 'reconnecting':
      return state.phase === 'connected' ? { ...state, phase: 'reconnecting', awaySince: action.now } : state;
    case 'reconnected': {
      if (state.phase !== 'reconnecting') return state;
      const n = Math.max(1, Math.round((action.now - (state.awaySince ?? action.now)) / 1000));
      const back = { id: 'back', tone: 'warn', text: { key: 'notice.back', parameters: { n } }, brief: true } as const;
      return {
        ...state,
        phase: 'connected',
        awaySince: null,
        notices: [...state.notices.filter(({ id }) => id !== back.id), back],
      };
    }
    case 'notice':
      return { ...state, notices: [...state.notices.filter(({ id }) => id !== action.notice.id), action.notice] };
    case 'dismiss': {
      // Without an id the newest goes: that is what Escape closes.
      const id = action.id ?? state.notices.at(-1)?.id;
      const notices = state.notices.filter((notice) => notice.id !== id);
      return notices.length === state.notices.length ? state : { ...state, notices };
    }
    case 'handled':
      return state.notices.includes(action.notice) ? { ...state, notices: state.notices.filter((notice) => notice !== action.notice) } : state;
    case 'status':
      return { ...state, status: action.status };
    case 'ability':
      return state[action.what] === action.is ? state : { ...state, [action.what]: action.is };
    case 'rights':
      return { ...state, rights: action.rights };
    case 'caption': {
      const captions = withCaption(state.captions, action.caption);
      return captions === state.captions ? state : { ...state, captions, captioner: true };
    }
    case 'captioner':
      return state.captioner === action.here ? state : { ...state, captioner: action.here };
    case 'soundOnly':
      return state.soundOnly === action.on ? state : { ...state, soundOnly: action.on };
    case 'recording':
      if (state.recording === action.on) return state;
      return { ...state, recording: action.on, status: { key: action.on ? 'recording.on' : 'recording.off' } };
    case 'ended':
      return state.phase === 'ended' ? state : { ...state, phase: 'ended', awaySince: null, cause: action.cause };
  }
}

export function createCallStore(initial: CallState): CallStore {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    getState: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispatch: (action) => {
      const next = callReducer(state, action);
      if (next === state) return;
      state = next;
      for (const listener of [...listeners]) listener();
    },
  };
}
