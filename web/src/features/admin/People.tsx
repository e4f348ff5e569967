import { useCallback, useState } from 'react';
import { useClient } from '@/app/client';
import { useI18n } from '@/shared/i18n';
import { dateText } from '@/shared/lib/time';
import { useStore } from '@/shared/state/store';
import { Avatar } from '@/shared/ui/Avatar';
import { Button } from '@/shared/ui/Button';
import { Field } from '@/shared/ui/Field';
import { showError } from '@/features/notices/actions';
import { useList } from './useList';

/** Accounts: who administrates, who may come in. */
export function People() {
  const { t, language } = useI18n();
  const client = useClient();
  const me = useStore(client.session, (state) => state.user?.id);
  const [query, setQuery] = useState('');
  const { items, more, reload } = useList(useCallback((cursor: string | null) => client.api.adminUsers(query.trim(), cursor), [client, query]));
  const change = (id: string, body: { disabled?: boolean; role?: 'user' | 'admin' }) => {
    client.api.changeUser(id, body).then(reload, (error: unknown) => showError(client, error));
  };
  return (
    <div className="flex flex-col gap-4">
      <Field label={t('people.find')} type="search" value={query} onChange={setQuery} className="max-w-sm" />
      <ul role="list" aria-label={t('admin.people')} className="flex flex-col">
        {items?.map((user) => (
          <li key={user.id} className="flex min-h-14 flex-wrap items-center gap-3 rounded-lg px-2 py-1.5 hover:bg-hover">
            <Avatar id={user.id} name={user.name} size={32} url={user.avatarUrl} />
            <span className="min-w-0 flex-1">
              <bdi className="block truncate font-semibold">{user.name}</bdi>
              <span className="block truncate text-12 text-text-3">
                <bdi dir="ltr">{user.email}</bdi> · {dateText(user.createdAt, language)}
              </span>
            </span>
            {user.role === 'admin' && <span className="chip chip-accent">{t('admin.admin')}</span>}
            {user.guest && <span className="chip">{t('people.guest')}</span>}
            {user.disabled && <span className="chip chip-danger">{t('admin.disabled')}</span>}
            {user.id !== me && !user.guest && (
              <span className="flex gap-1">
                <Button look="ghost" size="s" onClick={() => change(user.id, { role: user.role === 'admin' ? 'user' : 'admin' })}>
                  {t(user.role === 'admin' ? 'admin.demote' : 'admin.promote')}
                </Button>
                <Button look="ghost" size="s" onClick={() => change(user.id, { disabled: !user.disabled })}>
                  {t(user.disabled ? 'admin.enable' : 'admin.disable')}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {more && (
        <Button look="soft" size="m" className="self-center" onClick={more}>
          {t('app.more')}
        </Button>
      )}
    </div>
  );
}
