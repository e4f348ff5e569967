import { Search } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { navigate } from '@/app/router';
import { useI18n } from '@/shared/i18n';
import { Dialog } from '@/shared/ui/Dialog';
import { lit } from '@/features/search/Hits';
import { fuzzyMarks } from './fuzzy';
import { useCommands, type Command } from './useCommands';

const groups = { recent: 'palette.recent', rooms: 'palette.jump', people: 'palette.people', files: 'palette.files', acts: 'palette.do' } as const;

/** A label with the letters that were typed lit. */
function Lit({ label, query }: { label: string; query: string }) {
  return lit(label, fuzzyMarks(query, label)).map((part, index) =>
    part.hit ? (
      <b key={index} className="font-semibold text-accent">
        {part.text}
      </b>
    ) : (
      part.text
    ),
  );
}

interface ContentProps {
  onClose: () => void;
  onSheet: () => void;
}

function Content({ onClose, onSheet }: ContentProps) {
  const { t } = useI18n();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const commands = useCommands(query, true, onSheet);
  const active = Math.min(at, Math.max(0, commands.length - 1));
  const choose = (command: Command | undefined) => {
    if (command?.off !== undefined) return;
    onClose();
    if (command) command.run();
    else if (query.trim()) navigate(`/search?q=${encodeURIComponent(query.trim())}`);
  };
  const onKey = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined) setAt((active + step + commands.length) % Math.max(1, commands.length));
    else if (event.key === 'Enter') choose(event.ctrlKey || event.metaKey ? undefined : commands[active]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="flex h-13.5 items-center gap-3 border-b border-line px-4.5">
        <Search size={20} aria-hidden="true" className="flex-none text-text-3" />
        <input
          role="combobox"
          aria-label={t('side.find')}
          aria-expanded
          aria-controls="palette-list"
          aria-autocomplete="list"
          aria-activedescendant={commands.length > 0 ? `palette-${active}` : undefined}
          autoComplete="off"
          dir="auto"
          placeholder={t('side.find')}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKey}
          className="min-w-0 flex-1 bg-transparent text-17 outline-none placeholder:text-text-3"
        />
        <span className="kbd" aria-hidden="true">
          Esc
        </span>
      </div>
      <ul id="palette-list" role="listbox" aria-label={t('side.find')} className="max-h-[min(420px,60dvh)] overflow-y-auto p-2">
        {commands.length === 0 && <li role="presentation" className="p-4 text-14 text-text-3">{t('palette.none')}</li>}
        {commands.map((command, index) => (
          <li key={`${command.group}-${command.id}`} role="presentation">
            {commands[index - 1]?.group !== command.group && (
              <p role="presentation" className="px-2.5 pt-2 pb-1 text-12 font-semibold text-text-3">
                {t(groups[command.group])}
              </p>
            )}
            {/* Keys belong to the field, which keeps the focus. */}
            {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events */}
            <div
              id={`palette-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              aria-disabled={command.off !== undefined}
              title={command.off}
              className={`aria-disabled:opacity-50 flex min-h-9.5 cursor-pointer items-center gap-3 rounded-lg px-2.5 text-14 font-medium ${index === active ? 'bg-accent-soft' : ''}`}
              onPointerMove={() => setAt(index)}
              onClick={() => choose(command)}
            >
              {command.icon}
              <span className="min-w-0 flex-1 truncate">
                <bdi>
                  <Lit label={command.label} query={query} />
                </bdi>
                {command.note && <bdi className="ms-1.5 font-normal text-text-3">{command.note}</bdi>}
              </span>
              {index === active && command.off === undefined ? <span className="kbd">Enter</span> : command.keys && <span className="kbd">{command.keys}</span>}
            </div>
          </li>
        ))}
      </ul>
      {query.trim() && (
        <button type="button" className="flex w-full items-center gap-3 border-t border-line-soft px-4.5 py-2.5 text-start text-13 text-text-2 hover:bg-hover" onClick={() => choose(undefined)}>
          <Search size={15} aria-hidden="true" />
          <span className="min-w-0 flex-1 truncate">{t('palette.search', { query: query.trim() })}</span>
          <span className="kbd">Ctrl Enter</span>
        </button>
      )}
      <p aria-hidden="true" className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line-soft px-4.5 py-2.5 text-12 text-text-3 max-sm:hidden">
        <span>
          <span className="kbd">↑</span> <span className="kbd">↓</span> {t('palette.move')}
        </span>
        <span>
          <span className="kbd">Enter</span> {t('palette.open')}
        </span>
        <span>
          <span className="kbd">Ctrl Enter</span> {t('palette.everywhere')}
        </span>
      </p>
    </>
  );
}

/** Rooms, people and acts by a few letters. */
export function CommandPalette({ open, onClose, onSheet }: { open: boolean; onClose: () => void; onSheet: () => void }) {
  const { t } = useI18n();
  return (
    <Dialog open={open} onClose={onClose} title={t('side.find')} width={620} bare>
      <Content onClose={onClose} onSheet={onSheet} />
    </Dialog>
  );
}
