type Context = CanvasRenderingContext2D;

/** Canvases that a picture passes through. */
export interface Canvases {
  readonly out: Context;
  readonly small: Context;
  readonly tiny: Context;
}

// How much smaller the background is drawn on its way: what is lost there cannot be made out again.
const kSmall = 8;
const kTiny = 32;

const sizeOf = (length: number, by: number): number => Math.max(2, Math.round(length / by));

function fit({ canvas }: Context, width: number, height: number): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}

/** Down and up again in steps: every browser draws that smoothly, also those without filters for canvases. */
function drawBlurred({ out, small, tiny }: Canvases, image: CanvasImageSource, width: number, height: number): void {
  fit(small, sizeOf(width, kSmall), sizeOf(height, kSmall));
  fit(tiny, sizeOf(width, kTiny), sizeOf(height, kTiny));
  small.drawImage(image, 0, 0, small.canvas.width, small.canvas.height);
  tiny.drawImage(small.canvas, 0, 0, tiny.canvas.width, tiny.canvas.height);
  small.drawImage(tiny.canvas, 0, 0, small.canvas.width, small.canvas.height);
  out.drawImage(small.canvas, 0, 0, width, height);
}

/** The person sharp before a blurred background. Without a mask all is blurred: nobody sees what was to be hidden. */
export function compose(canvases: Canvases, image: CanvasImageSource, mask: CanvasImageSource | null, width: number, height: number): void {
  const { out } = canvases;
  fit(out, width, height);
  out.imageSmoothingQuality = 'high';
  out.globalCompositeOperation = 'copy';
  if (!mask) {
    drawBlurred(canvases, image, width, height);
    return;
  }
  out.drawImage(mask, 0, 0, width, height);
  out.globalCompositeOperation = 'source-in';
  out.drawImage(image, 0, 0, width, height);
  out.globalCompositeOperation = 'destination-over';
  drawBlurred(canvases, image, width, height);
}
