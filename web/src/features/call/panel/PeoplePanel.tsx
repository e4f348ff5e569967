import { Lock, LockOpen, Mic, ScreenShare, Video } from 'lucide-react';
import { useState } from 'react';
import { walkRows } from '@/shared/lib/walkRows';
import { useI18n } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import { Field } from '@/shared/ui/Field';
import { Menu, MenuCheck } from '@/shared/ui/Menu';
import { useCall, useSession, useView } from '../session/CallContext';
import { userOf, useRoomCall, type HostActs } from '../session/RoomCallContext';
import type { Person } from '../session/types';
import { LobbyCard } from './LobbyCard';
import { inOrder } from './order';
import { PersonRow } from './PersonRow';

const SEARCH_FROM = 12;

/** Who was heard since the list is open: they stand above the others and stay there. */
function useHeard(people: readonly Person[]): ReadonlySet<string> {
  const [heard, setHeard] = useState<ReadonlySet<string>>(new Set());
  const fresh = people.filter(({ speaking, identity }) => speaking && !heard.has(identity));
  if (fresh.length > 0) setHeard(new Set([...heard, ...fresh.map(({ identity }) => identity)]));
  return heard;
}

/** What hosts leave to everybody, or keep to themselves. */
const rights = [
  ['microphone', Mic, 'stage.allSpeak'],
  ['camera', Video, 'stage.allShow'],
  ['screenShare', ScreenShare, 'stage.allShare'],
] as const;

function HostFoot({ host }: { host: HostActs }) {
  const { t } = useI18n();
  const Icon = host.locked ? LockOpen : Lock;
  return (
    <div className="flex flex-none gap-2 border-t border-line p-3">
      <Button size="m" className="flex-1" aria-pressed={host.locked} onClick={() => host.lock(!host.locked)}>
        <Icon size={16} aria-hidden="true" />
        {t(host.locked ? 'stage.unlock' : 'stage.lock')}
      </Button>
      <Menu
        trigger={
          <Button size="m" className="flex-1">
            {t('stage.whoMay')}
          </Button>
        }
      >
        {rights.map(([right, icon, key]) => (
          <MenuCheck key={right} icon={icon} checked={host.allowed[right]} onSelect={() => host.allow({ [right]: !host.allowed[right] })}>
            {t(key)}
          </MenuCheck>
        ))}
      </Menu>
    </div>
  );
}

/** Who is in the call: the lobby first, then hands, then voices, then names. */
export function PeoplePanel() {
  const { t } = useI18n();
  const { people } = useCall();
  const session = useSession();
  const { pins } = useView();
  const roomCall = useRoomCall();
  const [query, setQuery] = useState('');
  const heard = useHeard(people);
  const host = roomCall?.host;
  const handOf = ({ identity }: Person) => (roomCall?.hands.indexOf(userOf(identity)) ?? -1) + 1;
  const wanted = query.trim().toLocaleLowerCase();
  const shown = inOrder(people, handOf, heard).filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  const talking = people.filter(({ me, microphone }) => !me && microphone).map(({ identity }) => userOf(identity));
  const pin = useState(() => (identity: string) => session.view.dispatch({ type: 'pin', identity }))[0];
  const small = 'rounded-lg px-2 py-1 text-13 font-semibold text-text-2 hover:bg-active disabled:opacity-50 pointer-coarse:min-h-11';
  return (
    <div className="flex min-h-0 flex-1 flex-col" onKeyDownCapture={(event) => walkRows(event, false)}>
      {host && <LobbyCard host={host} />}
      <div className="flex flex-none items-center gap-1 px-5 pt-3 pb-1">
        <h3 className="min-w-0 flex-1 text-13 font-semibold text-text-2">{t('stage.inCall')}</h3>
        {host && (roomCall?.hands.length ?? 0) > 1 && (
          <button type="button" className={small} onClick={host.lowerAll}>
            {t('stage.lowerAll')}
          </button>
        )}
        {host && people.length > 1 && (
          <button type="button" className={small} disabled={talking.length === 0} onClick={() => host.mute(talking)}>
            {t('stage.muteAll')}
          </button>
        )}
      </div>
      {people.length >= SEARCH_FROM && (
        <div className="px-3">
          <Field label={t('stage.find')} type="search" value={query} onChange={setQuery} />
        </div>
      )}
      <ul role="list" aria-label={t('stage.inCall')} className="min-h-0 flex-1 overflow-y-auto p-2">
        {shown.map((person) => (
          <PersonRow
            key={person.identity}
            person={person}
            hand={handOf(person)}
            isHost={roomCall?.hosts.includes(userOf(person.identity)) ?? false}
            pinned={pins.includes(person.identity)}
            spotlit={roomCall?.spotlight === person.identity}
            host={host}
            onPin={pin}
          />
        ))}
      </ul>
      {host && <HostFoot host={host} />}
    </div>
  );
}
