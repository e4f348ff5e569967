import type { MessageKey } from '@/shared/i18n';
import { createKept } from '@/shared/state/kept';

/** A key, or keys pressed together, as people read them: `Ctrl+Shift+F`, `R`, `Delete`. `Ctrl` is ⌘ on a Mac. */
export type Combo = string;

/** Where keys count: `call` anywhere in the page while a call goes on, `stage` only while the call itself is shown. */
export type Place = 'anywhere' | 'rooms' | 'messages' | 'ringing' | 'call' | 'stage';
type KeyText = MessageKey & `keys.${string}`;

interface Binding {
  readonly place: Place;
  readonly keys: Combo;
  readonly text: KeyText;
}

/** What can be bound to other keys; those of writing, lists and drawing follow the system and stay. */
export const bindings = {
  palette: { place: 'anywhere', keys: 'Ctrl+K', text: 'keys.jump' },
  searchAll: { place: 'anywhere', keys: 'Ctrl+Shift+F', text: 'keys.searchAll' },
  searchRoom: { place: 'anywhere', keys: 'Ctrl+F', text: 'keys.searchRoom' },
  sheet: { place: 'anywhere', keys: 'Ctrl+/', text: 'keys.title' },
  settings: { place: 'anywhere', keys: 'Ctrl+,', text: 'keys.settings' },
  sidebar: { place: 'anywhere', keys: 'Ctrl+\\', text: 'keys.sidebar' },
  panel: { place: 'anywhere', keys: 'Ctrl+.', text: 'keys.panel' },
  regions: { place: 'anywhere', keys: 'F6', text: 'keys.regions' },
  previousRoom: { place: 'rooms', keys: 'Alt+ArrowUp', text: 'keys.previousRoom' },
  nextRoom: { place: 'rooms', keys: 'Alt+ArrowDown', text: 'keys.nextRoom' },
  previousUnread: { place: 'rooms', keys: 'Alt+Shift+ArrowUp', text: 'keys.previousUnread' },
  nextUnread: { place: 'rooms', keys: 'Alt+Shift+ArrowDown', text: 'keys.nextUnread' },
  inbox: { place: 'rooms', keys: 'Alt+Shift+I', text: 'keys.inbox' },
  call: { place: 'rooms', keys: 'Ctrl+Shift+C', text: 'keys.call' },
  thread: { place: 'messages', keys: 'R', text: 'keys.thread' },
  edit: { place: 'messages', keys: 'E', text: 'keys.edit' },
  react: { place: 'messages', keys: '+', text: 'keys.reactMore' },
  quick1: { place: 'messages', keys: '1', text: 'keys.quick1' },
  quick2: { place: 'messages', keys: '2', text: 'keys.quick2' },
  quick3: { place: 'messages', keys: '3', text: 'keys.quick3' },
  pin: { place: 'messages', keys: 'P', text: 'keys.pin' },
  copy: { place: 'messages', keys: 'C', text: 'keys.copy' },
  link: { place: 'messages', keys: 'L', text: 'keys.link' },
  unread: { place: 'messages', keys: 'U', text: 'keys.unread' },
  remove: { place: 'messages', keys: 'Delete', text: 'keys.delete' },
  answer: { place: 'ringing', keys: 'Ctrl+Shift+A', text: 'keys.answer' },
  decline: { place: 'ringing', keys: 'Ctrl+Shift+D', text: 'keys.decline' },
  microphone: { place: 'call', keys: 'Ctrl+D', text: 'keys.microphone' },
  camera: { place: 'call', keys: 'Ctrl+E', text: 'keys.camera' },
  statistics: { place: 'call', keys: 'Ctrl+Shift+S', text: 'keys.callStatistics' },
  leave: { place: 'call', keys: 'Ctrl+Shift+H', text: 'keys.callLeave' },
  stageMicrophone: { place: 'stage', keys: 'M', text: 'keys.microphone' },
  stageCamera: { place: 'stage', keys: 'V', text: 'keys.camera' },
  share: { place: 'stage', keys: 'S', text: 'keys.share' },
  hand: { place: 'stage', keys: 'H', text: 'keys.hand' },
  callReact: { place: 'stage', keys: 'K', text: 'keys.callReact' },
  captions: { place: 'stage', keys: 'C', text: 'keys.captions' },
  layout: { place: 'stage', keys: 'L', text: 'keys.callLayout' },
  fullScreen: { place: 'stage', keys: 'F', text: 'keys.fullScreen' },
  callChat: { place: 'stage', keys: 'T', text: 'keys.callChat' },
  callPeople: { place: 'stage', keys: 'U', text: 'keys.callPeople' },
  blur: { place: 'stage', keys: 'B', text: 'keys.callBlur' },
  invite: { place: 'stage', keys: 'I', text: 'keys.callInvite' },
  previousPage: { place: 'stage', keys: '[', text: 'keys.previousPage' },
  nextPage: { place: 'stage', keys: ']', text: 'keys.nextPage' },
} as const satisfies Readonly<Record<string, Binding>>;

export type ActId = keyof typeof bindings;
export const acts = Object.keys(bindings) as ActId[];

export interface KeyChoices {
  readonly changed: Readonly<Partial<Record<ActId, Combo>>>;
  /** Letters, digits and signs alone do something on a message and in a call. */
  readonly singles: boolean;
}

export const usualKeys: KeyChoices = { changed: {}, singles: true };

export const keptKeys = createKept<KeyChoices>(
  'parley.keys',
  (value) => (typeof value === 'object' && value !== null ? { ...usualKeys, ...value } : undefined),
  usualKeys,
);
export const keyChoices = keptKeys.get;
export const keepKeys = keptKeys.keep;

export const comboOf = (act: ActId, choices = keyChoices()): Combo => choices.changed[act] ?? bindings[act].keys;

const modifiers = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph']);

type KeyLike = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** On layouts of other scripts, the letter that stands there on a Latin keyboard. */
const latin = (key: string, code: string): string =>
  key.length === 1 && key > '\u007f' && code.startsWith('Key') ? code.slice(3) : key;

/** The keys of an event; null while only Ctrl, Shift and their like are down. */
export function comboFrom({ key: typed, code, ctrlKey, metaKey, altKey, shiftKey }: KeyLike): Combo | null {
  const key = latin(typed, code);
  if (modifiers.has(key) || key === '' || key === 'Dead') return null;
  const letter = /^\p{L}$/u.test(key);
  const name = letter ? key.toLocaleUpperCase() : key === ' ' ? 'Space' : key;
  // Shift that makes another sign of a key is in the sign already.
  const shift = shiftKey && (letter || key.length > 1);
  return [ctrlKey || metaKey ? 'Ctrl' : '', altKey ? 'Alt' : '', shift ? 'Shift' : '', name].filter(Boolean).join('+');
}

export const isSingle = (combo: Combo): boolean => !/^(Ctrl|Alt)\+/.test(combo) && !/^(Shift\+)?(F\d+|Delete)$/.test(combo);

/** What an event asks for, among the acts of some places. */
export function actFor(event: KeyLike, places: readonly Place[], choices = keyChoices()): ActId | null {
  const combo = comboFrom(event);
  if (combo === null || (!choices.singles && isSingle(combo))) return null;
  return acts.find((act) => places.includes(bindings[act].place) && comboOf(act, choices) === combo) ?? null;
}

/** Keys of the browser and of the system that no page gets, or should take. */
const reserved = /^Ctrl\+(Shift\+)?[NTW]$|^Ctrl\+(Shift\+)?(Tab|Escape)$|^(Alt\+)?Tab$|^Shift\+Escape$|^Ctrl\+Alt\+|^Ctrl\+Shift\+U$|^(Escape|Enter|Space|Arrow\w+|Home|End|PageUp|PageDown)$/;

/** Keys of drawing and zooming over a shared screen. */
const onShares = /^([0-9+=-]|Ctrl\+Z|Shift\+Delete)$/;

export type Conflict = { readonly kind: 'reserved' | 'share' } | { readonly kind: 'taken'; readonly by: ActId } | { readonly kind: 'single' };

/** Why an act cannot have these keys; null when it can. */
export function conflictOf(act: ActId, combo: Combo, choices = keyChoices()): Conflict | null {
  if (reserved.test(combo)) return { kind: 'reserved' };
  const { place } = bindings[act];
  // Letters alone would fire while one walks the page.
  if (place !== 'messages' && place !== 'stage' && isSingle(combo)) return { kind: 'single' };
  if (place === 'stage' && onShares.test(combo)) return { kind: 'share' };
  const together = (other: ActId) => (place === 'messages') === (bindings[other].place === 'messages');
  const by = acts.find((other) => other !== act && together(other) && comboOf(other, choices) === combo);
  return by ? { kind: 'taken', by } : null;
}

export function withKeys(choices: KeyChoices, act: ActId, combo: Combo | null): KeyChoices {
  const others = Object.fromEntries(Object.entries(choices.changed).filter(([id]) => id !== act));
  return { ...choices, changed: combo === null || combo === bindings[act].keys ? others : { ...others, [act]: combo } };
}

const signs: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Delete: 'Del' };
const mac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** As it stands on a key cap. */
export const shownKeys = (combo: Combo): string =>
  combo
    .split(/\+(?=.)/)
    .map((part) => (mac && part === 'Ctrl' ? '⌘' : (signs[part] ?? part)))
    .join(' ');
