import type { CallReaction, HostActs, RoomCall } from './session/RoomCallContext';

interface Options {
  readonly host?: Partial<HostActs>;
  readonly room?: Partial<RoomCall>;
}

/** A room around a call that notes down what was asked of it. */
export function makeRoomCall({ host, room }: Options = {}) {
  const asked: string[] = [];
  const listeners = new Set<(reaction: CallReaction) => void>();
  const note =
    (what: string) =>
    (...args: readonly unknown[]) =>
      void asked.push([what, ...args.map(String)].join(' '));
  const acts: HostActs = {
    lobby: [],
    locked: false,
    lock: note('lock'),
    allowed: { microphone: true, camera: true, screenShare: true },
    allow: (change) => void asked.push(`allow ${JSON.stringify(change)}`),
    admit: note('admit'),
    turnAway: note('turn away'),
    mute: note('mute'),
    askUnmute: note('ask to unmute'),
    stopVideo: note('stop video'),
    lowerHand: note('lower'),
    lowerAll: note('lower all'),
    spotlight: note('spotlight'),
    promotable: [],
    makeHost: note('make host'),
    remove: note('remove'),
    endForAll: note('end'),
    ...host,
  };
  const value: RoomCall = {
    flag: { id: 'room' },
    hands: [],
    spotlight: null,
    hosts: ['ada'],
    raised: false,
    host: host ? acts : undefined,
    chat: null,
    unread: 0,
    toggleHand: note('hand'),
    react: note('react'),
    onReaction: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    back: note('back'),
    open: note('open'),
    leave: note('leave'),
    ...room,
  };
  return { value, asked, react: (reaction: CallReaction) => listeners.forEach((listener) => listener(reaction)) };
}
