import { TEST_NOTES } from '../devices/testSound';

/** How far a note stands out of what lies around it, in dB, to be the speaker's and not the room's. */
const STANDS_OUT_DB = 18;
const FAINT_DB = -80;
const AROUND = 5;

/** Whether a spectrum (dB by bin, as an AnalyserNode gives it) holds a tone of this frequency. */
export function holdsNote(spectrum: Float32Array, sampleRate: number, frequency: number): boolean {
  const bin = Math.round((frequency * spectrum.length * 2) / sampleRate);
  const level = (at: number) => spectrum[at] ?? Number.NEGATIVE_INFINITY;
  const peak = Math.max(level(bin - 1), level(bin), level(bin + 1));
  if (!(peak > FAINT_DB)) return false;
  const beside = [bin - AROUND - 1, bin - AROUND, bin + AROUND, bin + AROUND + 1].filter((at) => at > 0).map(level);
  return beside.every((side) => peak - side >= STANDS_OUT_DB);
}

/** Listens for the notes of the speaker's test: hearing each of them means that others would hear themselves. */
export function createEchoEar(): { readonly listen: (spectrum: Float32Array, sampleRate: number) => void; readonly echo: () => boolean } {
  const heard = new Set<number>();
  return {
    listen: (spectrum, sampleRate) => {
      for (const note of TEST_NOTES) if (holdsNote(spectrum, sampleRate, note)) heard.add(note);
    },
    echo: () => heard.size === TEST_NOTES.length,
  };
}
