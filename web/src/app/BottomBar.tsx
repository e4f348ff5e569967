import { FolderOpen, Inbox, MessagesSquare, Phone, Settings, type LucideIcon } from 'lucide-react';
import { useI18n } from '@/shared/i18n';
import { Link } from '@/shared/ui/Link';
import { useAttention } from '@/features/rooms/useAttention';
import type { Route } from './router';

const places = [
  { to: '/rooms', place: 'rooms', label: 'side.rooms', icon: MessagesSquare },
  { to: '/inbox', place: 'inbox', label: 'side.inbox', icon: Inbox },
  { to: '/calls', place: 'calls', label: 'side.calls', icon: Phone },
  { to: '/files', place: 'files', label: 'side.files', icon: FolderOpen },
  { to: '/settings', place: 'settings', label: 'side.you', icon: Settings },
] as const satisfies readonly { to: string; place: string; label: string; icon: LucideIcon }[];

/** The places of a phone, at the thumb. Away in a room and in a call. */
export function BottomBar({ route }: { route: Route }) {
  const { t } = useI18n();
  const attention = useAttention();
  return (
    <nav className="bottom-bar" aria-label={t('side.places')}>
      {places.map(({ to, place, label, icon: Icon }) => {
        const here = route.place === place || (place === 'rooms' && route.place === 'home');
        return (
          <Link key={to} to={to} aria-current={here ? 'page' : undefined}>
            <Icon size={22} strokeWidth={1.75} aria-hidden="true" />
            {t(label)}
            {place === 'inbox' && attention > 0 && (
              <span className="badge badge-signal absolute start-1/2 top-1 ms-1">{attention}</span>
            )}
          </Link>
        );
      })}
    </nav>
  );
}
