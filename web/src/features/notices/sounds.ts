/** Sounds are made here, not loaded: short, quiet, and gone without a trace when the browser forbids them. */
let context: AudioContext | null = null;

function audio(): AudioContext | null {
  if (!('AudioContext' in window)) return null;
  context ??= new AudioContext();
  void context.resume().catch(() => undefined);
  return context;
}

function note(at: AudioContext, frequency: number, start: number, length: number, loudness: number): void {
  const tone = at.createOscillator();
  const gain = at.createGain();
  tone.frequency.value = frequency;
  tone.type = 'sine';
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(loudness, start + 0.015);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + length);
  tone.connect(gain).connect(at.destination);
  tone.start(start);
  tone.stop(start + length);
}

export function playTick(): void {
  const at = audio();
  if (!at) return;
  note(at, 880, at.currentTime, 0.18, 0.06);
  note(at, 1174, at.currentTime + 0.08, 0.22, 0.05);
}

/** Two rising notes, again and again until stopped. */
export function startRinging(): () => void {
  const ring = () => {
    const at = audio();
    if (!at) return;
    for (const [index, frequency] of [523, 659, 784, 659].entries()) {
      note(at, frequency, at.currentTime + index * 0.16, 0.34, 0.08);
    }
  };
  ring();
  const timer = setInterval(ring, 2400);
  return () => clearInterval(timer);
}
