import { KeyRound, Lock, ShieldAlert, ShieldQuestion } from 'lucide-react';
import type { Message } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { timeText } from '@/shared/lib/time';

/** A message about keys, as a line between the others. */
export function KeyLine({ message }: { message: Message }) {
  const { t, language } = useI18n();
  const name = message.sender?.name ?? t('people.unknown');
  return (
    <div className="sys">
      <span className="inline-flex items-center gap-1.5" dir="auto">
        <KeyRound size={13} aria-hidden="true" />
        {t(message.sealed === 'renewed' ? 'e2ee.lineRenewed' : 'e2ee.lineDevice', { name })}
      </span>
      <time dateTime={message.createdAt} className="text-12 text-text-3">
        {timeText(message.createdAt, language)}
      </time>
    </div>
  );
}

/** In the place of a text that does not open here, or under one that nobody sealed. */
export function SealedNote({ message }: { message: Message }) {
  const { t } = useI18n();
  switch (message.sealed) {
    case 'locked':
      return (
        <p className="state-line">
          <Lock size={13} aria-hidden="true" />
          {t('e2ee.locked')}
        </p>
      );
    case 'broken':
      return (
        <p className="state-line text-danger!">
          <ShieldQuestion size={13} aria-hidden="true" />
          {t('e2ee.broken')}
        </p>
      );
    case 'plain':
      return (
        <p className="state-line text-signal-text!" title={t('e2ee.plainWhy')}>
          <ShieldAlert size={13} aria-hidden="true" />
          {t('e2ee.plain')}
        </p>
      );
    default:
      return null;
  }
}
