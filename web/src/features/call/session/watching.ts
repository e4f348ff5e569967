/** Pictures of a page that was left stay for a moment: who turns back sees them at once. */
export const KEEP_MS = 5000;

export interface Watching {
  /** Exactly these are looked at from now on. */
  readonly watch: (identities: readonly string[]) => void;
  /** One more beside them, for a window of its own. */
  readonly also: (identity: string | null) => void;
  readonly wants: (identity: string) => boolean;
  readonly stop: () => void;
}

/** Whose cameras are asked for: those looked at now, and those looked at a moment ago. Everybody until the first look. */
export function createWatching(onChange: () => void): Watching {
  let now: ReadonlySet<string> | null = null;
  let extra: string | null = null;
  const leaving = new Map<string, ReturnType<typeof setTimeout>>();

  function letGo(identity: string) {
    leaving.delete(identity);
    onChange();
  }

  return {
    watch: (identities) => {
      const before = now;
      now = new Set(identities);
      for (const identity of now) {
        clearTimeout(leaving.get(identity));
        leaving.delete(identity);
      }
      for (const identity of before ?? []) {
        if (!now.has(identity) && !leaving.has(identity)) leaving.set(identity, setTimeout(letGo, KEEP_MS, identity));
      }
      onChange();
    },
    also: (identity) => {
      extra = identity;
      onChange();
    },
    wants: (identity) => identity === extra || now === null || now.has(identity) || leaving.has(identity),
    stop: () => {
      for (const timer of leaving.values()) clearTimeout(timer);
      leaving.clear();
    },
  };
}
