import { memo } from 'react';
import type { Stroke } from '@/shared/api/events';
import { plateOf } from '../draw/colors';
import type { FadingStroke } from './fading';
import { pathOf, sheetOf, type Sheet } from './shapes';
import { placed } from '../view/place';

const Line = memo(function Line({ stroke, sheet }: { stroke: Stroke; sheet: Sheet }) {
  const marker = stroke.tool === 'highlighter';
  return (
    <path
      d={pathOf(stroke, sheet)}
      stroke={stroke.color}
      strokeWidth={(stroke.width ?? 0.004) * sheet.width}
      strokeLinecap={marker ? 'butt' : 'round'}
      strokeLinejoin="round"
    />
  );
});

function Layer({ strokes, sheet, under, going }: { strokes: readonly Stroke[]; sheet: Sheet; under?: boolean; going: boolean }) {
  if (strokes.length === 0) return null;
  return (
    <svg
      className={`absolute inset-0 size-full ${under ? 'mix-blend-multiply' : ''} ${going ? 'mark-going' : ''}`}
      viewBox={`0 0 ${sheet.width} ${sheet.height}`}
      preserveAspectRatio="none"
      fill="none"
      aria-hidden="true"
    >
      {strokes.map((stroke) => (
        <Line key={`${stroke.author ?? ''} ${stroke.id}`} stroke={stroke} sheet={sheet} />
      ))}
    </svg>
  );
}

/** Words are sized by the source's width, as lines are. */
function Words({ stroke, width, going }: { stroke: Stroke; width: number; going: boolean }) {
  const [x = 0, y = 0] = stroke.points;
  const { color, text, author = '' } = stroke;
  return (
    <span
      dir="auto"
      className={`absolute rounded-[0.44em] px-[0.85em] py-[0.5em] leading-[1.2] font-semibold whitespace-pre-wrap text-white ${going ? 'mark-going' : ''}`}
      style={{
        ...placed({ x, y }),
        fontSize: `${(stroke.width ?? 0.014) * width}px`,
        background: plateOf(color ?? '', author),
      }}
    >
      {text}
    </span>
  );
}

interface SetProps {
  strokes: readonly Stroke[];
  /** The size that the whole source has on the page now. */
  width: number;
  aspect: number;
  going?: boolean;
}

/** Each part fades by itself: a marker goes on multiplying with what is beneath it. */
function MarkSet({ strokes, width, aspect, going = false }: SetProps) {
  const sheet = sheetOf(aspect);
  const of = (...tools: readonly Stroke['tool'][]) => strokes.filter(({ tool }) => tools.includes(tool));
  return (
    <>
      <Layer strokes={of('highlighter')} sheet={sheet} under going={going} />
      <Layer strokes={of('pen', 'arrow', 'box')} sheet={sheet} going={going} />
      {of('text').map((stroke) => (
        <Words key={`${stroke.author ?? ''} ${stroke.id}`} stroke={stroke} width={width} going={going} />
      ))}
    </>
  );
}

type Props = Pick<SetProps, 'strokes' | 'width' | 'aspect'> & { fading: readonly FadingStroke[] };

/** Everything drawn on a shared screen, over the whole of it. */
export const Marks = memo(function Marks({ strokes, fading, width, aspect }: Props) {
  return (
    <div className="pointer-events-none contents" data-marks={strokes.length}>
      <MarkSet strokes={strokes} width={width} aspect={aspect} />
      <MarkSet strokes={fading.map(({ stroke }) => stroke)} width={width} aspect={aspect} going />
    </div>
  );
});
