import { sizeText } from '@/shared/lib/time';

/** So much more or less: +40 KB, −120 KB. */
export const differenceText = (bytes: number, language: string): string => `${bytes < 0 ? '−' : '+'}${sizeText(Math.abs(bytes), language)}`;
