import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useI18n } from '@/shared/i18n';
import { Button } from './Button';

const SAID_MS = 1500;

/** A text to take along: chosen as a whole when it gets the focus, and copied by its button. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const { t } = useI18n();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const Icon = copied ? Check : Copy;
  return (
    <div className="flex gap-2">
      <input
        readOnly
        dir="ltr"
        aria-label={label}
        value={value}
        onFocus={(event) => event.currentTarget.select()}
        className="min-h-10 min-w-0 flex-1 rounded-lg bg-sunken px-3 text-13 inset-ring inset-ring-line"
      />
      <Button onClick={() => void navigator.clipboard.writeText(value).then(() => setCopied(true))}>
        <Icon size={16} aria-hidden="true" />
        <span aria-live="polite">{t(copied ? 'call.inviteCopied' : 'call.invite')}</span>
      </Button>
    </div>
  );
}
