import { RotateCcw } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { enter } from '@/features/settings/choices';
import { useI18n, type MessageKey } from '@/shared/i18n';
import { useKept } from '@/shared/state/kept';
import { Dialog } from '@/shared/ui/Dialog';
import { Field } from '@/shared/ui/Field';
import { IconButton } from '@/shared/ui/IconButton';
import { acts, bindings, comboFrom, comboOf, conflictOf, keepKeys, shownKeys, withKeys, type ActId, type Conflict, type Place } from './bindings';
import { useKeyChoices } from './useKeys';

type KeyText = MessageKey & `keys.${string}`;
/** What Enter does is chosen in the settings. */
type RowText = KeyText | 'keys.enter' | 'keys.shiftEnter';

/** Keys that stay as they are: they follow the system's own, or belong to a field, a list, a shared screen. */
const fixed: readonly { readonly title: KeyText; readonly rows: readonly (readonly [keys: string, what: RowText])[] }[] = [
  {
    title: 'keys.moving',
    rows: [
      ['Shift F6', 'keys.regionBack'],
      ['F8', 'keys.notices'],
      ['Esc', 'keys.close'],
      ['↑ ↓ Home End PgUp PgDn', 'keys.walk'],
      ['Enter', 'keys.opens'],
      ['Shift F10', 'keys.menu'],
    ],
  },
  {
    title: 'keys.writing',
    rows: [
      ['Enter', 'keys.enter'],
      ['Shift Enter', 'keys.shiftEnter'],
      ['↑', 'keys.editLast'],
      ['Ctrl B  I  Shift X', 'keys.bold'],
      ['Ctrl Shift 7  8  9', 'keys.lists'],
      ['Ctrl U', 'keys.attach'],
      ['@  :', 'keys.complete'],
      ['Tab', 'keys.take'],
    ],
  },
  {
    title: 'keys.ofLists',
    rows: [
      ['Space', 'keys.lookAt'],
      ['F2', 'keys.rename'],
      ['Ctrl A', 'keys.chooseAll'],
      ['A – Z', 'keys.typeAhead'],
    ],
  },
  {
    title: 'keys.onStage',
    rows: [
      ['Space', 'keys.talk'],
      ['K  1 – 6', 'keys.callSign'],
      ['← ↑ ↓ →', 'keys.callTiles'],
      ['Enter', 'keys.callPin'],
    ],
  },
  {
    title: 'keys.onShare',
    rows: [
      ['1 – 6', 'keys.tools'],
      ['Ctrl Z', 'keys.undo'],
      ['Shift Del', 'keys.clear'],
      ['+ - 0', 'keys.zoom'],
      ['← ↑ ↓ →', 'keys.pan'],
      ['Esc', 'keys.stopDrawing'],
      ['Esc Esc', 'keys.takeBack'],
    ],
  },
];

const places: readonly Place[] = ['anywhere', 'rooms', 'messages', 'ringing', 'call', 'stage'];
const titles = {
  anywhere: 'keys.anywhere',
  rooms: 'keys.rooms',
  messages: 'keys.messages',
  ringing: 'keys.ringing',
  call: 'keys.inCall',
  stage: 'keys.stage',
} as const satisfies Record<Place, KeyText>;

const Cap = ({ keys }: { keys: string }) => (
  <kbd className="kbd" dir="ltr">
    {keys}
  </kbd>
);

const whys = { reserved: 'keys.reserved', single: 'keys.needsCtrl', share: 'keys.ofShares' } as const satisfies Record<Exclude<Conflict['kind'], 'taken'>, MessageKey>;

function useConflictText(): (conflict: Conflict) => string {
  const { t } = useI18n();
  return (conflict) => {
    if (conflict.kind === 'taken') return t('rebind.taken', { act: t(bindings[conflict.by].text) });
    return t(whys[conflict.kind]);
  };
}

/** An act and its keys: press the keys to give it others. */
function Bound({ act }: { act: ActId }) {
  const { t } = useI18n();
  const choices = useKeyChoices();
  const textOf = useConflictText();
  const [listening, setListening] = useState(false);
  const [conflict, setConflict] = useState<string | null>(null);
  const combo = comboOf(act, choices);
  const name = t(bindings[act].text);
  const onKey = (event: KeyboardEvent) => {
    if (!listening || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') {
      setListening(false);
      return;
    }
    const next = comboFrom(event.nativeEvent);
    if (next === null) return;
    const against = conflictOf(act, next, choices);
    setConflict(against && `${shownKeys(next)}: ${textOf(against)}`);
    setListening(false);
    if (!against) keepKeys(withKeys(choices, act, next));
  };
  return (
    <div className="text-13">
      <div className="flex min-h-7 items-center gap-2">
        <span className="min-w-0 flex-1">{name}</span>
        {choices.changed[act] !== undefined && (
          <IconButton small label={t('rebind.reset', { act: name })} icon={RotateCcw} size={14} onClick={() => keepKeys(withKeys(choices, act, null))} />
        )}
        <button
          type="button"
          className="rounded-md px-1 py-0.5 hover:bg-active"
          aria-label={t('rebind.change', { act: name, keys: shownKeys(combo) })}
          aria-pressed={listening}
          onClick={() => {
            setListening(!listening);
            setConflict(null);
          }}
          onKeyDown={onKey}
          onBlur={() => setListening(false)}
        >
          {listening ? <span className="text-12 text-accent">{t('keys.press')}</span> : <Cap keys={shownKeys(combo)} />}
        </button>
      </div>
      {conflict !== null && (
        <p role="alert" className="text-12 text-danger">
          {conflict}
        </p>
      )}
    </div>
  );
}

function Content() {
  const { t } = useI18n();
  const choices = useKeyChoices();
  const [query, setQuery] = useState('');
  const swapped = useKept(enter) === 'line';
  const said = (what: RowText) =>
    t(what === 'keys.enter' ? (swapped ? 'keys.line' : 'keys.send') : what === 'keys.shiftEnter' ? (swapped ? 'keys.send' : 'keys.line') : what);
  const wanted = query.trim().toLocaleLowerCase();
  const fits = (text: string, keys: string) => `${text} ${keys}`.toLocaleLowerCase().includes(wanted);
  return (
    <div className="flex flex-col gap-4 px-6 pb-6">
      <div className="flex flex-wrap items-end gap-4">
        <Field className="min-w-52 flex-1" label={t('keys.find')} type="search" value={query} onChange={setQuery} />
        <label className="flex min-h-10 items-center gap-2.5 text-13">
          <input
            type="checkbox"
            className="size-4 accent-(--accent)"
            checked={choices.singles}
            onChange={(event) => keepKeys({ ...choices, singles: event.target.checked })}
          />
          {t('keys.singles')}
        </label>
      </div>
      <p className="text-12 text-text-3">{t('keys.how')}</p>
      <div className="columns-1 gap-8 sm:columns-2">
        {places.map((place) => {
          const shown = acts.filter((act) => bindings[act].place === place && fits(t(bindings[act].text), shownKeys(comboOf(act, choices))));
          if (shown.length === 0) return null;
          return (
            <section key={place} className="mb-5 break-inside-avoid">
              <h3 className="mb-1 text-13 font-semibold text-text-2">{t(titles[place])}</h3>
              {shown.map((act) => (
                <Bound key={act} act={act} />
              ))}
            </section>
          );
        })}
        {fixed.map(({ title, rows }) => {
          const shown = rows.filter(([keys, what]) => fits(said(what), keys));
          if (shown.length === 0) return null;
          return (
            <section key={title} className="mb-5 break-inside-avoid">
              <h3 className="mb-1.5 text-13 font-semibold text-text-2">{t(title)}</h3>
              <dl className="flex flex-col gap-1">
                {shown.map(([keys, what]) => (
                  <div key={what} className="flex items-center gap-3 text-13">
                    <dt className="min-w-0 flex-1">{said(what)}</dt>
                    <dd className="flex-none">
                      <Cap keys={keys} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </div>
  );
}

/** The map of all keys, and the place to change them. */
export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useI18n();
  return (
    <Dialog open={open} onClose={onClose} title={t('keys.title')} width={760}>
      <Content />
    </Dialog>
  );
}
