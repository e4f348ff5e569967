import { describe, expect, it } from 'vitest';
import { compose, type Canvases } from './compose';

/** Writes down what is drawn where. */
function canvases() {
  const steps: string[] = [];
  const images = new Map<unknown, string>();
  const make = (name: string) => {
    const canvas = { width: 0, height: 0 };
    images.set(canvas, name);
    const context = {
      canvas,
      globalCompositeOperation: 'source-over',
      drawImage: (image: unknown, _x: number, _y: number, width: number, height: number) =>
        steps.push(`${images.get(image) ?? String(image)} on ${name} ${width}x${height} ${context.globalCompositeOperation}`),
    };
    return context as unknown as CanvasRenderingContext2D;
  };
  const made: Canvases = { out: make('out'), small: make('small'), tiny: make('tiny') };
  return { made, steps };
}

const picture = 'picture' as unknown as CanvasImageSource;
const mask = 'mask' as unknown as CanvasImageSource;
const blurred = ['picture on small 80x45', 'small on tiny 20x11', 'tiny on small 80x45'].map((step) => `${step} source-over`);

describe('compose', () => {
  it('draws the person sharp and what is behind blurred', () => {
    const { made, steps } = canvases();
    compose(made, picture, mask, 640, 360);
    expect(steps).toEqual(['mask on out 640x360 copy', 'picture on out 640x360 source-in', ...blurred, 'small on out 640x360 destination-over']);
    expect([made.out.canvas.width, made.out.canvas.height]).toEqual([640, 360]);
  });

  it('blurs all when persons cannot be told: the sharp picture is never drawn', () => {
    const { made, steps } = canvases();
    compose(made, picture, null, 640, 360);
    expect(steps).toEqual([...blurred, 'small on out 640x360 copy']);
  });
});
