import { Link } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/shared/i18n';
import { useSession } from '../session/CallContext';
import { copyLink } from './copyLink';
import { endKey, releaseFocus } from './looks';

/** Brings others: the link of the call, on the clipboard. */
export function InviteKey() {
  const { t } = useI18n();
  const session = useSession();
  const [copied, setCopied] = useState(false);
  return (
    <button
      type="button"
      onClick={(event) => {
        releaseFocus(event);
        void copyLink(session).then((done) => {
          if (!done) return;
          setCopied(true);
          setTimeout(() => setCopied(false), 1500);
        });
      }}
      className={endKey}
    >
      <Link size={17} aria-hidden="true" />
      <span aria-live="polite">{t(copied ? 'call.inviteCopied' : 'call.invite')}</span>
    </button>
  );
}
