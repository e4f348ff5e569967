import { Ellipsis, KeyRound, LogOut, ShieldCheck, Trash2, UserCheck, UserPlus, UserX } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useClient } from '@/app/client';
import type { User } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { dateText, momentText } from '@/shared/lib/time';
import { useStore } from '@/shared/state/store';
import { Avatar } from '@/shared/ui/Avatar';
import { Button } from '@/shared/ui/Button';
import { Field } from '@/shared/ui/Field';
import { IconButton } from '@/shared/ui/IconButton';
import { Menu, MenuItem, MenuLine } from '@/shared/ui/Menu';
import { statusOf } from '@/features/presence/presenceReducer';
import { NewAccount, ResetPassword } from '../AccountDialogs';
import { MoreButton } from '../MoreButton';
import { SureDialog } from '../SureDialog';
import { useList } from '../useList';
import { useMutation } from '../useMutation';
import { Scroller } from '../Scroller';

type Asked = { readonly what: 'reset' | 'delete'; readonly user: User } | { readonly what: 'new' } | null;

function Acts({ user, reload, ask }: { user: User; reload: () => void; ask: (asked: Asked) => void }) {
  const { t } = useI18n();
  const client = useClient();
  const mutate = useMutation(reload);
  const { id, name } = user;
  const admin = user.role === 'admin';
  return (
    <Menu trigger={<IconButton small label={t('admin.moreFor', { name })} icon={Ellipsis} />}>
      {!user.guest && (
        <>
          <MenuItem icon={ShieldCheck} onSelect={() => mutate(client.api.changeUser(id, { role: admin ? 'user' : 'admin' }))}>
            {t(admin ? 'accounts.demote' : 'accounts.promote')}
          </MenuItem>
          <MenuItem icon={KeyRound} onSelect={() => ask({ what: 'reset', user })}>
            {t('accounts.reset')}
          </MenuItem>
        </>
      )}
      <MenuItem icon={LogOut} onSelect={() => mutate(client.api.endSessionsOf(id), { key: 'accounts.sessionsEnded', parameters: { name } })}>
        {t('accounts.endSessions')}
      </MenuItem>
      <MenuItem icon={user.disabled ? UserCheck : UserX} onSelect={() => mutate(client.api.changeUser(id, { disabled: !user.disabled }))}>
        {t(user.disabled ? 'accounts.enable' : 'accounts.disable')}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={Trash2} danger onSelect={() => ask({ what: 'delete', user })}>
        {t('accounts.delete')}
      </MenuItem>
    </Menu>
  );
}

function Seen({ user }: { user: User }) {
  const { t, language } = useI18n();
  const client = useClient();
  const here = useStore(client.presence, (state) => statusOf(state, user.id) !== 'offline');
  if (here) return t('accounts.now');
  return user.lastSeenAt ? momentText(user.lastSeenAt, language) : t('accounts.never');
}

function PersonRow({ user, me, reload, ask }: { user: User; me: boolean; reload: () => void; ask: (asked: Asked) => void }) {
  const { t, language } = useI18n();
  return (
    <tr>
      <td>
        <span className="flex items-center gap-2.5">
          <Avatar id={user.id} name={user.name} size={28} url={user.avatarUrl} />
          <span className="min-w-0">
            <bdi className="block truncate font-semibold">{user.name}</bdi>
            <span className="block truncate text-12 text-text-3">
              <bdi dir="ltr">@{user.handle}</bdi>
            </span>
          </span>
        </span>
      </td>
      <td className="max-w-56 truncate text-text-2">
        <bdi dir="ltr">{user.email}</bdi>
      </td>
      <td>
        <span className="flex gap-1.5">
          {user.role === 'admin' && <span className="chip chip-accent">{t('admin.role')}</span>}
          {user.guest && <span className="chip">{t('people.guest')}</span>}
          {user.disabled && <span className="chip chip-danger">{t('accounts.disabled')}</span>}
          {user.role !== 'admin' && !user.guest && !user.disabled && <span className="text-text-2">{t('accounts.user')}</span>}
        </span>
      </td>
      <td className="whitespace-nowrap text-text-2 tabular-nums">
        <Seen user={user} />
      </td>
      <td className="whitespace-nowrap text-text-2 tabular-nums">{dateText(user.createdAt, language)}</td>
      <td className="text-end">{!me && <Acts user={user} reload={reload} ask={ask} />}</td>
    </tr>
  );
}

function Dialogs({ asked, close, reload }: { asked: Asked; close: () => void; reload: () => void }) {
  const { t } = useI18n();
  const client = useClient();
  const mutate = useMutation(reload);
  if (!asked) return null;
  if (asked.what === 'new') return <NewAccount onClose={close} onMade={reload} />;
  const { user } = asked;
  if (asked.what === 'reset') return <ResetPassword user={user} onClose={close} />;
  return (
    <SureDialog
      title={t('accounts.deleteOf', { name: user.name })}
      why={t('accounts.deleteWhy')}
      act={t('accounts.delete')}
      onClose={close}
      onSure={() => mutate(client.api.deleteUser(user.id), { key: 'accounts.deletedOne', parameters: { name: user.name } })}
    />
  );
}

/** Accounts: who administrates, who may come in, and the way back for who lost their password. */
export function People() {
  const { t } = useI18n();
  const client = useClient();
  const me = useStore(client.session, (state) => state.user?.id);
  const [query, setQuery] = useState('');
  const [guests, setGuests] = useState(false);
  const [asked, setAsked] = useState<Asked>(null);
  const { items, more, reload } = useList(useCallback((cursor: string | null) => client.api.adminUsers(query.trim(), cursor, guests), [client, query, guests]));
  const heads = [t('files.name'), t('accounts.email'), t('accounts.roleOf'), t('accounts.seen'), t('accounts.joined')];
  return (
    <>
      <div className="mb-3 flex flex-wrap items-end gap-3">
        <Field label={t('people.find')} type="search" value={query} onChange={setQuery} className="w-72 max-w-full" />
        <label className="flex min-h-10 items-center gap-2 text-13">
          <input type="checkbox" checked={guests} onChange={(event) => setGuests(event.target.checked)} />
          {t('accounts.guests')}
        </label>
        <span className="flex-1" />
        <Button look="primary" size="l" onClick={() => setAsked({ what: 'new' })}>
          <UserPlus size={16} aria-hidden="true" />
          {t('accounts.new')}
        </Button>
      </div>
      {items?.length === 0 && <p className="py-6 text-14 text-text-3">{t('accounts.noneFit')}</p>}
      {items && items.length > 0 && (
        <Scroller label={t('admin.people')}>
          <table className="admin-table" aria-label={t('admin.people')}>
            <thead>
              <tr>
                {heads.map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
                <th scope="col">
                  <span className="sr-only">{t('admin.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((user) => (
                <PersonRow key={user.id} user={user} me={user.id === me} reload={reload} ask={setAsked} />
              ))}
            </tbody>
          </table>
        </Scroller>
      )}
      <MoreButton more={more} />
      <Dialogs asked={asked} close={() => setAsked(null)} reload={reload} />
    </>
  );
}
