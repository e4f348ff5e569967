import { useId } from 'react';
import { flagOf } from './flags';

/** A room's flag. Rooms are square, people are round. */
export function Flag({ room, spec, size = 24 }: { room: string; spec?: string | null; size?: number }) {
  const clip = useId();
  const flag = flagOf(room, spec);
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" className="flag flex-none">
      <clipPath id={clip}>
        <rect width="24" height="24" rx="5" />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        <path fill={flag.ground} d="M0 0h24v24H0z" />
        {flag.lie && <path fill={flag.ink} d={flag.lie} />}
        {flag.stroke && <path stroke={flag.ink} strokeWidth="5.5" d={flag.stroke} />}
      </g>
      <rect x=".5" y=".5" width="23" height="23" rx="4.6" fill="none" stroke="var(--flag-edge)" />
    </svg>
  );
}
