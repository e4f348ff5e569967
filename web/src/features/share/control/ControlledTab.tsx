import { MousePointer2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useI18n } from '@/shared/i18n';
import { tabControl } from './thisTab';
import type { Controlled } from './tab';
import { useDoubleEscape } from './useDoubleEscape';
import { placed } from '../view/place';

/** While somebody controls this tab: an amber frame, who it is, where their pointer is, and the way to take it back. */
export function ControlledTab() {
  const { t } = useI18n();
  const [state, setState] = useState<Controlled | null>(null);
  useEffect(() => tabControl().subscribe(setState), []);
  useDoubleEscape(state !== null, () => tabControl().takeBack(), true);
  if (!state) return null;
  return (
    <div className="controlled-frame" data-no-control>
      <p role="status" className="absolute inset-x-0 top-13 flex justify-center">
        <span className="pointer-events-auto flex items-center gap-3 rounded-[10px] bg-signal px-3.5 py-2 text-13 font-semibold text-on-signal shadow-2">
          <span dir="auto">{t('control.given', { name: state.name })}</span>
          <button type="button" onClick={() => tabControl().takeBack()} className="rounded-lg bg-on-signal px-2.5 py-1 text-signal">
            {t('control.takeBack')}
          </button>
        </span>
      </p>
      <span className="absolute" style={placed(state)}>
        <MousePointer2 size={22} aria-hidden="true" className="fill-signal text-on-signal" />
        <bdi className="absolute start-5 top-4 rounded-[7px] bg-signal px-2 py-0.5 text-12 font-semibold whitespace-nowrap text-on-signal">{state.name}</bdi>
      </span>
    </div>
  );
}
