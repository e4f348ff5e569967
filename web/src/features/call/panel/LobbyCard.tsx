import { X } from 'lucide-react';
import { useI18n } from '@/shared/i18n';
import { Avatar } from '@/shared/ui/Avatar';
import { Button } from '@/shared/ui/Button';
import { IconButton } from '@/shared/ui/IconButton';
import type { HostActs } from '../session/RoomCallContext';

/** Who waits before the call. Amber: they need a host. Not there while nobody waits. */
export function LobbyCard({ host }: { host: HostActs }) {
  const { t } = useI18n();
  const { lobby } = host;
  if (lobby.length === 0) return null;
  return (
    <section aria-label={t('stage.waiting', { n: lobby.length })} className="mx-3 mt-3 flex-none rounded-xl bg-signal-soft p-3">
      <div className="mb-1 flex items-center gap-2">
        <h3 className="min-w-0 flex-1 text-13 font-semibold">{t('stage.waiting', { n: lobby.length })}</h3>
        {lobby.length > 1 && (
          <button
            type="button"
            className="rounded-lg px-2 py-1 text-13 font-semibold text-signal-text hover:bg-signal/20 pointer-coarse:min-h-11"
            onClick={() => host.admit(lobby.map(({ userId }) => userId))}
          >
            {t('stage.admitAll')}
          </button>
        )}
      </div>
      <ul role="list" className="max-h-56 overflow-y-auto">
        {lobby.map(({ userId, name }) => (
          <li key={userId} className="flex min-h-11 items-center gap-2.5">
            <Avatar id={userId} name={name} size={30} />
            <bdi className="min-w-0 flex-1 truncate text-14 font-semibold">{name}</bdi>
            <IconButton small icon={X} size={16} label={t('stage.turnAway', { name })} onClick={() => host.turnAway(userId)} />
            <Button look="signal" size="s" data-admit="" aria-label={t('stage.admitName', { name })} onClick={() => host.admit([userId])}>
              {t('stage.admit')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
