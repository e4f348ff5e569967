import { UserPlus } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useClient } from '@/app/client';
import type { Invitation } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { momentText } from '@/shared/lib/time';
import { Button } from '@/shared/ui/Button';
import { NewInvitation } from '../NewInvitation';
import { Pairs } from '../Pairs';
import { useList } from '../useList';
import { Scroller } from '../Scroller';

function Ways() {
  const { t } = useI18n();
  const { registration, passwordLogin, guests, providers } = useClient().config;
  const names = providers.map(({ name }) => name).join(', ');
  const facts: readonly (readonly [string, string])[] = [
    [t('access.registration'), t(`access.${registration}`)],
    [t('access.passwords'), t(passwordLogin ? 'access.yes' : 'access.no')],
    [t('access.guests'), t(guests ? 'access.yes' : 'access.no')],
    [t('access.providers'), names || t('access.none')],
  ];
  return (
    <>
      <Pairs facts={facts} />
      <p className="mt-2 text-12 text-text-3">{t('access.how')}</p>
    </>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const { t, language } = useI18n();
  const { email, uses, maxUses, expiresAt, admin } = invitation;
  return (
    <tr>
      <td>
        <bdi>{email ?? t('access.anybody')}</bdi> {admin && <span className="chip chip-accent">{t('admin.role')}</span>}
      </td>
      <td className="tabular-nums">{maxUses > 0 ? t('access.usesOf', { n: uses, most: maxUses }) : t('access.usesAny', { n: uses })}</td>
      <td className="tabular-nums">{momentText(expiresAt, language)}</td>
    </tr>
  );
}

function Invitations() {
  const { t } = useI18n();
  const client = useClient();
  const [making, setMaking] = useState(false);
  const { items, reload } = useList(useCallback(() => client.api.serverInvitations(), [client]));
  return (
    <section aria-label={t('access.invitations')}>
      <h2 className="admin-h2">
        <span className="flex-1">{t('access.invitations')}</span>
        <Button size="m" onClick={() => setMaking(true)}>
          <UserPlus size={15} aria-hidden="true" />
          {t('access.newInvitation')}
        </Button>
      </h2>
      {items?.length === 0 && <p className="text-13 text-text-3">{t('access.noInvitations')}</p>}
      {items && items.length > 0 && (
        <Scroller label={t('access.invitations')}>
          <table className="admin-table">
            <thead>
              <tr>
                <th scope="col">{t('access.invited')}</th>
                <th scope="col">{t('access.uses')}</th>
                <th scope="col">{t('access.ends')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((invitation) => (
                <InvitationRow key={invitation.id} invitation={invitation} />
              ))}
            </tbody>
          </table>
        </Scroller>
      )}
      {making && <NewInvitation onClose={() => setMaking(false)} onMade={reload} />}
    </section>
  );
}

/** Who may come in, by which way, and what they may then. */
export function Access() {
  const { t } = useI18n();
  return (
    <div className="flex max-w-2xl flex-col gap-5">
      <Ways />
      <Invitations />
      <section aria-label={t('access.roles')}>
        <h2 className="admin-h2">{t('access.roles')}</h2>
        <ul role="list" className="flex flex-col gap-1.5 text-13 text-text-2">
          <li>{t('access.roleAdmin')}</li>
          <li>{t('access.roleMember')}</li>
          <li>{t('access.roleGuest')}</li>
        </ul>
      </section>
    </div>
  );
}
