import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Message } from '@/shared/api/types';
import { firstName } from '@/shared/lib/firstName';
import { useI18n } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import { IconButton } from '@/shared/ui/IconButton';
import type { useEditConflict } from './useEditConflict';

function Strip({ text, onClose, label, role }: { text: ReactNode; onClose: () => void; label: string; role?: 'alert' }) {
  return (
    <div role={role} className="flex items-center gap-2 border-s-3 border-accent ps-3 pe-1.5 pt-1.5 text-13 text-text-2">
      <span className={`min-w-0 flex-1 ${role ? '' : 'truncate'}`}>{text}</span>
      <IconButton small label={label} icon={X} size={15} onClick={onClose} />
    </div>
  );
}

interface Props {
  editing: boolean;
  replyTo: Message | null;
  onDone: () => void;
  conflict: ReturnType<typeof useEditConflict>;
}

/** What the text in the field is for: an edit, an answer, or what is left of an edit that came to nothing. */
export function ComposerStrips({ editing, replyTo, onDone, conflict }: Props) {
  const { t } = useI18n();
  const { name } = conflict;
  return (
    <>
      {editing && <Strip text={t('composer.editing')} label={t('composer.cancelEdit')} onClose={onDone} />}
      {name !== null && (
        <Strip
          role="alert"
          text={name === '' ? t('composer.conflictUnknown') : t('composer.conflict', { name: firstName(name) })}
          label={t('app.close')}
          onClose={conflict.forget}
        />
      )}
      {replyTo && (
        <Strip
          text={
            <>
              {t('composer.replying', { name: replyTo.sender?.name ?? '' })} <bdi className="text-text-3">{replyTo.content.slice(0, 120)}</bdi>
            </>
          }
          label={t('composer.cancelReply')}
          onClose={onDone}
        />
      )}
    </>
  );
}

/** Asked before many people are called at once. */
export function CallsAll({ people, onYes }: { people: number; onYes: () => void }) {
  const { t } = useI18n();
  return (
    <div role="alert" className="flex flex-wrap items-center gap-2 px-3.5 pt-2 text-13">
      <span className="min-w-0 flex-1">{t('composer.callsAll', { n: people })}</span>
      <Button look="soft" size="s" onClick={onYes}>
        {t('composer.callAll')}
      </Button>
    </div>
  );
}
