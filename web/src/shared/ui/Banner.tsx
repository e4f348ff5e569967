import { CircleAlert, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useI18n } from '@/shared/i18n';

interface Props {
  tone: 'warn' | 'error';
  children: ReactNode;
  action?: ReactNode;
  onDismiss?: () => void;
  /** A banner that is part of the page from the start is not announced. */
  live?: boolean;
}

/** Says a cause and the way out. Warnings are amber, losses red; both say it in words too. */
export function Banner({ tone, children, action, onDismiss, live = true }: Props) {
  const { t } = useI18n();
  const Icon = tone === 'warn' ? TriangleAlert : CircleAlert;
  const look = tone === 'warn' ? 'bg-signal-soft' : 'bg-danger-soft';
  const role = tone === 'warn' ? 'status' : 'alert';
  return (
    <div
      role={live ? role : undefined}
      className={`appear flex items-start gap-2.5 rounded-xl py-2.5 ps-3.5 pe-2 text-13 text-text ${look}`}
    >
      <Icon size={17} aria-hidden="true" className={`flex-none ${tone === 'warn' ? 'text-signal-text' : 'text-danger'}`} />
      <div className="min-w-0 flex-1 wrap-anywhere">{children}</div>
      {action}
      {onDismiss && (
        <button
          type="button"
          aria-label={t('notice.dismiss')}
          onClick={onDismiss}
          className="-my-1 grid size-7 flex-none place-items-center rounded-lg text-text-2 hover:bg-active pointer-coarse:-my-3 pointer-coarse:size-11"
        >
          <X size={16} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
