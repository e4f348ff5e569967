import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useReducer, useState, type FocusEvent, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { useI18n } from '@/shared/i18n';
import { useKept } from '@/shared/state/kept';
import { useSize } from '@/shared/lib/useSize';
import { ShareViewer } from '@/features/share/view/ShareViewer';
import { captionHeight, captionsOn, captionSize } from '../captions/captions';
import { CaptionsBar } from '../captions/CaptionsBar';
import { useCall, useSession, useView } from '../session/CallContext';
import { useRoomCall, userOf } from '../session/RoomCallContext';
import type { Person, Picture } from '../session/types';
import { useIdentities } from '../useIdentities';
import { arrange, type Held, type PlacedTile } from './arrange';
import { Floats } from './Floats';
import { createPulse } from './pulse';
import { noSeats, PROMOTE_MS, seatsReducer } from './seats';
import { boxStyle, Tile } from './Tile';
import { TileTools } from './TileTools';
import { useCornerDrag } from './useCornerDrag';
import { useFollowed } from './useFollowed';
import { usePageKeys } from './usePageKeys';
import { directionOf, tileTowards } from './walkTiles';

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

/** The tile that is lit by pointer or focus, and its menu. */
function useLit() {
  const [lit, setLit] = useState<string | null>(null);
  const [menuOpen, setMenuOpen] = useState(false);
  const find = (target: EventTarget | null): string | null | undefined => {
    if (!(target instanceof Element)) return null;
    if (target.closest('[data-tools], [role="menu"]')) return undefined;
    return target.closest<HTMLElement>('[data-identity]')?.dataset.identity ?? null;
  };
  const light = (target: EventTarget | null) => {
    const found = menuOpen ? undefined : find(target);
    if (found !== undefined) setLit(found);
  };
  return {
    lit,
    menuOpen,
    setMenuOpen,
    props: {
      onPointerOver: (event: PointerEvent) => light(event.target),
      onPointerLeave: () => light(null),
      onFocus: (event: FocusEvent) => light(event.target),
      onBlur: (event: FocusEvent) => light(event.relatedTarget),
    },
  };
}

/** Arrows go from tile to tile, Enter pins, Shift F10 opens what can be done. */
function keysOn(tiles: readonly PlacedTile[], pin: (identity: string) => void, openMenu: () => void, reach: (identity: string) => void) {
  return (event: KeyboardEvent<HTMLElement>) => {
    if (!(event.target instanceof HTMLElement)) return;
    const at = tiles.findIndex(({ person }) => person.identity === (event.target as HTMLElement).dataset.identity);
    const here = tiles[at];
    if (!here || event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = directionOf(event.key);
    if (direction) {
      const boxes = tiles.map(({ box }) => box);
      const next = tiles[tileTowards(boxes, at, direction, document.documentElement.dir === 'rtl')]?.person.identity;
      if (next === undefined) return;
      reach(next);
      event.currentTarget.querySelector<HTMLElement>(`[data-identity="${CSS.escape(next)}"]`)?.focus();
    } else if (event.key === 'Enter') pin(here.person.identity);
    else if ((event.key === 'F10' && event.shiftKey) || event.key === 'ContextMenu') openMenu();
    else return;
    event.preventDefault();
  };
}

/** Asks for the cameras that are on screen, of a page that one reaches for, and of whoever speaks. */
function useWatched(placed: boolean, tiles: readonly PlacedTile[], near: readonly Person[], people: readonly Person[]): void {
  const session = useSession();
  const wanted = useIdentities([...tiles.map(({ person }) => person), ...near, ...people.filter(({ speaking }) => speaking)]);
  const here = useIdentities(people);
  useEffect(() => {
    if (placed) session.watch(wanted, here);
  }, [session, placed, wanted, here]);
}

const NOBODY: readonly string[] = [];

export function Stage({ container }: { container: HTMLElement | null }) {
  const { t } = useI18n();
  const session = useSession();
  const { people, phase, soundOnly } = useCall();
  const view = useView();
  const roomCall = useRoomCall();
  const hands = roomCall?.hands ?? NOBODY;
  const spotlight = roomCall?.spotlight ?? null;
  const [area, space] = useSize<HTMLDivElement>();
  const [seats, seat] = useReducer(seatsReducer, noSeats);
  const [page, setPage] = useState(0);
  const [near, setNear] = useState(0);
  const [held, setHeld] = useState<Held>({ columns: 0, edge: 'none' });
  const [aspects, setAspects] = useState<Readonly<Record<string, number>>>({});
  const [placedIn, setPlacedIn] = useState(space);
  const [reached, setReached] = useState<string | null>(null);
  const [pulse] = useState(() => createPulse(session.level));
  const share = useShare(people);
  const speaker = useFollowed(people);
  const { corner, ...drag } = useCornerDrag();
  const { lit, menuOpen, setMenuOpen, props: litProps } = useLit();

  const shareAspect = share ? (aspects[share.screen.id] ?? USUAL_SCREEN) : null;
  const pixelRatio = window.devicePixelRatio || 1;
  const { layout, pins, hideMe, uncropped } = view;
  const captionsShown = useKept(captionsOn);
  const captions = captionHeight[useKept(captionSize)] * Number(captionsShown);
  const base = { people, seats, space, shareAspect, held, pixelRatio, layout, pins, speaker, spotlight, hands, hideMe, uncropped, corner, captions };
  const scene = arrange({ ...base, page });
  const { columns, edge, mains } = scene.held;
  if (columns !== held.columns || edge !== held.edge || mains !== held.mains) setHeld(scene.held);
  // A tile glides when people come and go, and follows at once when the window changes.
  const resized = placedIn !== space;

  useEffect(() => seat({ type: 'people', people, now: Date.now() }), [people]);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setPlacedIn(space));
    return () => cancelAnimationFrame(frame);
  }, [space]);

  const { pages, tiles } = scene;
  const away = scene.beyond.find(({ speaking }) => speaking)?.identity;
  const front = useIdentities(scene.front);
  useEffect(() => {
    if (away === undefined) return;
    const timer = setTimeout(() => seat({ type: 'promote', identity: away, front }), PROMOTE_MS);
    return () => clearTimeout(timer);
  }, [away, front]);

  const neighbours = near !== 0 && pages > 1 ? arrange({ ...base, page: scene.page + near }).tiles.map(({ person }) => person) : [];
  useWatched(space.width > 0, tiles, neighbours, people);

  const turn = (to: number) => {
    seat({ type: 'reseat', people });
    setPage(Math.min(Math.max(0, to), pages - 1));
  };
  usePageKeys((step) => turn(scene.page + step));

  const pin = (identity: string) => session.view.dispatch({ type: 'pin', identity });
  const handOf = ({ identity }: Person) => hands.indexOf(userOf(identity)) + 1;
  const first = tiles.some(({ person }) => person.identity === reached) ? reached : tiles[0]?.person.identity;
  const litTile = tiles.find(({ person }) => person.identity === lit);

  return (
    <div className={`flex h-full min-h-0 flex-col ${phase === 'reconnecting' ? 'stage-away' : ''}`}>
      <div ref={area} className="relative min-h-0 flex-1" {...litProps} {...drag}>
        {share && scene.share && (
          <ShareViewer
            container={container}
            person={share.person}
            screen={share.screen}
            box={scene.share}
            onAspect={(aspect) => setAspects((all) => ({ ...all, [share.screen.id]: aspect }))}
          />
        )}
        {/* The list hears the keys of its tiles. */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <ul
          role="list"
          aria-label={t('call.participants')}
          className="pointer-events-none absolute inset-0 *:pointer-events-auto"
          onKeyDown={keysOn(tiles, pin, () => setMenuOpen(true), setReached)}
          onDoubleClick={(event) => {
            const identity = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-identity]')?.dataset.identity : undefined;
            if (identity) pin(identity);
          }}
        >
          {tiles.map(({ person, box, corner: inCorner, main }) => (
            <li key={person.identity} className="contents">
              <Tile
                person={person}
                pulse={pulse}
                {...box}
                hand={handOf(person)}
                pinned={pins.includes(person.identity)}
                spotlit={person.identity === spotlight}
                away={phase === 'reconnecting'}
                soundOnly={soundOnly}
                corner={inCorner}
                main={main}
                whole={uncropped}
                reachable={person.identity === first}
                still={resized}
              />
            </li>
          ))}
        </ul>
        {litTile && (
          <TileTools
            key={litTile.person.identity}
            person={litTile.person}
            box={litTile.box}
            hand={handOf(litTile.person)}
            pinned={pins.includes(litTile.person.identity)}
            spotlit={litTile.person.identity === spotlight}
            host={roomCall?.host}
            menuOpen={menuOpen}
            onMenu={setMenuOpen}
            onPin={() => pin(litTile.person.identity)}
            container={container}
          />
        )}
        {scene.captions && <CaptionsBar box={scene.captions} />}
        <Floats tiles={tiles} space={space} />
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
        <nav aria-label={t('call.pages')} className="flex h-8 flex-none items-center justify-center gap-2 pt-2" onPointerLeave={() => setNear(0)}>
          <PageButton label={t('call.previousPage')} off={scene.page === 0} onNear={() => setNear(-1)} onClick={() => turn(scene.page - 1)}>
            <ChevronLeft size={18} aria-hidden="true" className="rtl:-scale-x-100" />
          </PageButton>
          <span className="text-12 text-stage-text-2 tabular-nums">{t('call.page', { page: scene.page + 1, pages })}</span>
          <PageButton label={t('call.nextPage')} off={scene.page === pages - 1} onNear={() => setNear(1)} onClick={() => turn(scene.page + 1)}>
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
  onNear: () => void;
  children: ReactNode;
}

function PageButton({ label, off, onClick, onNear, children }: PageButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={off}
      onClick={onClick}
      onPointerEnter={onNear}
      onFocus={onNear}
      className="grid size-7 place-items-center rounded-lg text-stage-text hover:bg-stage-raised aria-disabled:opacity-40 pointer-coarse:size-11"
    >
      {children}
    </button>
  );
}
