import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useClient } from '@/app/client';
import type { Room } from '@/shared/api/types';
import { useI18n, type Phrase } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Banner } from '@/shared/ui/Banner';
import { Button } from '@/shared/ui/Button';
import { Dialog } from '@/shared/ui/Dialog';
import { errorPhrase } from '@/features/notices/actions';
import { PeoplePicker, type Picked } from './PeoplePicker';

type Kind = 'member' | 'guest';

function useLink(room: Room, kind: Kind) {
  const client = useClient();
  const [links, setLinks] = useState<Partial<Record<Kind, string>>>({});
  const [failure, setFailure] = useState<Phrase | null>(null);
  const link = links[kind];
  useEffect(() => {
    if (link) return;
    const made = kind === 'member' ? client.api.invite(room.id) : client.api.guestLink(room.id);
    made.then(
      async ({ token }) => {
        const place = kind === 'member' ? 'j' : 'guest';
        // An encrypted room's secret stays behind #, which no server ever sees.
        const secret = await client.e2ee.fragment(room.id);
        if (token) setLinks((all) => ({ ...all, [kind]: `${window.location.origin}/${place}/${encodeURIComponent(token)}${secret}` }));
        setFailure(null);
      },
      (error: unknown) => setFailure(errorPhrase(error)),
    );
  }, [client, room, kind, link]);
  return { link, failure };
}

function CopyField({ link }: { link: string | undefined }) {
  const { t } = useI18n();
  const [copied, setCopied] = useState(false);
  return (
    <div className="flex gap-2">
      <input
        readOnly
        dir="ltr"
        aria-label={t('invite.link')}
        value={link ?? ''}
        onFocus={(event) => event.currentTarget.select()}
        className="min-h-10 min-w-0 flex-1 rounded-lg bg-sunken px-3 text-13 inset-ring inset-ring-line"
      />
      <Button
        disabled={!link}
        onClick={() => {
          void navigator.clipboard.writeText(link ?? '').then(() => {
            setCopied(true);
            setTimeout(() => setCopied(false), 1500);
          });
        }}
      >
        {copied ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
        <span aria-live="polite">{t(copied ? 'call.inviteCopied' : 'call.invite')}</span>
      </Button>
    </div>
  );
}

function Content({ room, onClose }: { room: Room; onClose: () => void }) {
  const { t, phrase } = useI18n();
  const client = useClient();
  const [kind, setKind] = useState<Kind>('member');
  const [people, setPeople] = useState<readonly Picked[]>([]);
  const [failed, setFailed] = useState<Phrase | null>(null);
  const members = useStore(client.rooms, (state) => state.members[room.id]);
  const { link, failure } = useLink(room, kind);

  async function add() {
    try {
      for (const { id } of people) {
        const member = await client.api.addMember(room.id, id);
        client.rooms.dispatch({ type: 'member', roomId: room.id, member });
      }
      onClose();
    } catch (error) {
      setFailed(errorPhrase(error));
    }
  }

  return (
    <div className="flex flex-col gap-5 px-6 pb-6">
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <PeoplePicker label={t('invite.people')} picked={people} onChange={setPeople} without={members?.map(({ userId }) => userId)} />
        {failed && <Banner tone="error">{phrase(failed)}</Banner>}
        <Button type="submit" look="primary" disabled={people.length === 0} className="self-end">
          {t('invite.add')}
        </Button>
      </form>
      <div className="flex flex-col gap-3 border-t border-line-soft pt-5">
        <div className="seg self-start" role="radiogroup" aria-label={t('invite.link')}>
          {(['member', 'guest'] as const)
            .filter((value) => value === 'member' || client.config.guests)
            .map((value) => (
              <button key={value} type="button" role="radio" aria-checked={kind === value} onClick={() => setKind(value)}>
                {t(value === 'member' ? 'invite.asMember' : 'invite.asGuest')}
              </button>
            ))}
        </div>
        {failure ? <Banner tone="error">{phrase(failure)}</Banner> : <CopyField link={link} />}
        <p className="text-12 text-text-3">{t(kind === 'member' ? 'invite.memberWhy' : 'invite.guestWhy')}</p>
        {room.e2ee && (
          <p className="text-12 text-text-2">
            {t('e2ee.inviteWhy')} {t('e2ee.addWhy')}
          </p>
        )}
      </div>
    </div>
  );
}

export function InviteDialog({ room, open, onClose }: { room: Room; open: boolean; onClose: () => void }) {
  const { t } = useI18n();
  return (
    <Dialog open={open} onClose={onClose} title={t('invite.title', { room: room.name })} width={500}>
      <Content room={room} onClose={onClose} />
    </Dialog>
  );
}
