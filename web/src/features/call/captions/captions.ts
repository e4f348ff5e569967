import { createKept, oneOf } from '@/shared/state/kept';

export const captionSizes = ['small', 'usual', 'large'] as const;
export type CaptionSize = (typeof captionSizes)[number];

/** Off until somebody wants them. */
export const captionsOn = createKept('parley.captions', (value) => (typeof value === 'boolean' ? value : undefined), false);
export const captionSize = createKept<CaptionSize>('parley.captionSize', oneOf(captionSizes), 'usual');

export const toggleCaptions = (): void => captionsOn.keep(!captionsOn.get());

/** How much height the stage leaves to them, px: two lines. */
export const captionHeight: Readonly<Record<CaptionSize, number>> = { small: 48, usual: 60, large: 84 };
