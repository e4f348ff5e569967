import { decibels } from '../prejoin/level';

const LISTEN_MS = 200;
const VOICE_DB = -42;
/** So many loud readings of the last five are somebody talking, not a cough or a door. */
const ENOUGH = 3;
const LAST = 5;

/** Whether somebody talks, from loudness heard five times a second. Says so once, and again only after silence. */
export function createTalkSense() {
  let recent: readonly boolean[] = [];
  let told = false;
  return (db: number): boolean => {
    recent = [...recent, db > VOICE_DB].slice(-LAST);
    const loud = recent.filter(Boolean).length;
    if (loud === 0) told = false;
    if (told || loud < ENOUGH) return false;
    told = true;
    return true;
  };
}

/**
 * Listens to my own microphone while it is muted, to say that I talk to nobody. What it hears goes nowhere. Returns
 * what ends it.
 */
export function listenMuted(track: MediaStreamTrack, onTalk: () => void): () => void {
  if (typeof AudioContext === 'undefined' || track.readyState !== 'live') return () => undefined;
  // The muted track itself is silent; a copy of it hears.
  const ear = track.clone();
  ear.enabled = true;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(new MediaStream([ear])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const sense = createTalkSense();
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    if (sense(decibels(samples))) onTalk();
  }, LISTEN_MS);
  return () => {
    clearInterval(timer);
    ear.stop();
    void context.close();
  };
}
