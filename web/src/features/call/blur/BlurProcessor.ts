import type { Track, TrackProcessor, VideoProcessorOptions } from 'livekit-client';
import { BlurError } from './BlurError';
import { compose, type Canvases } from './compose';
import { eachFrame, paintedTrack, type Frame, type Painted } from './frames';
import { openSegmenter, type Segmenter } from './segmenter';

// A mask needs no more than that; its edges are drawn larger, and softly.
const kMaskWidth = 384;

function newContext(): CanvasRenderingContext2D {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) throw new Error('this browser draws nothing');
  return context;
}

/** Blurs what is behind the person, on this device. */
export class BlurProcessor implements TrackProcessor<Track.Kind.Video, VideoProcessorOptions> {
  readonly name = 'background-blur';
  processedTrack?: MediaStreamTrack;

  private readonly canvases: Canvases = { out: newContext(), small: newContext(), tiny: newContext() };
  private readonly asked = newContext();
  private painted: Painted | null = null;
  private running: AbortController | null = null;

  private constructor(
    private segmenter: Segmenter | null,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /**
   * Everything that may fail, before a camera is opened for it: rejects with BlurError. `onFailure` is told once when
   * persons can no longer be told from the background; from then on all is blurred.
   */
  static async open(onFailure: (error: unknown) => void): Promise<BlurProcessor> {
    try {
      return new BlurProcessor(await openSegmenter(), onFailure);
    } catch (error) {
      throw new BlurError(error);
    }
  }

  init({ track }: Pick<VideoProcessorOptions, 'track'>): Promise<void> {
    this.painted = paintedTrack(this.canvases.out.canvas);
    this.processedTrack = this.painted.track;
    this.start(track);
    return Promise.resolve();
  }

  restart({ track }: VideoProcessorOptions): Promise<void> {
    this.running?.abort();
    this.start(track);
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    this.running?.abort();
    this.processedTrack?.stop();
    this.segmenter?.close();
    this.segmenter = null;
    return Promise.resolve();
  }

  private start(track: MediaStreamTrack): void {
    const running = new AbortController();
    this.running = running;
    eachFrame(track, (frame) => this.show(frame), running.signal).catch(this.onFailure);
  }

  private async show(frame: Frame): Promise<void> {
    const { image, width, height } = frame;
    try {
      if (width === 0 || height === 0) return;
      const mask = await this.maskOf(image, width, height);
      compose(this.canvases, image, mask, width, height);
    } finally {
      frame.close?.();
    }
    await this.painted?.shown?.(frame.timestamp);
  }

  private async maskOf(image: CanvasImageSource, width: number, height: number): Promise<CanvasImageSource | null> {
    if (!this.segmenter) return null;
    const { canvas } = this.asked;
    canvas.width = Math.min(width, kMaskWidth);
    canvas.height = Math.round((canvas.width * height) / width);
    this.asked.drawImage(image, 0, 0, canvas.width, canvas.height);
    try {
      return await this.segmenter.mask(canvas);
    } catch (error) {
      this.segmenter = null;
      this.onFailure(error);
      return null;
    }
  }
}
