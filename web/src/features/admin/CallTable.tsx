import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { useClient } from '@/app/client';
import { AvatarStack } from '@/shared/ui/Avatar';
import { Flag } from '@/shared/ui/Flag';
import { Link } from '@/shared/ui/Link';
import { clock } from '@/features/calls/clock';
import { useAdmin } from './AdminContext';
import type { AdminCall } from './adminReducer';
import { adminPath } from './adminPages';
import { limitOf, sendingOf, strip, worstOf, type Limit } from './metrics/quality';
import { Scroller } from './Scroller';

const FACES = 3;

export function QualityStrip({ callId }: { callId: string }) {
  const { t } = useI18n();
  const minutes = useAdmin((state) => state.quality[callId]) ?? {};
  const now = useAdmin((state) => state.updatedAt) ?? 0;
  const worst = worstOf(minutes);
  const words = { good: 'liveCalls.qualityGood', fair: 'liveCalls.qualityFair', poor: 'liveCalls.qualityPoor' } as const;
  return (
    <span className="quality" role="img" aria-label={t(worst ? words[worst] : 'liveCalls.qualityUnknown')}>
      {strip(minutes, now).map((quality, index) => (
        <i key={index} data-quality={quality ?? 'none'} />
      ))}
    </span>
  );
}

export function useLimitText(): (limit: Limit) => string {
  const { t } = useI18n();
  return (limit) => {
    switch (limit.kind) {
      case 'nothing':
        return t('liveCalls.nothing');
      case 'ringing':
        return t('liveCalls.ringing');
      case 'gone':
        return t('liveCalls.gone', { name: limit.name });
      case 'weak':
        return limit.more > 0 ? t('liveCalls.weakMore', { name: limit.name, n: limit.more }) : t('liveCalls.weak', { name: limit.name });
    }
  };
}

export function useRoomName(): (item: AdminCall) => string {
  const client = useClient();
  const rooms = useStore(client.rooms, (state) => state.byId);
  return ({ call, roomName }) => (roomName !== '' && roomName) || (rooms[call.roomId]?.name ?? call.roomId);
}

function CallRow({ item }: { item: AdminCall }) {
  const { t } = useI18n();
  const now = useAdmin((state) => state.updatedAt) ?? 0;
  const limitText = useLimitText();
  const roomName = useRoomName();
  const { call, participants } = item;
  const people = call.participants.filter(({ status }) => status === 'joined');
  const limit = limitOf(item);
  const { cameras, screens, voices } = sendingOf(item);
  const sends = [cameras && t('liveCalls.cameras', { n: cameras }), screens && t('liveCalls.screens', { n: screens }), voices && t('liveCalls.voices', { n: voices })];
  return (
    <tr>
      <td className="max-w-48">
        <Link to={`${adminPath('calls')}?call=${encodeURIComponent(call.id)}`} className="flex items-center gap-2.5">
          <Flag room={call.roomId} size={20} />
          <bdi className="truncate font-semibold">{roomName(item)}</bdi>
        </Link>
      </td>
      <td>
        <span className="flex items-center gap-2">
          <AvatarStack people={people.slice(0, FACES).map(({ userId, name }) => ({ id: userId, name: name ?? '' }))} size={20} />
          <span className="text-text-2 tabular-nums">{people.length > 0 ? people.length : participants.length}</span>
        </span>
      </td>
      <td className="text-text-2 tabular-nums">{clock(Math.max(0, Math.floor((now - Date.parse(call.answeredAt ?? call.startedAt)) / 1000)))}</td>
      <td>
        <QualityStrip callId={call.id} />
      </td>
      <td className={`max-w-60 truncate ${limit.kind === 'nothing' ? 'text-text-2' : 'text-text'}`} dir="auto">
        {limitText(limit)}
      </td>
      <td className="text-text-2">{sends.filter(Boolean).join(' · ')}</td>
    </tr>
  );
}

/** Calls in progress: how good they are, and what keeps them from being better. */
export function CallTable({ calls }: { calls: readonly AdminCall[] }) {
  const { t } = useI18n();
  const heads = ['room', 'people', 'since', 'quality', 'limits', 'sending'] as const;
  if (calls.length === 0) return <p className="py-2 text-13 text-text-3">{t('liveCalls.none')}</p>;
  return (
    <Scroller label={t('liveCalls.now')}>
      <table className="admin-table">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head === 'people' ? t('admin.people') : t(`liveCalls.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {calls.map((item) => (
            <CallRow key={item.call.id} item={item} />
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}
