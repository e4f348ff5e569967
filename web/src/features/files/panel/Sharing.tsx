import { Link2, Lock, Trash2, Users } from 'lucide-react';
import { useState } from 'react';
import { useClient } from '@/app/client';
import type { FileGrant, Id, Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Avatar } from '@/shared/ui/Avatar';
import { Button } from '@/shared/ui/Button';
import { Flag } from '@/shared/ui/Flag';
import { IconButton } from '@/shared/ui/IconButton';
import { showError } from '@/features/notices/actions';
import { PeoplePicker } from '@/features/rooms/PeoplePicker';
import type { Face } from '../usePeople';
import { useWhen } from '../when';
import { LinkForm } from './LinkForm';
import type { Facts } from './useFacts';

interface Props {
  readonly facts: Facts;
  readonly room: Room;
  readonly people: (id: Id | null | undefined) => Face;
  readonly load: () => void;
}

function GrantMark({ grant, face }: { grant: FileGrant; face: Face }) {
  if (grant.kind === 'user') return <Avatar id={face.id} name={face.name} size={22} url={face.avatarUrl} />;
  const Icon = grant.kind === 'room' ? Users : grant.password ? Lock : Link2;
  return <Icon size={16} strokeWidth={1.75} aria-hidden="true" className="mx-0.75 flex-none text-text-2" />;
}

function useGrantText(people: Props['people']): (grant: FileGrant) => string {
  const { t } = useI18n();
  const client = useClient();
  const rooms = useStore(client.rooms, (state) => state.byId);
  return (grant) => {
    if (grant.kind === 'user') return people(grant.userId).name;
    if (grant.kind === 'link') return t(grant.password ? 'files.grantLocked' : 'files.grantLink');
    return t('files.grantRoom', { room: rooms[grant.roomId ?? '']?.name ?? t('files.otherRoom') });
  };
}

function GrantRow({ grant, text, face, over, onRevoke }: { grant: FileGrant; text: string; face: Face; over: boolean; onRevoke?: () => void }) {
  const { t } = useI18n();
  const when = useWhen();
  const end = grant.expiresAt ? t(over ? 'files.ended' : 'files.until', { time: when(grant.expiresAt) }) : grant.kind === 'link' ? t('files.endless') : '';
  return (
    <li>
      <GrantMark grant={grant} face={face} />
      <bdi className="min-w-0 flex-1 truncate">{text}</bdi>
      <span className="text-text-3 tabular-nums">{end}</span>
      {onRevoke && <IconButton small label={t('files.revoke', { who: text })} icon={Trash2} size={14} onClick={onRevoke} />}
    </li>
  );
}

/** Who may see a file: its room, single people, and whoever has a link; and the changing of that. */
export function Sharing({ facts, room, people, load }: Props) {
  const { t } = useI18n();
  const client = useClient();
  const [changing, setChanging] = useState(false);
  const { file, grants } = facts;
  const grantText = useGrantText(people);
  const act = (work: Promise<unknown>) => {
    work.then(load, (error: unknown) => showError(client, error));
  };
  const granted = grants.flatMap(({ userId }) => userId ?? []);
  return (
    <section aria-label={t('files.who')} className="blk">
      <h3>
        <span className="flex-1">{t('files.who')}</span>
        {/* A link or a person could fetch a sealed file, and could not read it. */}
        {file.canGrant && !file.sealedIn && (
          <Button look="ghost" size="s" aria-expanded={changing} onClick={() => setChanging(!changing)}>
            {t(changing ? 'files.done' : 'files.change')}
          </Button>
        )}
      </h3>
      <ul role="list">
        <li>
          {file.roomId ? <Flag room={room.id} spec={room.flag} size={22} /> : <Lock size={16} aria-hidden="true" className="mx-0.75 text-text-2" />}
          <span className="min-w-0 flex-1 truncate" dir="auto">
            {file.roomId ? t('files.roomSees', { room: room.name }) : t('files.onlyOwner')}
          </span>
          {file.roomId && <span className="text-text-3 tabular-nums">{t('files.people', { n: room.memberCount })}</span>}
        </li>
        {grants.map((grant) => (
          <GrantRow
            key={grant.id}
            grant={grant}
            text={grantText(grant)}
            face={people(grant.userId)}
            over={grant.expiresAt ? Date.parse(grant.expiresAt) < facts.askedAt : false}
            onRevoke={changing ? () => act(client.api.removeGrant(file.id, grant.id)) : undefined}
          />
        ))}
      </ul>
      {changing && (
        <div className="mt-2 flex flex-col items-stretch gap-3 pb-2">
          <PeoplePicker
            label={t('files.letSee')}
            picked={[]}
            without={granted}
            onChange={(picked) => {
              for (const { id } of picked) act(client.api.addGrant(file.id, { kind: 'user', userId: id }));
            }}
          />
          <LinkForm fileId={file.id} onMade={load} />
        </div>
      )}
    </section>
  );
}
