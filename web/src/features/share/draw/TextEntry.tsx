import { useRef } from 'react';
import { useI18n } from '@/shared/i18n';
import type { Point } from '../view/viewport';
import { widths } from './pen';
import { placed } from '../view/place';

interface Props {
  at: Point;
  width: number;
  /** With an empty text nothing is written. */
  onDone: (text: string) => void;
}

/** Words are typed where they will stand. Enter or a click elsewhere sets them, Esc throws them away. */
export function TextEntry({ at, width, onDone }: Props) {
  const { t } = useI18n();
  const done = useRef(false);
  const finish = (text: string) => {
    if (done.current) return;
    done.current = true;
    onDone(text);
  };
  return (
    <input
      // The click that made it asked for it.
      // eslint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
      dir="auto"
      aria-label={t('draw.words')}
      maxLength={250}
      onPointerDown={(event) => event.stopPropagation()}
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) finish(event.currentTarget.value);
        else if (event.key === 'Escape') finish('');
        event.stopPropagation();
      }}
      className="absolute min-w-40 rounded-lg border-2 border-accent bg-white px-2 py-1 font-semibold text-[#10191b] shadow-2"
      style={{ ...placed(at), fontSize: `${Math.max(13, widths.text * width)}px` }}
    />
  );
}
