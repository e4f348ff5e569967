import { Users } from 'lucide-react';
import { useI18n } from '@/shared/i18n';
import { Avatar } from '@/shared/ui/Avatar';
import { Flag } from '@/shared/ui/Flag';
import type { useCompletion } from './useCompletion';

interface Props {
  id: string;
  label: string;
  completion: ReturnType<typeof useCompletion>;
}

/** People for the @word that is being written, above the field that keeps the focus. */
export function CompletionList({ id, label, completion }: Props) {
  const { t } = useI18n();
  const { choices, active, choose } = completion;
  if (choices.length === 0) return null;
  return (
    <ul id={`${id}-list`} role="listbox" aria-label={label} className="menu absolute start-2 bottom-full z-40 mb-1.5 w-72">
      {choices.map((choice, index) => (
        // Keys belong to the field, which keeps the focus.
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events
        <li
          key={choice.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          className="menu-item"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => choose(choice)}
        >
          {choice.kind === 'person' && <Avatar id={choice.id} name={choice.name} size={22} url={choice.avatarUrl} />}
          {choice.kind === 'everybody' && <Users size={20} aria-hidden="true" />}
          {choice.kind === 'room' && <Flag room={choice.id} spec={choice.flag} size={22} />}
          {choice.kind === 'emoji' && (
            <span aria-hidden="true" className="w-5.5 text-center text-17">
              {choice.puts}
            </span>
          )}
          <bdi className="min-w-0 flex-1 truncate">
            {choice.kind === 'everybody' ? t('composer.everybody') : choice.kind === 'emoji' ? choice.hint : choice.name}
          </bdi>
          {choice.kind !== 'emoji' && <span className="text-12 font-normal text-text-3">{choice.hint}</span>}
        </li>
      ))}
    </ul>
  );
}
