import type { Ref } from 'react';

/** Four amber bars; `--level` (0..1) on the element moves them without a render. */
export function VoiceBars({ ref }: { ref?: Ref<HTMLSpanElement> }) {
  return (
    <span className="voice" aria-hidden="true" ref={ref}>
      <i />
      <i />
      <i />
      <i />
    </span>
  );
}
