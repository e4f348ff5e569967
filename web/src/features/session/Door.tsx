import { useId, type ReactNode } from 'react';
import { useClient } from '@/app/client';
import { LookPickers } from '@/app/TopBar';
import { Mark, Wordmark } from '@/shared/ui/Logo';
import { flagDrawing } from '@/shared/ui/flags';

/** The poster: rooms are cloth, people are round. */
const cloths = [
  'chevron amber navy', '0', 'saltire kelp chalk', 'halves amber sea',
  'diamond navy amber', 'gyron madder chalk', '6', 'stripes sea chalk',
  '8', 'bend sea amber', 'border ink amber', '1',
  'quarters madder chalk', 'disc navy amber', '2', 'pale sea chalk',
  'fess kelp chalk', '5', 'chevron madder chalk', 'diamond amber ink',
] as const;

/** A face of two tones: light from the one side, shade on the other. */
function Face({ hue }: { hue: number }) {
  const clip = useId();
  return (
    <svg viewBox="0 0 48 48" className="size-full">
      <clipPath id={clip}>
        <circle cx="24" cy="24" r="24" />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        <path fill={`var(--p${hue}-fg)`} d="M0 0h48v48H0z" />
        <path fill={`var(--p${hue}-bg)`} opacity=".35" d="M0 0h48v48H0z" />
        <path fill={`var(--p${hue}-fg)`} d="M6 48c0-10 8-15 18-15s18 5 18 15z" />
        <path fill={`var(--p${hue}-bg)`} d="M20 24h8v11c-2 2-6 2-8 0z" opacity=".8" />
        <ellipse cx="24" cy="20" rx="8" ry="10" fill={`var(--p${hue}-bg)`} />
        <path fill={`var(--p${hue}-fg)`} opacity=".18" d="M24 10a8 10 0 0 1 0 20z" />
        <path fill={`var(--p${hue}-fg)`} d="M15 19c0-8 4-12 9-12s9 4 9 12c-2-3-3-6-4-7-3 1-7 1-10 0-1 1-2 4-4 7z" />
      </g>
    </svg>
  );
}

function Poster() {
  return (
    <div data-theme="light" aria-hidden="true" className="grid place-items-center overflow-hidden bg-poster p-9 max-lg:hidden">
      <div className="grid w-full max-w-[654px] grid-cols-4 gap-2.5">
        {cloths.map((cloth) => {
          if (cloth.length === 1) return <Face key={cloth} hue={Number(cloth)} />;
          const flag = flagDrawing(cloth);
          return (
            <svg key={cloth} viewBox="0 0 24 24" className="size-full overflow-hidden rounded-[20px]">
              <path fill={flag.ground} d="M0 0h24v24H0z" />
              {flag.lie && <path fill={flag.ink} d={flag.lie} />}
              {flag.stroke && <path stroke={flag.ink} strokeWidth="5.5" d={flag.stroke} />}
            </svg>
          );
        })}
      </div>
    </div>
  );
}

interface Props {
  title: string;
  lead: ReactNode;
  children: ReactNode;
}

/** Before the door: one column, and the poster where there is room for it. */
export function Door({ title, lead, children }: Props) {
  const { config } = useClient();
  return (
    <div className="grid min-h-dvh bg-sheet lg:grid-cols-[minmax(480px,1fr)_minmax(0,1.15fr)]">
      <div className="flex min-w-0 flex-col">
        <header className="flex min-h-16 flex-none items-center gap-1.5 px-6 pt-4 sm:px-10">
          <Mark />
          <Wordmark />
        </header>
        <main className="m-auto w-full max-w-[408px] px-6 py-8">
          <h1 className="mb-2 text-34 font-semibold tracking-[-0.025em]">{title}</h1>
          <p className="mb-7 text-14 text-text-2">{lead}</p>
          {children}
        </main>
        <footer className="flex flex-wrap items-center gap-2 px-6 pb-4 text-12 text-text-2 sm:px-10">
          <span className="me-auto" dir="ltr">
            Parley {config.version}
          </span>
          <LookPickers />
        </footer>
      </div>
      <Poster />
    </div>
  );
}
