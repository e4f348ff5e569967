/**
 * Steadies who speaks: the ring comes after 150 ms of voice and stays 900 ms after it, so that it neither flickers
 * between words nor jumps at a cough.
 */
export const SPEAKING_ON_MS = 150;
export const SPEAKING_OFF_MS = 900;

export interface SpeakingGate {
  readonly update: (speakers: ReadonlySet<string>) => void;
  readonly isSpeaking: (identity: string) => boolean;
  readonly stop: () => void;
}

export function createSpeakingGate(onChange: () => void): SpeakingGate {
  const shown = new Set<string>();
  const pending = new Map<string, { on: boolean; timer: ReturnType<typeof setTimeout> }>();

  function plan(identity: string, on: boolean) {
    const waiting = pending.get(identity);
    if (waiting?.on === on) return;
    if (waiting) clearTimeout(waiting.timer);
    pending.delete(identity);
    if (shown.has(identity) === on) return;
    const timer = setTimeout(
      () => {
        pending.delete(identity);
        if (on) shown.add(identity);
        else shown.delete(identity);
        onChange();
      },
      on ? SPEAKING_ON_MS : SPEAKING_OFF_MS,
    );
    pending.set(identity, { on, timer });
  }

  return {
    update: (speakers) => {
      for (const identity of speakers) plan(identity, true);
      for (const identity of new Set([...shown, ...pending.keys()])) if (!speakers.has(identity)) plan(identity, false);
    },
    isSpeaking: (identity) => shown.has(identity),
    stop: () => {
      for (const { timer } of pending.values()) clearTimeout(timer);
      pending.clear();
    },
  };
}
