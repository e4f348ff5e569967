import { useEffect, useState } from 'react';
import { useClient } from '@/app/client';
import type { Endpoints } from '@/shared/api/endpoints';
import { useI18n } from '@/shared/i18n';
import { sizeText, timeText } from '@/shared/lib/time';
import { useStore } from '@/shared/state/store';
import { AvatarStack } from '@/shared/ui/Avatar';
import { showError } from '@/features/notices/actions';

const EVERY_MS = 10_000;

type Answer<Name extends keyof Endpoints> = Awaited<ReturnType<Endpoints[Name]>>;
interface State {
  readonly overview: Answer<'overview'>;
  readonly storage: Answer<'storage'>;
  readonly calls: Answer<'adminCalls'>;
}

function useOverview(): State | null {
  const client = useClient();
  const [state, setState] = useState<State | null>(null);
  useEffect(() => {
    const load = async () => {
      try {
        const [overview, storage, calls] = await Promise.all([client.api.overview(), client.api.storage(), client.api.adminCalls()]);
        setState({ overview, storage, calls });
      } catch (error) {
        showError(client, error);
      }
    };
    void load();
    const timer = setInterval(() => void load(), EVERY_MS);
    return () => clearInterval(timer);
  }, [client]);
  return state;
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div className="card p-4">
      <dt className="text-13 text-text-2">{label}</dt>
      <dd className="mt-1 text-26 font-semibold tracking-[-0.018em] tabular-nums">{value}</dd>
    </div>
  );
}

/** Five numbers, the calls that go on, storage and the server. */
export function Overview() {
  const { t, language } = useI18n();
  const client = useClient();
  const rooms = useStore(client.rooms, (all) => all.byId);
  const state = useOverview();
  if (!state) return null;
  const { overview, storage, calls } = state;
  const number = (value = 0) => new Intl.NumberFormat(language).format(value);
  return (
    <div className="flex flex-col gap-6">
      <dl className="grid grid-cols-[repeat(auto-fit,minmax(150px,1fr))] gap-3">
        <Figure label={t('admin.connected')} value={number(overview.connected)} />
        <Figure label={t('admin.callsNow')} value={number(overview.callsInProgress)} />
        <Figure label={t('admin.accounts')} value={number(overview.users)} />
        <Figure label={t('side.rooms')} value={number(overview.rooms)} />
        <Figure label={t('admin.storage')} value={sizeText(storage.storedBytes, language)} />
      </dl>
      <section aria-label={t('admin.callsNow')}>
        <h2 className="mb-2 text-15 font-semibold">{t('admin.callsNow')}</h2>
        {calls.items.length === 0 && <p className="text-14 text-text-3">{t('admin.noCalls')}</p>}
        <ul role="list" className="flex flex-col gap-1">
          {calls.items.map(({ call, roomName }) => (
            <li key={call.id} className="card flex items-center gap-3 p-3">
              <bdi className="min-w-0 flex-1 truncate font-semibold">{roomName ?? rooms[call.roomId]?.name ?? call.roomId}</bdi>
              <AvatarStack
                people={call.participants.filter(({ status }) => status === 'joined').map(({ userId, name }) => ({ id: userId, name: name ?? '' }))}
                size={24}
              />
              <time dateTime={call.startedAt} className="text-13 text-text-2">
                {timeText(call.startedAt, language)}
              </time>
            </li>
          ))}
        </ul>
      </section>
      <section aria-label={t('admin.server')}>
        <h2 className="mb-2 text-15 font-semibold">{t('admin.server')}</h2>
        <dl className="grid max-w-md grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-14">
          <dt className="text-text-2">{t('admin.version')}</dt>
          <dd>
            <bdi dir="ltr">{overview.version}</bdi>
          </dd>
          <dt className="text-text-2">{t('admin.database')}</dt>
          <dd>
            <bdi dir="ltr">{overview.database.engine}</bdi>
          </dd>
          <dt className="text-text-2">{t('admin.files')}</dt>
          <dd className="tabular-nums">{number(storage.files)}</dd>
        </dl>
      </section>
    </div>
  );
}
