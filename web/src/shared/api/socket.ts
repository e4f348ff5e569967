import { io, type Socket } from 'socket.io-client';
import { ApiError, errorOfAck, read } from './errors';
import type { ClientEvents, ServerEvents } from './events';

const ACK_MS = 10_000;

export type LinkState = 'idle' | 'connecting' | 'online' | 'offline';

export interface Link {
  readonly state: () => LinkState;
  readonly open: () => void;
  readonly close: () => void;
  /** Sends an event and waits for the acknowledgement. Rejects with ApiError; `offline` when nothing was sent. */
  readonly ask: <Name extends keyof ClientEvents>(
    name: Name,
    data: ClientEvents[Name]['data'],
  ) => Promise<ClientEvents[Name]['answer']>;
  /** Sends without caring for an answer, and only while the line stands. */
  readonly tell: <Name extends keyof ClientEvents>(name: Name, data: ClientEvents[Name]['data']) => void;
  readonly on: <Name extends keyof ServerEvents>(name: Name, listener: (data: ServerEvents[Name]) => void) => () => void;
  readonly onState: (listener: (state: LinkState) => void) => () => void;
}

interface Options {
  readonly token: () => Promise<string | null>;
  /** The server refused the token, or ended this session. */
  readonly onRefused?: () => void;
  readonly connect?: typeof io;
}

/** Refusals that another token may cure. */
const isAuthRefusal = (message: string): boolean => /unauth|token|session/i.test(message);

export function createLink({ token, onRefused, connect = io }: Options): Link {
  let socket: Socket | null = null;
  let state: LinkState = 'idle';
  const stateListeners = new Set<(state: LinkState) => void>();
  const listeners = new Map<string, Set<(data: never) => void>>();

  function setState(next: LinkState) {
    if (next === state) return;
    state = next;
    for (const listener of [...stateListeners]) listener(next);
  }

  function start(): Socket {
    const made = connect({
      path: '/socket.io/',
      transports: ['websocket', 'polling'],
      reconnectionDelay: 500,
      reconnectionDelayMax: 5000,
      auth: (give) => {
        token().then(
          (value) => give({ token: value ?? '' }),
          () => give({ token: '' }),
        );
      },
    });
    made.on('connect', () => setState('online'));
    made.on('disconnect', (reason) => {
      setState('offline');
      // The server's own goodbye is not followed by a new try of the library.
      if (reason === 'io server disconnect') setTimeout(() => socket?.connect(), 1000);
    });
    made.on('connect_error', (error) => {
      setState('offline');
      if (!made.active) {
        // Refused with words, not a broken line: with a fresh token it may go.
        if (isAuthRefusal(error.message)) onRefused?.();
        setTimeout(() => {
          if (socket === made && !made.connected) made.connect();
        }, 3000);
      }
    });
    made.onAny((name: string, data: unknown) => {
      for (const listener of [...(listeners.get(name) ?? [])]) listener(data as never);
    });
    return made;
  }

  return {
    state: () => state,
    open: () => {
      if (socket) return;
      setState('connecting');
      socket = start();
    },
    close: () => {
      socket?.disconnect();
      socket?.removeAllListeners();
      socket = null;
      setState('idle');
    },
    ask: async (name, data) => {
      if (!socket?.connected) throw new ApiError('offline', 'not connected');
      let answer: unknown;
      try {
        answer = await socket.timeout(ACK_MS).emitWithAck(name, data);
      } catch {
        throw new ApiError('timeout', 'no acknowledgement');
      }
      if (read(answer, 'ok') === true) return read(answer, 'data') as never;
      throw errorOfAck(read(answer, 'error'));
    },
    tell: (name, data) => {
      if (socket?.connected) socket.emit(name, data);
    },
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener as (data: never) => void);
      return () => set.delete(listener as (data: never) => void);
    },
    onState: (listener) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
  };
}
