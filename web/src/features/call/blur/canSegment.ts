let can: boolean | null = null;

/** Whether this browser has what it takes: compiled code and a graphics card, or something that stands in for one. */
export function canSegment(): boolean {
  can ??= typeof WebAssembly === 'object' && document.createElement('canvas').getContext('webgl2') !== null;
  return can;
}
