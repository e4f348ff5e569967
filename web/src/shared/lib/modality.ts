let pointed = false;

if (typeof window !== 'undefined') {
  window.addEventListener('pointerdown', () => (pointed = true), true);
  window.addEventListener('keydown', () => (pointed = false), true);
}

/** Whether the last thing that was done here was done by pointer or finger, not by a key. */
export const byPointer = (): boolean => pointed;
