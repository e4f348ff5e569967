import type { ReactNode } from 'react';

/** A table that is wider than a small window moves sideways on its own; the keyboard can enter it to do so. */
export function Scroller({ label, children }: { label: string; children: ReactNode }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
    <div className="admin-scroll" role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
