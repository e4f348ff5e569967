import { LogOut, Settings, ShieldCheck } from 'lucide-react';
import { useClient } from '@/app/client';
import { navigate } from '@/app/router';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Avatar } from '@/shared/ui/Avatar';
import { Menu, MenuItem, MenuLine } from '@/shared/ui/Menu';
import { showError } from '@/features/notices/actions';
import { signOut } from '@/features/session/actions';
import { statusOf } from './presenceReducer';

const choices = ['online', 'away', 'busy'] as const;

/** Myself at the foot of the side bar: how I am there, settings, the way out. */
export function MeMenu() {
  const { t } = useI18n();
  const client = useClient();
  const user = useStore(client.session, (state) => state.user);
  const told = useStore(client.presence, (state) => statusOf(state, user?.id));
  // Whoever sees this page is here, also before the server has said so.
  const status = told === 'offline' ? 'online' : told;
  if (!user) return null;
  const words = (user.statusText ?? '') === '' ? t(`presence.${status}`) : user.statusText;
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className="flex min-w-0 flex-1 items-center gap-2.5 rounded-lg text-start">
          <span className="sr-only">{`${t('side.me', { name: user.name })}, ${words}`}</span>
          <Avatar id={user.id} name={user.name} size={30} url={user.avatarUrl} presence={status} />
          <span aria-hidden="true" className="me-name min-w-0 flex-1 leading-tight">
            <bdi className="block truncate font-semibold">{user.name}</bdi>
            <span className="block truncate text-12 font-normal text-text-3">{words}</span>
          </span>
        </button>
      }
    >
      {choices.map((choice) => (
        <MenuItem
          key={choice}
          onSelect={() => {
            client.api.setPresence(choice).then(
              (presence) => client.presence.dispatch({ type: 'presence', list: [{ ...presence, userId: user.id }] }),
              (error: unknown) => showError(client, error),
            );
          }}
        >
          {t(`presence.${choice}`)}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem icon={Settings} keys="Ctrl ," onSelect={() => navigate('/settings')}>
        {t('side.settings')}
      </MenuItem>
      {user.role === 'admin' && (
        <MenuItem icon={ShieldCheck} onSelect={() => navigate('/admin')}>
          {t('side.admin')}
        </MenuItem>
      )}
      <MenuLine />
      <MenuItem icon={LogOut} onSelect={() => void signOut(client)}>
        {t('side.signOut')}
      </MenuItem>
    </Menu>
  );
}
