/** Pictures of a page that was left stay for a moment: who turns back sees them at once. */
export const KEEP_MS = 5000;

export interface Watching {
  /** Of all that are here, exactly these are looked at from now on. */
  readonly watch: (identities: readonly string[], here: readonly string[]) => void;
  /** One more beside them, for a window of its own. */
  readonly also: (identity: string | null) => void;
  readonly wants: (identity: string) => boolean;
  readonly stop: () => void;
}

/**
 * Whose cameras are asked for: those looked at now, and those looked at a moment ago. Who came since the last look is
 * wanted: to refuse a camera and ask for it a frame later costs both sides a round of signalling.
 */
export function createWatching(onChange: () => void): Watching {
  let now: ReadonlySet<string> = new Set();
  let considered: ReadonlySet<string> = new Set();
  let extra: string | null = null;
  const leaving = new Map<string, ReturnType<typeof setTimeout>>();

  function letGo(identity: string) {
    leaving.delete(identity);
    onChange();
  }

  return {
    watch: (identities, here) => {
      const before = now;
      now = new Set(identities);
      considered = new Set(here);
      for (const identity of now) {
        clearTimeout(leaving.get(identity));
        leaving.delete(identity);
      }
      for (const identity of before) {
        if (!now.has(identity) && !leaving.has(identity)) leaving.set(identity, setTimeout(letGo, KEEP_MS, identity));
      }
      onChange();
    },
    also: (identity) => {
      extra = identity;
      onChange();
    },
    wants: (identity) => identity === extra || !considered.has(identity) || now.has(identity) || leaving.has(identity),
    stop: () => {
      for (const timer of leaving.values()) clearTimeout(timer);
      leaving.clear();
    },
  };
}
