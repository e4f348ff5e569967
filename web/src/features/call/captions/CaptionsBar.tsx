import { useEffect, useState } from 'react';
import { useI18n } from '@/shared/i18n';
import { useKept } from '@/shared/state/kept';
import { useCall } from '../session/CallContext';
import type { Box } from '../stage/layout';
import { captionSize } from './captions';
import { CAPTION_MS, freshCaptions } from './heard';

const sizes = { small: 'text-13', usual: 'text-17', large: 'text-26' } as const;

/** What is said, in written words, on a line of its own; or why there are none. */
export function CaptionsBar({ box }: { box: Box }) {
  const { t } = useI18n();
  const { captions, captioner } = useCall();
  const size = useKept(captionSize);
  const [now, setNow] = useState(() => Date.now());
  const last = captions.at(-1)?.at;
  useEffect(() => {
    if (last === undefined) return;
    const timer = setTimeout(() => setNow(Date.now()), CAPTION_MS);
    return () => clearTimeout(timer);
  }, [last]);
  const shown = freshCaptions(captions, Math.max(now, last ?? 0));
  return (
    <div
      role="log"
      // Whoever hears the call hears it already.
      aria-live="off"
      aria-label={t('captions.title')}
      className={`pointer-events-none absolute flex flex-col justify-end overflow-hidden px-2 pb-1.5 text-center ${sizes[size]}`}
      style={{ insetInlineStart: box.x, top: box.y, width: box.width, height: box.height }}
    >
      {shown.map(({ id, name, text }) => (
        <p key={id} className="mx-auto max-w-4xl text-start">
          <bdi className="me-2 font-semibold text-signal">{name}</bdi>
          <span dir="auto">{text}</span>
        </p>
      ))}
      {last === undefined && <p className="text-13 text-stage-text-2">{t(captioner ? 'captions.waiting' : 'captions.nobody')}</p>}
    </div>
  );
}
