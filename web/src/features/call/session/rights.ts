import { Track } from 'livekit-client';
import type { CallStore, MediaKind, Rights } from './types';

const kinds: readonly MediaKind[] = ['microphone', 'camera', 'screen'];
const sources: Readonly<Record<MediaKind, Track.Source>> = {
  microphone: Track.Source.Microphone,
  camera: Track.Source.Camera,
  screen: Track.Source.ScreenShare,
};

/** As the server says it of a participant; unsaid: everything. */
interface Permissions {
  readonly canPublish: boolean;
  /** None named: every source. */
  readonly canPublishSources: readonly Parameters<typeof Track.sourceFromProto>[0][];
}

export function rightsOf(permissions: Permissions | undefined): Rights {
  const may = (kind: MediaKind) => {
    if (!permissions) return true;
    const named = permissions.canPublishSources.map(Track.sourceFromProto);
    return permissions.canPublish && (named.length === 0 || named.includes(sources[kind]));
  };
  return { microphone: may('microphone'), camera: may('camera'), screen: may('screen') };
}

/** Keeps what I may send, and says so where I send it, or would, all the same. */
export function createRights(store: CallStore) {
  // By me: the track of a lost right may be gone before the word about the right is here.
  const wanted = new Set<MediaKind>();
  const idOf = (kind: MediaKind) => `right-${kind}`;
  const refuse = (kind: MediaKind) =>
    store.dispatch({ type: 'notice', notice: { id: idOf(kind), tone: 'warn', text: { key: `rights.${kind}` } } });
  return {
    /** True where it may be done; otherwise the call says why not. */
    allow: (kind: MediaKind, on: boolean): boolean => {
      const free = !on || store.getState().rights[kind];
      if (on && free) wanted.add(kind);
      else wanted.delete(kind);
      if (!free) refuse(kind);
      return free;
    },
    update: (rights: Rights): void => {
      const before = store.getState().rights;
      if (kinds.every((kind) => before[kind] === rights[kind])) return;
      store.dispatch({ type: 'rights', rights });
      for (const kind of kinds) {
        if (rights[kind]) store.dispatch({ type: 'dismiss', id: idOf(kind) });
        else if (wanted.delete(kind)) refuse(kind);
      }
    },
  };
}
