/** What the speaker's test plays, in Hz. */
export const TEST_NOTES: readonly number[] = [523.25, 783.99];

/** Two short notes from the chosen speaker. */
export async function playTestSound(speakerId: string): Promise<void> {
  const context = new AudioContext();
  const target = context.createMediaStreamDestination();
  const element = new Audio();
  element.srcObject = target.stream;
  if (speakerId && 'setSinkId' in element) await element.setSinkId(speakerId).catch(() => undefined);
  await element.play();
  const start = context.currentTime + 0.05;
  for (const [index, frequency] of TEST_NOTES.entries()) {
    const note = context.createOscillator();
    const gain = context.createGain();
    const at = start + index * 0.18;
    note.frequency.value = frequency;
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(0.25, at + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.001, at + 0.35);
    note.connect(gain).connect(target);
    note.start(at);
    note.stop(at + 0.36);
  }
  await new Promise((resolve) => setTimeout(resolve, 800));
  element.srcObject = null;
  await context.close();
}
