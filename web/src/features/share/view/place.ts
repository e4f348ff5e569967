import type { CSSProperties } from 'react';
import type { Plane } from './viewport';

// A shared picture does not mirror in a language written from the right, and so neither does what lies on it: these are
// the only places that count from the left.

/** Where a point of the picture is; both from 0 to 1. */
export const placed = ({ x, y }: { readonly x: number; readonly y: number }): CSSProperties => ({ left: `${x * 100}%`, top: `${y * 100}%` });

/** The picture itself, in pixels. */
export const laidOut = ({ left, top, width, height }: Plane): CSSProperties => ({ left, top, width, height });
