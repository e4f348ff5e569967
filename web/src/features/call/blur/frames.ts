/** A picture of the camera; `close` gives its memory back at once. */
export interface Frame {
  readonly image: CanvasImageSource;
  readonly width: number;
  readonly height: number;
  /** Microseconds. */
  readonly timestamp: number;
  readonly close?: () => void;
}

type Show = (frame: Frame) => Promise<void>;

// Chromium's way to the pictures of a track, which goes on while the page is hidden. Not in TypeScript's library.
interface TrackProcessor {
  readonly readable: ReadableStream<VideoFrame>;
}
interface TrackGenerator extends MediaStreamTrack {
  readonly writable: WritableStream<VideoFrame>;
}
interface Insertable {
  readonly MediaStreamTrackProcessor?: new (init: { track: MediaStreamTrack }) => TrackProcessor;
  readonly MediaStreamTrackGenerator?: new (init: { kind: 'video' }) => TrackGenerator;
}
const insertable = () => window as Insertable;

async function readProcessor(processor: TrackProcessor, show: Show, until: AbortSignal): Promise<void> {
  const reader = processor.readable.getReader();
  until.addEventListener('abort', () => void reader.cancel(), { once: true });
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const { displayWidth: width, displayHeight: height, timestamp } = value;
    await show({ image: value, width, height, timestamp, close: () => value.close() });
  }
}

async function readElement(track: MediaStreamTrack, show: Show, until: AbortSignal): Promise<void> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  await video.play();
  const gone = new Promise<void>((resolve) => until.addEventListener('abort', () => resolve(), { once: true }));
  while (!until.aborted) {
    await Promise.race([gone, new Promise<void>((resolve) => video.requestVideoFrameCallback(() => resolve()))]);
    if (until.aborted) break;
    const { videoWidth: width, videoHeight: height } = video;
    await show({ image: video, width, height, timestamp: performance.now() * 1000 });
  }
  video.srcObject = null;
}

/** Each picture of the track, one after the other; those that come while one is in use are passed over. */
export async function eachFrame(track: MediaStreamTrack, show: Show, until: AbortSignal): Promise<void> {
  const { MediaStreamTrackProcessor: Processor } = insertable();
  await (Processor ? readProcessor(new Processor({ track }), show, until) : readElement(track, show, until));
}

/** A track of what is drawn. */
export interface Painted {
  readonly track: MediaStreamTrack;
  /** The canvas holds the next picture; where the browser looks by itself there is nothing to tell it. */
  readonly shown?: (timestamp: number) => Promise<void>;
}

const kFallbackRate = 30;

export function paintedTrack(canvas: HTMLCanvasElement): Painted {
  const { MediaStreamTrackGenerator: Generator } = insertable();
  if (!Generator) {
    const [track] = canvas.captureStream(kFallbackRate).getVideoTracks();
    if (!track) throw new Error('this browser takes no track from a canvas');
    return { track };
  }
  const track = new Generator({ kind: 'video' });
  const writer = track.writable.getWriter();
  return {
    track,
    shown: async (timestamp) => {
      const frame = new VideoFrame(canvas, { timestamp });
      // The track may have ended meanwhile.
      await writer.write(frame).catch(() => frame.close());
    },
  };
}
