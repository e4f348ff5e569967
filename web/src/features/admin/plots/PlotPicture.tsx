import type { KeyboardEvent, PointerEvent } from 'react';
import { useI18n } from '@/shared/i18n';
import { clockText, isolated } from '@/shared/lib/time';
import { useSize } from '@/shared/lib/useSize';
import type { PlotData } from './Plot';
import { useCross } from './PlotGroup';
import { areaOf, nearest, pathOf, scaleFor, timesIn } from './scale';
import { useNumbers } from './useNumbers';

const HEIGHT = 158;
const TOP = 16;
const GROUND = 138;
const START = 34;
const END = 10;

interface Axes {
  readonly width: number;
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
}

function Grid({ axes, data, ticks }: { axes: Axes; data: PlotData; ticks: readonly number[] }) {
  const { language } = useI18n();
  const number = useNumbers();
  const times = timesIn(data.from, data.to);
  return (
    <g aria-hidden="true">
      {ticks.map((tick) => (
        <g key={tick}>
          <path d={`M${START} ${axes.y(tick)}H${axes.width - END}`} stroke="var(--line-soft)" />
          <text x={START - 7} y={axes.y(tick) + 3.5} textAnchor="end" className="plot-text">
            {number(tick)}
          </text>
        </g>
      ))}
      {times.map((time) => (
        <text key={time} x={axes.x(time)} y={HEIGHT - 4} textAnchor="middle" className="plot-text">
          {clockText(time, language, data.to - data.from < 600_000)}
        </text>
      ))}
    </g>
  );
}

function Threshold({ axes, at, text }: { axes: Axes; at: number; text: string }) {
  const y = axes.y(at);
  return (
    <g aria-hidden="true">
      <path d={`M${START} ${y}H${axes.width - END}`} stroke="var(--signal-line)" strokeWidth="1.5" strokeDasharray="5 4" />
      <text x={axes.width - END} y={y - 6} textAnchor="end" className="plot-text" style={{ fill: 'var(--signal-text)' }}>
        {text}
      </text>
    </g>
  );
}

function Crosshair({ axes, data, index }: { axes: Axes; data: PlotData; index: number }) {
  const at = data.lines[0]?.dots[index]?.at;
  if (at === undefined) return null;
  return (
    <g aria-hidden="true">
      <path d={`M${axes.x(at)} ${TOP}V${GROUND}`} stroke="var(--line-strong)" />
      {data.lines.map(({ name, colour, dots }) => {
        const value = dots[index]?.value ?? null;
        return value === null ? null : (
          <circle key={name} cx={axes.x(at)} cy={axes.y(value)} r="3.5" fill={`var(--${colour})`} stroke="var(--sheet)" strokeWidth="1.5" />
        );
      })}
    </g>
  );
}

function Reading({ data, index }: { data: PlotData; index: number }) {
  const { language } = useI18n();
  const number = useNumbers();
  const at = data.lines[0]?.dots[index]?.at;
  if (at === undefined) return null;
  const values = data.lines.map(({ name, dots }) => {
    const value = dots[index]?.value ?? null;
    return `${name} ${value === null ? '–' : isolated(`${number(value)} ${data.unit}`, language)}`;
  });
  return <p className="plot-reading">{[clockText(at, language), ...values].join(' · ')}</p>;
}

/** Which dot is pointed at, by the pointer or the arrow keys; all plots of the group follow. */
function usePointing(data: PlotData, axes: Axes) {
  const { at, point } = useCross();
  const dots = data.lines[0]?.dots ?? [];
  const index = at === null ? -1 : nearest(dots, at);
  const step = (by: number) => {
    const from = index < 0 ? dots.length : index;
    point(dots[Math.min(dots.length - 1, Math.max(0, from + by))]?.at ?? null);
  };
  return {
    index,
    onPointerMove: (event: PointerEvent<SVGSVGElement>) => {
      const left = event.clientX - event.currentTarget.getBoundingClientRect().left;
      const share = (left - START) / Math.max(1, axes.width - START - END);
      point(share < 0 || share > 1 ? null : data.from + share * (data.to - data.from));
    },
    onPointerLeave: () => point(null),
    onBlur: () => point(null),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'ArrowLeft') step(event.shiftKey ? -10 : -1);
      else if (event.key === 'ArrowRight') step(event.shiftKey ? 10 : 1);
      else if (event.key === 'Home') point(dots[0]?.at ?? null);
      else if (event.key === 'End') point(dots.at(-1)?.at ?? null);
      else if (event.key === 'Escape' && at !== null) point(null);
      else return;
      event.preventDefault();
    },
  };
}

export function PlotPicture({ data }: { data: PlotData }) {
  const [ref, { width: measured }] = useSize<HTMLDivElement>();
  const width = Math.max(200, measured);
  const largest = Math.max(0, ...data.lines.flatMap(({ dots }) => dots.flatMap(({ value }) => value ?? [])));
  const { threshold } = data;
  const scale = scaleFor(Math.max(largest, (threshold?.at ?? 0) * 1.2));
  const axes: Axes = {
    width,
    x: (at) => START + ((at - data.from) / Math.max(1, data.to - data.from)) * (width - START - END),
    y: (value) => GROUND - (value / scale.top) * (GROUND - TOP),
  };
  const { index, ...pointing } = usePointing(data, axes);
  return (
    <div ref={ref} className="relative">
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        width="100%"
        height={HEIGHT}
        role="img"
        aria-label={data.title}
        tabIndex={0}
        className="block overflow-visible"
        {...pointing}
      >
        <Grid axes={axes} data={data} ticks={scale.ticks} />
        {data.lines.map(({ name, colour, dots, filled }) => (
          <g key={name} aria-hidden="true">
            {filled && <path d={areaOf(dots, axes.x, axes.y)} fill={`var(--${colour})`} opacity=".14" />}
            <path d={pathOf(dots, axes.x, axes.y)} fill="none" stroke={`var(--${colour})`} strokeWidth="1.75" strokeLinejoin="round" strokeLinecap="round" />
          </g>
        ))}
        {threshold && <Threshold axes={axes} at={threshold.at} text={threshold.text} />}
        {index >= 0 && <Crosshair axes={axes} data={data} index={index} />}
      </svg>
      <div role="status">{index >= 0 && <Reading data={data} index={index} />}</div>
    </div>
  );
}
