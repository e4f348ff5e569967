import { Trash2, TriangleAlert, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useClient } from '@/app/client';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Avatar } from '@/shared/ui/Avatar';
import { Button } from '@/shared/ui/Button';
import { Flag } from '@/shared/ui/Flag';
import { IconButton } from '@/shared/ui/IconButton';
import type { Toast } from './noticesReducer';

function ToastItem({ toast, newest }: { toast: Toast; newest: boolean }) {
  const { t, phrase } = useI18n();
  const client = useClient();
  const [held, setHeld] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const { id, ms, tone, person, room, icon, action } = toast;
  const dismiss = () => client.notices.dispatch({ type: 'dismiss', id });
  useEffect(() => {
    if (held || !Number.isFinite(ms)) return;
    const timer = setTimeout(() => client.notices.dispatch({ type: 'dismiss', id }), ms);
    return () => clearTimeout(timer);
  }, [client, id, ms, held]);
  useEffect(() => {
    if (!newest) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'F8') box.current?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [newest]);
  return (
    <div
      ref={box}
      role={tone === 'error' ? 'alert' : 'status'}
      tabIndex={-1}
      className="toast"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') dismiss();
      }}
    >
      {tone === 'error' && <TriangleAlert size={18} aria-hidden="true" className="flex-none text-danger" />}
      {icon === 'deleted' && <Trash2 size={18} aria-hidden="true" className="flex-none text-text-2" />}
      {room && <Flag room={room.id} spec={room.flag} size={24} />}
      {person && <Avatar id={person.id} name={person.name} size={28} />}
      <span className="min-w-0 flex-1 text-14 wrap-anywhere" dir="auto">
        {phrase(toast.text)}
      </span>
      {action && (
        <Button
          look="soft"
          size="s"
          onClick={() => {
            action.run();
            dismiss();
          }}
        >
          {phrase(action.label)}
        </Button>
      )}
      <IconButton small label={t('notice.dismiss')} icon={X} size={15} onClick={dismiss} />
    </div>
  );
}

/** What happened elsewhere, for a moment, at the start of the line below. */
export function Toasts() {
  const client = useClient();
  const toasts = useStore(client.notices, (state) => state);
  return (
    <div className="toasts fixed start-4 z-80 flex w-96 max-w-[calc(100vw-2rem)] flex-col gap-2">
      {toasts.map((toast, index) => (
        <ToastItem key={toast.id} toast={toast} newest={index === toasts.length - 1} />
      ))}
    </div>
  );
}
