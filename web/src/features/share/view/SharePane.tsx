import { useCallback, useRef, useState } from 'react';
import { useI18n } from '@/shared/i18n';
import { useSize } from '@/shared/lib/useSize';
import { useStore } from '@/shared/state/store';
import { useCall, useSession } from '@/features/call/session/CallContext';
import { useRoomCall, userOf } from '@/features/call/session/RoomCallContext';
import type { Person, Picture } from '@/features/call/session/types';
import { ControlSurface } from '../control/ControlSurface';
import { DrawToolbar } from '../draw/DrawToolbar';
import type { ShareKey } from '../draw/keys';
import { inkOf, penStore } from '../draw/penReducer';
import { TextEntry } from '../draw/TextEntry';
import { useDrawing, type Drawing } from '../draw/useDrawing';
import { Marks } from '../marks/Marks';
import { LaserDot, Pointers } from '../marks/Pointers';
import type { SharedScreen } from '../marks/types';
import { mayDraw, useShareRoom, useSharedScreen, type ShareRoom } from '../ShareContext';
import { isOwnTab } from './ownTab';
import { ShareVideo } from './ShareVideo';
import { sourceSize } from './sourceSize';
import { useGestures } from './useGestures';
import { useShareKeys, type ShareKeyAct } from './useShareKeys';
import { useZooming, type Zooming } from './useView';
import { intoSource, type Point, type Size } from './viewport';
import { laidOut, placed } from './place';

export interface PaneProps {
  person: Person;
  screen: Picture;
  /** The window that the picture is in. */
  home: Window;
  onSize: (size: Size) => void;
  /** F, and Esc with nothing left to stop. */
  onFull: (full: boolean | 'toggle') => boolean;
  /** The bars over the picture; they get what they change. */
  bars: (zooming: Zooming) => React.ReactNode;
}

const USUAL: Size = { width: 1600, height: 900 };
/** Steps of the arrows: pixels of the page for the screen, parts of the source for the laser. */
const PAN_PX = 24;
const LASER_STEP = 0.004;
const FLAT_BELOW = 430;
const FOLD_BELOW = 500;
const NOBODY: readonly string[] = [];

/** Esc lays the tool down first, then leaves the large view. */
function escape(onFull: PaneProps['onFull']): boolean {
  if (penStore.getState().tool === null) return onFull(false);
  penStore.dispatch({ type: 'tool', tool: null });
  return true;
}

interface Acts {
  readonly share: SharedScreen | null;
  readonly room: ShareRoom | null;
  readonly draws: boolean;
  readonly zooming: Zooming;
  readonly onFull: PaneProps['onFull'];
  readonly onLaser: (x: number, y: number) => void;
}

function actOf({ share, room, draws, zooming, onFull, onLaser }: Acts): ShareKeyAct {
  return (key: ShareKey) => {
    const laser = draws && penStore.getState().tool === 'laser';
    switch (key.act) {
      case 'tool':
        if (draws) penStore.dispatch({ type: 'toggle', tool: key.tool });
        return draws;
      case 'undo':
      case 'clear':
        if (!draws || !share || !room) return false;
        if (key.act === 'undo') room.undo(share.id);
        else room.clear(share.id, false);
        return true;
      case 'move':
        if (laser) onLaser(key.x * LASER_STEP, key.y * LASER_STEP);
        else if (zooming.zoomed) zooming.pan({ x: -key.x * PAN_PX, y: -key.y * PAN_PX });
        return laser || zooming.zoomed;
      case 'zoomIn':
        zooming.larger();
        return true;
      case 'zoomOut':
        zooming.smaller();
        return true;
      case 'fit':
        zooming.fit();
        return true;
      case 'full':
        return onFull('toggle');
      case 'escape':
        return escape(onFull);
    }
  };
}

const NO_DRAWING: SharedScreen = { id: '', userId: '', drawers: 'nobody', controllerId: null, strokes: [], drawnAt: {}, fading: [], pointers: [], requests: [], asking: 'no' };

/** My laser, by hand or by arrows. */
function useLaser(drawing: Drawing) {
  const [laser, setLaser] = useState<Point | null>(null);
  const nudge = (x: number, y: number) => {
    const from = laser ?? { x: 0.5, y: 0.5 };
    const to = intoSource({ x: from.x + x, y: from.y + y });
    if (laser) drawing.move(to);
    else drawing.begin(to);
    setLaser(to);
  };
  return { laser: drawing.tool === 'laser' ? laser : null, setLaser, nudge };
}

/** A shared screen with everything on it: the picture, the marks, the hands. In the stage, or in a window of its own. */
export function SharePane({ person, screen, home, onSize, onFull, bars }: PaneProps) {
  const { t } = useI18n();
  const { people } = useCall();
  const session = useSession();
  const roomCall = useRoomCall();
  const room = useShareRoom();
  const share = useSharedScreen(screen.id);
  const [frame, size] = useSize<HTMLDivElement>();
  const [source, setSource] = useState<Size | null>(null);
  const [writing, setWriting] = useState<Point | null>(null);
  const moving = useRef(false);
  const zooming = useZooming(size, source ?? USUAL);
  const drawing = useDrawing(share ?? NO_DRAWING);
  const { laser, setLaser, nudge } = useLaser(drawing);
  const color = useStore(penStore, (state) => inkOf(state, 'laser', room?.me ?? ''));
  const { plane, zoomed } = zooming;
  const ownTab = isOwnTab(person, session);
  const controls = share !== null && room !== null && share.controllerId === room.me;
  const draws = share !== null && room !== null && !controls && !ownTab && mayDraw(share, room.me, roomCall?.hosts ?? NOBODY);
  const nameOf = (userId: string) => people.find(({ identity }) => userOf(identity) === userId)?.name ?? t('draw.someone');
  const see = useCallback(
    (seen: Size) => {
      setSource((known) => sourceSize(known, seen));
      onSize(seen);
    },
    [onSize],
  );
  useShareKeys(home, actOf({ share, room, draws, zooming, onFull, onLaser: nudge }), moving, zoomed);
  const gestures = useGestures({
    frame,
    plane,
    drawing: draws ? drawing : null,
    moving,
    onZoom: zooming.zoom,
    onPan: zooming.pan,
    onText: setWriting,
    onLaser: setLaser,
  });
  const cursor = draws && drawing.tool ? (drawing.tool === 'laser' ? 'none' : drawing.tool === 'text' ? 'text' : 'crosshair') : zoomed ? 'grab' : undefined;
  const aspect = plane.width / plane.height || 16 / 9;

  return (
    <>
      <div ref={frame} dir="ltr" className="absolute inset-0 touch-none overflow-hidden" style={{ cursor }} {...gestures}>
        <div className="absolute" style={laidOut(plane)}>
          {!ownTab && <ShareVideo key={screen.id} picture={screen} onSize={see} />}
          {share && !person.screenPaused && !ownTab && (
            <>
              <Marks strokes={share.strokes} fading={share.fading} width={plane.width} aspect={aspect} />
              <Pointers pointers={share.pointers} nameOf={nameOf} />
            </>
          )}
          {laser && (
            <span className="pointer-events-none absolute" style={placed(laser)}>
              <LaserDot color={color} />
            </span>
          )}
          {writing && draws && (
            <TextEntry
              at={writing}
              width={plane.width}
              onDone={(text) => {
                drawing.write(text, writing);
                setWriting(null);
              }}
            />
          )}
          {controls && <ControlSurface share={share} room={room} name={person.name} />}
        </div>
      </div>
      {draws && !person.screenPaused && (
        <DrawToolbar share={share} room={room} clearsAll={share.userId === room.me || roomCall?.host !== undefined} flat={size.height < FLAT_BELOW} folds={size.height < FLAT_BELOW && size.width < FOLD_BELOW} />
      )}
      {bars(zooming)}
    </>
  );
}
