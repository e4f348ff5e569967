import type { RemoteTrackPublication, Room } from 'livekit-client';
import type { MediaKind } from './types';

const kinds: readonly MediaKind[] = ['microphone', 'camera', 'screen'];

export interface Hold {
  readonly on: () => boolean;
  /** Off again: microphone and camera come back as they were with `asBefore`, else they stay off. */
  readonly set: (on: boolean, asBefore?: boolean) => void;
}

interface Parts {
  readonly switches: Readonly<Record<MediaKind, { readonly wanted: () => boolean; readonly set: (on: boolean) => void }>>;
  /** Asks again for what is wanted of the others. */
  readonly subscribe: () => void;
}

/** A call on hold sends nothing and gets nothing; it stays, so that one can be back in it at once. */
export function createHold({ switches, subscribe }: Parts): Hold {
  let held = false;
  let before: readonly MediaKind[] = [];
  return {
    on: () => held,
    set: (on, asBefore = false) => {
      if (on === held) return;
      held = on;
      if (on) {
        before = kinds.filter((kind) => switches[kind].wanted());
        for (const kind of before) switches[kind].set(false);
      } else if (asBefore) {
        // A shared screen is not shown again without being asked for.
        for (const kind of before) if (kind !== 'screen') switches[kind].set(true);
      }
      subscribe();
    },
  };
}

/** Asks for what is wanted of the others and refuses the rest, saying only what changed. */
export function subscribeToOthers(room: Room, wanted: (publication: RemoteTrackPublication, identity: string) => boolean): void {
  for (const participant of room.remoteParticipants.values()) {
    for (const publication of participant.trackPublications.values()) {
      const is = wanted(publication, participant.identity);
      if (publication.isDesired !== is) publication.setSubscribed(is);
    }
  }
}
