import { ArrowUpRight, Eraser, Highlighter, Pencil, Pin, Square, Sun, Trash2, Type, Undo2, X, type LucideIcon } from 'lucide-react';
import { useState, type ButtonHTMLAttributes } from 'react';
import { useI18n } from '@/shared/i18n';
import { useRoving } from '@/shared/lib/useRoving';
import { useStore } from '@/shared/state/store';
import { lastOf } from '../marks/sharesReducer';
import { tools, type SharedScreen, type Tool } from '../marks/types';
import type { ShareRoom } from '../ShareContext';
import { colors } from './colors';
import { myColor, penStore } from './penReducer';

const icons: Readonly<Record<Tool, LucideIcon>> = {
  pen: Pencil,
  highlighter: Highlighter,
  arrow: ArrowUpRight,
  box: Square,
  text: Type,
  laser: Sun,
};

function Key({ label, tip, className = '', ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { label: string; tip?: string }) {
  return <button type="button" aria-label={label} title={tip ?? label} className={`draw-key ${className}`} {...rest} />;
}

function Swatches({ onChosen }: { onChosen: () => void }) {
  const { t } = useI18n();
  const chosen = useStore(penStore, (state) => state.color);
  return (
    <div role="group" aria-label={t('draw.colors')} className="draw-colors">
      {colors.map(({ name, mark }) => (
        <Key
          key={name}
          label={t(`draw.${name}`)}
          aria-pressed={chosen === name}
          onClick={() => {
            penStore.dispatch({ type: 'color', color: name });
            onChosen();
          }}
        >
          <i className="size-4.5 rounded-[5px]" style={{ background: mark }} />
        </Key>
      ))}
    </div>
  );
}

interface Props {
  share: SharedScreen;
  room: ShareRoom;
  /** The sharer and hosts may wipe what others drew. */
  clearsAll: boolean;
  flat: boolean;
  /** Too small for the picture and the tools at once: they unfold when they are wanted. */
  folds: boolean;
}

/** What one draws with. Upright beside the picture; lying where that is too low. */
export function DrawToolbar({ share, room, clearsAll, flat, folds }: Props) {
  const { t } = useI18n();
  const roving = useRoving(true);
  const [unfolded, setUnfolded] = useState(false);
  const pen = useStore(penStore, (state) => state);
  const [choosing, setChoosing] = useState(false);
  const color = myColor(pen, room.me);
  const mine = lastOf(share.strokes, room.me) !== undefined;
  const fold = (
    <Key
      label={t('draw.open')}
      aria-expanded={unfolded}
      onClick={() => {
        setUnfolded(!unfolded);
        penStore.dispatch({ type: 'tool', tool: unfolded ? null : 'pen' });
      }}
    >
      {unfolded ? <X size={18} aria-hidden="true" /> : <Pencil size={18} strokeWidth={1.75} aria-hidden="true" />}
    </Key>
  );
  if (folds && !unfolded) {
    return (
      <div role="toolbar" tabIndex={-1} aria-label={t('draw.toolbar')} data-flat="true" data-folded="true" className="draw-bar" {...roving}>
        {fold}
      </div>
    );
  }
  return (
    <div
      role="toolbar"
      tabIndex={-1}
      aria-label={t('draw.toolbar')}
      aria-orientation={flat ? 'horizontal' : 'vertical'}
      {...roving}
      data-flat={flat}
      className="draw-bar"
    >
      {folds && fold}
      {tools.map((tool, index) => {
        const Icon = icons[tool];
        return (
          <Key
            key={tool}
            label={t(`draw.${tool}`)}
            tip={`${t(`draw.${tool}`)} (${index + 1})`}
            aria-pressed={pen.tool === tool}
            onClick={() => penStore.dispatch({ type: 'toggle', tool })}
          >
            <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
          </Key>
        );
      })}
      <hr />
      <Key label={t('draw.color', { color: t(`draw.${color.name}`) })} aria-expanded={choosing} onClick={() => setChoosing(!choosing)}>
        <i className="draw-swatch" style={{ background: color.mark }} />
      </Key>
      {choosing && <Swatches onChosen={() => setChoosing(false)} />}
      <Key
        label={t('draw.keep')}
        tip={`${t('draw.keep')}. ${t('draw.keepWhy')}`}
        aria-pressed={pen.keep}
        onClick={() => penStore.dispatch({ type: 'keep', keep: !pen.keep })}
      >
        <Pin size={18} strokeWidth={1.75} aria-hidden="true" />
      </Key>
      <Key label={t('draw.undo')} tip={`${t('draw.undo')} (Ctrl Z)`} disabled={!mine} onClick={() => room.undo(share.id)}>
        <Undo2 size={18} strokeWidth={1.75} aria-hidden="true" />
      </Key>
      <Key label={t('draw.clear')} tip={`${t('draw.clear')} (Shift Del)`} disabled={!mine} onClick={() => room.clear(share.id, false)}>
        <Eraser size={18} strokeWidth={1.75} aria-hidden="true" />
      </Key>
      {clearsAll && (
        <Key label={t('draw.clearAll')} disabled={share.strokes.length === 0} onClick={() => room.clear(share.id, true)}>
          <Trash2 size={18} strokeWidth={1.75} aria-hidden="true" />
        </Key>
      )}
    </div>
  );
}
