import type { KeyboardEvent, PointerEvent } from 'react';
import { useI18n } from '@/shared/i18n';
import { createKept, useKept } from '@/shared/state/kept';

const [LEAST, USUAL, MOST, STEP] = [320, 384, 520, 16];
const within = (width: number): number => Math.min(MOST, Math.max(LEAST, Math.round(width)));

/** Width of the panel beside a room, px; null: as wide as the page gives it. */
const panelWidth = createKept<number | null>('parley.panel', (value) => (typeof value === 'number' ? within(value) : undefined), null);

export const usePanelWidth = (): number | null => useKept(panelWidth);

/** The edge by which a panel is made wider, by pointer or by arrows; twice pressed it has its usual width again. */
export function PanelEdge() {
  const { t } = useI18n();
  const width = usePanelWidth();
  const towardsEnd = () => (document.documentElement.dir === 'rtl' ? -1 : 1);
  const widthOf = (edge: Element): number => edge.parentElement?.clientWidth ?? LEAST;
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = { ArrowLeft: STEP, ArrowRight: -STEP };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    panelWidth.keep(within(widthOf(event.currentTarget) + step * towardsEnd()));
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const edge = event.currentTarget;
    const [from, begun] = [event.clientX, widthOf(edge)];
    edge.setPointerCapture(event.pointerId);
    const move = ({ clientX }: globalThis.PointerEvent) => panelWidth.keep(within(begun + (from - clientX) * towardsEnd()));
    edge.addEventListener('pointermove', move);
    edge.addEventListener('lostpointercapture', () => edge.removeEventListener('pointermove', move), { once: true });
  };
  return (
    // A separator that can be moved is a thing to press, by ARIA.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={t('panel.edge')}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      aria-valuenow={width ?? USUAL}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="panel-edge"
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onDoubleClick={() => panelWidth.keep(null)}
    />
  );
}
