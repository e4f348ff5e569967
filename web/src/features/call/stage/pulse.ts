import type { CallSession } from '../session/types';

const TICK_MS = 100;
/** Once in so many ticks pictures are looked at. */
const LOOK_EVERY = 10;
/** A picture that stands still for so many looks is frozen. */
const STILL_LOOKS = 2;

export interface Pulse {
  /** Moves the voice bars of a person; returns what stops it. */
  readonly voice: (identity: string, bars: HTMLElement) => () => void;
  /** Marks `tile` while its video stands still though it should move. */
  readonly video: (video: HTMLVideoElement, tile: HTMLElement) => () => void;
}

interface Watched {
  readonly tile: HTMLElement;
  frames: number;
  still: number;
}

/** Seen as a mark on the tile, and read after its name. */
function mark(tile: HTMLElement, frozen: boolean): void {
  tile.toggleAttribute('data-frozen', frozen);
  if (frozen) tile.setAttribute('aria-description', tile.dataset.frozenWords ?? '');
  else tile.removeAttribute('aria-description');
}

const framesOf = (video: HTMLVideoElement): number => video.getVideoPlaybackQuality().totalVideoFrames;

/**
 * One timer for all tiles: ten times a second it writes a property on each pair of bars, and once a second it looks
 * whether pictures move. React renders nothing for either.
 */
export function createPulse(level: CallSession['level']): Pulse {
  const voices = new Map<HTMLElement, string>();
  const videos = new Map<HTMLVideoElement, Watched>();
  let timer: ReturnType<typeof setInterval> | null = null;
  let ticks = 0;

  function look() {
    for (const [video, watched] of videos) {
      const frames = framesOf(video);
      watched.still = frames === watched.frames && frames > 0 ? watched.still + 1 : 0;
      watched.frames = frames;
      mark(watched.tile, watched.still >= STILL_LOOKS);
    }
  }

  function tick() {
    ticks += 1;
    requestAnimationFrame(() => {
      // Loudness is felt by its root: a quiet voice still moves the bars.
      for (const [bars, identity] of voices) bars.style.setProperty('--level', Math.sqrt(level(identity)).toFixed(2));
    });
    if (ticks % LOOK_EVERY === 0) look();
  }

  function run() {
    const needed = voices.size + videos.size > 0;
    if (needed && timer === null) timer = setInterval(tick, TICK_MS);
    if (!needed && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  }

  return {
    voice: (identity, bars) => {
      voices.set(bars, identity);
      run();
      return () => {
        voices.delete(bars);
        run();
      };
    },
    video: (video, tile) => {
      videos.set(video, { tile, frames: 0, still: 0 });
      run();
      return () => {
        mark(tile, false);
        videos.delete(video);
        run();
      };
    },
  };
}
