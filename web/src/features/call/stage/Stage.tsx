import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useReducer, useState } from 'react';
import { useI18n } from '@/shared/i18n';
import { useSize } from '@/shared/lib/useSize';
import { useCall } from '../session/CallContext';
import type { Person, Picture } from '../session/types';
import { arrange, type Held } from './arrange';
import { noSeats, PROMOTE_MS, seatsReducer } from './seats';
import { ShareView } from './ShareView';
import { boxStyle, Tile } from './Tile';
import { usePageKeys } from './usePageKeys';

const USUAL_SCREEN = 16 / 9;

/** The share on show: the newest one, others' before mine. It stays until it ends or a newer one begins. */
function useShare(people: readonly Person[]): { person: Person; screen: Picture } | null {
  const [order, setOrder] = useState<readonly string[]>([]);
  const sharing = people.filter(({ screen }) => screen !== null);
  const ids = sharing.map(({ identity }) => identity);
  const kept = order.filter((identity) => ids.includes(identity));
  const next = [...ids.filter((identity) => !kept.includes(identity)), ...kept];
  if (next.join('\n') !== order.join('\n')) setOrder(next);
  const shares = next.flatMap((identity) => sharing.filter((person) => person.identity === identity));
  const person = shares.find(({ me }) => !me) ?? shares[0];
  return person?.screen ? { person, screen: person.screen } : null;
}

export function Stage() {
  const { t } = useI18n();
  const { people, phase } = useCall();
  const [area, space] = useSize<HTMLDivElement>();
  const [seats, seat] = useReducer(seatsReducer, noSeats);
  const [page, setPage] = useState(0);
  const [held, setHeld] = useState<Held>({ columns: 0, edge: 'none' });
  const [aspects, setAspects] = useState<Readonly<Record<string, number>>>({});
  const [placedIn, setPlacedIn] = useState(space);
  const share = useShare(people);

  const shareAspect = share ? (aspects[share.screen.id] ?? USUAL_SCREEN) : null;
  const pixelRatio = window.devicePixelRatio || 1;
  const scene = arrange({ people, seats, space, shareAspect, page, held, pixelRatio });
  if (scene.held.columns !== held.columns || scene.held.edge !== held.edge) setHeld(scene.held);
  // A tile glides when people come and go, and follows at once when the window changes.
  const resized = placedIn !== space;

  useEffect(() => seat({ type: 'people', people, now: Date.now() }), [people]);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setPlacedIn(space));
    return () => cancelAnimationFrame(frame);
  }, [space]);

  const { pages, perPage } = scene;
  const away = pages > 1 ? seats.order.slice(perPage).find((id) => people.some((p) => p.identity === id && p.speaking)) : undefined;
  useEffect(() => {
    if (away === undefined) return;
    const timer = setTimeout(() => seat({ type: 'promote', identity: away, firstPage: perPage }), PROMOTE_MS);
    return () => clearTimeout(timer);
  }, [away, perPage]);

  const turn = (to: number) => setPage(Math.min(Math.max(0, to), pages - 1));
  usePageKeys((step) => turn(scene.page + step));

  return (
    <div className={`flex h-full min-h-0 flex-col ${phase === 'reconnecting' ? 'stage-away' : ''}`}>
      <div ref={area} className="relative min-h-0 flex-1">
        {share && scene.share && (
          <ShareView
            person={share.person}
            screen={share.screen}
            box={scene.share}
            onAspect={(aspect) => setAspects((all) => ({ ...all, [share.screen.id]: aspect }))}
          />
        )}
        <ul role="list" aria-label={t('call.participants')} className="absolute inset-0">
          {scene.tiles.map(({ person, box, corner }) => (
            <li key={person.identity} className="contents">
              <Tile person={person} {...box} corner={corner} still={resized} />
            </li>
          ))}
        </ul>
        {scene.more && (
          <p
            className="tile grid place-items-center px-2 text-center text-14 font-semibold text-stage-text-2"
            style={boxStyle(scene.more)}
          >
            {t('call.more', { n: scene.hidden })}
          </p>
        )}
      </div>
      {pages > 1 && (
        <nav aria-label={t('call.pages')} className="flex h-8 flex-none items-center justify-center gap-2 pt-2">
          <PageButton label={t('call.previousPage')} off={scene.page === 0} onClick={() => turn(scene.page - 1)}>
            <ChevronLeft size={18} aria-hidden="true" className="rtl:-scale-x-100" />
          </PageButton>
          <span className="text-12 text-stage-text-2 tabular-nums">{t('call.page', { page: scene.page + 1, pages })}</span>
          <PageButton label={t('call.nextPage')} off={scene.page === pages - 1} onClick={() => turn(scene.page + 1)}>
            <ChevronRight size={18} aria-hidden="true" className="rtl:-scale-x-100" />
          </PageButton>
        </nav>
      )}
    </div>
  );
}

interface PageButtonProps {
  label: string;
  off: boolean;
  onClick: () => void;
  children: React.ReactNode;
}

function PageButton({ label, off, onClick, children }: PageButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={off}
      onClick={onClick}
      className="grid size-7 place-items-center rounded-lg text-stage-text hover:bg-stage-raised aria-disabled:opacity-40 pointer-coarse:size-11"
    >
      {children}
    </button>
  );
}
