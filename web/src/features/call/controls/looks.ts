import type { MouseEvent } from 'react';
import { byPointer } from '@/shared/lib/modality';

/** After a click the focus goes back to the stage, so that Space talks; after a key press it stays. */
export function releaseFocus(event: MouseEvent<HTMLButtonElement>): void {
  if (event.detail > 0) event.currentTarget.blur();
}

/** The same for menus: chosen by pointer, the key that opened them does not take Space from the voice. */
export function releaseMenu(event: Event): void {
  if (byPointer()) event.preventDefault();
}

export const plainFace = 'bg-stage-raised text-stage-text hover:bg-stage-hover';
export const litFace = 'bg-stage-text text-stage';
export const offFace = 'bg-stage-off-bg text-stage-off';
export const wideKey = 'grid w-13 place-items-center transition-colors duration-(--d1)';
export const aloneKey = `${wideKey} h-12 rounded-xl`;
export const phoneKey =
  'flex min-h-18 min-w-0 flex-col items-center justify-center gap-1.5 rounded-2xl px-0.5 text-11 font-semibold';
export const endKey =
  'flex min-h-9 items-center gap-2 rounded-lg px-2.5 text-13 font-semibold text-stage-text-2 hover:bg-stage-raised hover:text-stage-text aria-pressed:bg-stage-raised aria-pressed:text-stage-text pointer-coarse:min-h-11';
export const menuBox =
  'appear z-40 max-h-(--radix-dropdown-menu-content-available-height) w-72 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-xl bg-raised p-1.5 text-text shadow-3 ring ring-line';
export const menuRow =
  'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-14 outline-none data-disabled:cursor-default data-disabled:opacity-60 data-highlighted:bg-active pointer-coarse:min-h-11';
