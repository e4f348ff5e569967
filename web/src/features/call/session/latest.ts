/**
 * A switch whose turning takes time. Only one turning runs at once and the last wish wins, so that a key pressed and
 * released faster than a microphone starts never leaves it on.
 */
export interface LatestSwitch {
  readonly wanted: () => boolean;
  readonly turning: () => boolean;
  readonly set: (on: boolean) => void;
  /** The device changed by itself, say a share ended from the browser's own bar. */
  readonly settle: (on: boolean) => void;
}

export function createLatestSwitch(
  turn: (on: boolean) => Promise<void>,
  onError: (error: unknown) => void,
): LatestSwitch {
  let wanted = false;
  let actual = false;
  let turning = false;

  async function run() {
    if (turning) return;
    turning = true;
    while (wanted !== actual) {
      const target = wanted;
      try {
        await turn(target);
        actual = target;
      } catch (error) {
        // What failed is not tried again by itself; a different wish made meanwhile is.
        if (wanted === target) wanted = actual;
        onError(error);
      }
    }
    turning = false;
  }

  return {
    wanted: () => wanted,
    turning: () => turning,
    set: (on) => {
      wanted = on;
      void run();
    },
    settle: (on) => {
      if (turning) return;
      wanted = on;
      actual = on;
    },
  };
}
