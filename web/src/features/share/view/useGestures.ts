import { useEffect, useRef, type PointerEvent, type RefObject } from 'react';
import type { Drawing } from '../draw/useDrawing';
import { isInside, toSource, type Plane, type Point } from './viewport';

interface Options {
  readonly frame: RefObject<HTMLElement | null>;
  readonly plane: Plane;
  readonly drawing: Drawing | null;
  /** Space is held: the hand moves the screen, whatever tool it has. */
  readonly moving: RefObject<boolean>;
  readonly onZoom: (factor: number, at: Point) => void;
  readonly onPan: (by: Point) => void;
  readonly onText: (at: Point) => void;
  /** Where my own laser is, for my own eyes. */
  readonly onLaser: (at: Point | null) => void;
}

type Doing = 'nothing' | 'drawing' | 'panning' | 'pinching';

const WHEEL = 0.0015;
const LINE_PX = 16;

const between = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** Hands over a shared screen: one draws or moves it, two zoom, the wheel zooms at the pointer. */
export function useGestures(options: Options) {
  const now = useRef(options);
  const doing = useRef<Doing>('nothing');
  const hands = useRef(new Map<number, Point>());
  const laserOn = useRef(false);
  useEffect(() => {
    now.current = options;
  });
  const { frame } = options;

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const way = event.deltaMode === 0 ? event.deltaY : event.deltaY * LINE_PX;
      const { left, top } = element.getBoundingClientRect();
      // A pinch on a touch pad comes as a wheel with Ctrl, in small steps.
      now.current.onZoom(Math.exp(-way * WHEEL * (event.ctrlKey ? 6 : 1)), { x: event.clientX - left, y: event.clientY - top });
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [frame]);

  const placeOf = ({ clientX, clientY }: PointerEvent): Point => {
    const { left = 0, top = 0 } = frame.current?.getBoundingClientRect() ?? {};
    return { x: clientX - left, y: clientY - top };
  };
  const sourceOf = (at: Point) => toSource(at, now.current.plane);

  const lower = () => {
    if (doing.current === 'drawing' || laserOn.current) now.current.drawing?.end();
    laserOn.current = false;
    now.current.onLaser(null);
    doing.current = 'nothing';
  };

  const shine = (at: Point) => {
    const { drawing, onLaser } = now.current;
    const spot = sourceOf(at);
    if (!isInside(spot)) {
      if (laserOn.current) lower();
      return;
    }
    if (laserOn.current) drawing?.move(spot);
    else drawing?.begin(spot);
    laserOn.current = true;
    onLaser(spot);
  };

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const at = placeOf(event);
    const { drawing, moving, onText } = now.current;
    hands.current.set(event.pointerId, at);
    event.currentTarget.setPointerCapture(event.pointerId);
    if (hands.current.size > 1) {
      lower();
      doing.current = 'pinching';
      return;
    }
    const tool = moving.current || event.button !== 0 ? null : (drawing?.tool ?? null);
    const spot = sourceOf(at);
    if (tool === null) doing.current = event.button === 2 ? 'nothing' : 'panning';
    else if (tool === 'laser') shine(at);
    else if (!isInside(spot)) doing.current = 'nothing';
    else if (tool === 'text') {
      event.preventDefault();
      onText(spot);
    } else {
      doing.current = 'drawing';
      drawing?.begin(spot);
    }
  };

  const pinch = (id: number, at: Point) => {
    const before = [...hands.current.values()];
    hands.current.set(id, at);
    const after = [...hands.current.values()];
    const [a, b, c, d] = [before[0], before[1], after[0], after[1]];
    if (!a || !b || !c || !d) return;
    const [from, to] = [between(a, b), between(c, d)];
    now.current.onPan({ x: to.x - from.x, y: to.y - from.y });
    now.current.onZoom(distance(c, d) / Math.max(1, distance(a, b)), to);
  };

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const at = placeOf(event);
    const { drawing, onPan } = now.current;
    const before = hands.current.get(event.pointerId);
    if (doing.current === 'pinching') {
      pinch(event.pointerId, at);
      return;
    }
    if (before) hands.current.set(event.pointerId, at);
    if (doing.current === 'panning' && before) onPan({ x: at.x - before.x, y: at.y - before.y });
    else if (doing.current === 'drawing') {
      // Between two frames a hand makes more points than one.
      const all = event.nativeEvent.getCoalescedEvents?.() ?? [];
      const { left = 0, top = 0 } = frame.current?.getBoundingClientRect() ?? {};
      for (const { clientX, clientY } of all) drawing?.move(sourceOf({ x: clientX - left, y: clientY - top }));
      drawing?.move(sourceOf(at));
    } else if (drawing?.tool === 'laser' && (event.pointerType === 'mouse' || before)) shine(at);
  };

  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    hands.current.delete(event.pointerId);
    if (doing.current === 'drawing') now.current.drawing?.end();
    if (laserOn.current && event.pointerType !== 'mouse') lower();
    if (hands.current.size === 0) doing.current = 'nothing';
  };

  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp, onPointerLeave: () => laserOn.current && lower() };
}
