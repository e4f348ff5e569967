import { RoomEvent, type Room } from 'livekit-client';
import { nameOf } from './nameOf';

/** What the clients of a call tell each other, beside what the server knows of it. */
export type Word =
  /** A host shows somebody large to everybody; null: nobody any more. */
  | { readonly type: 'spotlight'; readonly identity: string | null }
  /** A host, to whom it concerns: it was me who silenced you. */
  | { readonly type: 'muted'; readonly kind: 'microphone' | 'camera' }
  /** A host would like to hear somebody: only they can open their microphone. */
  | { readonly type: 'ask-unmute' };

export interface Speaker {
  readonly identity: string;
  readonly name: string;
}

type Listener = (from: Speaker, word: Word) => void;

export interface Words {
  /** Without `to` to everybody else in the call. */
  readonly tell: (word: Word, to?: readonly string[]) => void;
  /** The server vouches for who says it; whether they may is for the listener to know. */
  readonly on: (listener: Listener) => () => void;
}

const TOPIC = 'parley.call';

/** Others may run other versions: what is not understood is passed over. */
export function parseWord(payload: Uint8Array): Word | null {
  let said: unknown;
  try {
    said = JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return null;
  }
  const { type, identity, kind } = (said ?? {}) as Readonly<Record<string, unknown>>;
  if (type === 'spotlight' && (identity === null || typeof identity === 'string')) return { type, identity };
  if (type === 'muted' && (kind === 'microphone' || kind === 'camera')) return { type, kind };
  if (type === 'ask-unmute') return { type };
  return null;
}

export function createWords(room: Room): Words {
  const listeners = new Set<Listener>();
  // What is said to me as I come in is kept until the page is there to listen.
  const early: [Speaker, Word][] = [];
  room.on(RoomEvent.DataReceived, (payload, from, _kind, topic) => {
    const word = topic === TOPIC && from ? parseWord(payload) : null;
    if (!word || !from) return;
    const speaker = { identity: from.identity, name: nameOf(from) };
    if (listeners.size === 0) early.push([speaker, word]);
    for (const listener of listeners) listener(speaker, word);
  });
  return {
    tell: (word, to) => {
      const payload = new TextEncoder().encode(JSON.stringify(word));
      // Nobody waits for it: while the line is away there is nobody to tell.
      room.localParticipant
        .publishData(payload, { reliable: true, topic: TOPIC, destinationIdentities: to && [...to] })
        .catch(() => undefined);
    },
    on: (listener) => {
      listeners.add(listener);
      for (const [from, word] of early.splice(0)) listener(from, word);
      return () => listeners.delete(listener);
    },
  };
}
