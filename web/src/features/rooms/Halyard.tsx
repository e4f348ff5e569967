import { Flag } from '@/shared/ui/Flag';

const cloths = [
  ['chevron-amber-navy', '-rotate-6 mt-1'],
  ['fess-sea-chalk', 'mt-2.5'],
  ['diamond-madder-chalk', 'rotate-6 mt-1'],
] as const;

/** Flags on a line, where nothing else is yet. */
export function Halyard({ flag }: { flag?: string }) {
  return (
    <div aria-hidden="true" className="relative h-14 w-54">
      <svg viewBox="0 0 216 30" className="absolute inset-x-0 top-0 h-7.5 w-full">
        <path d="M4 3q104 34 208 0" fill="none" stroke="var(--line-strong)" strokeWidth="1.5" />
      </svg>
      <div className="absolute inset-x-0 top-3 flex justify-center gap-5.5">
        {cloths.map(([cloth, hang], index) => (
          <span key={cloth} className={hang}>
            <Flag room={cloth} spec={index === 0 && flag ? flag : cloth} size={36} />
          </span>
        ))}
      </div>
    </div>
  );
}
