import { useState } from 'react';
import { useI18n } from '@/shared/i18n';
import { useClient } from '@/app/client';
import { Avatar } from '@/shared/ui/Avatar';
import { Button } from '@/shared/ui/Button';
import { Flag } from '@/shared/ui/Flag';
import { showError } from '@/features/notices/actions';
import { useAdmin } from '../AdminContext';
import type { AdminCall, MediaPerson } from '../adminReducer';
import { CallTable, QualityStrip, useLimitText, useRoomName } from '../CallTable';
import { limitOf } from '../metrics/quality';
import { Scroller } from '../Scroller';

function Media({ person }: { person: MediaPerson }) {
  const { t } = useI18n();
  const of = (source: string) => person.tracks.find((track) => track.source === source);
  const text = (track: MediaPerson['tracks'][number] | undefined) => {
    if (!track) return '–';
    if (track.muted) return t('liveCalls.muted');
    return track.height > 0 ? `${track.width}×${track.height}` : '✓';
  };
  return (
    <>
      <td>{text(of('microphone'))}</td>
      <td className="tabular-nums">
        <bdi dir="ltr">{text(of('camera'))}</bdi>
      </td>
      <td className="tabular-nums">
        <bdi dir="ltr">{text(of('screen'))}</bdi>
      </td>
    </>
  );
}

function PersonRow({ person }: { person: MediaPerson }) {
  const { t, language } = useI18n();
  const score = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(person.score);
  const weak = person.quality === 'poor' || person.quality === 'lost';
  return (
    <tr>
      <td>
        <span className="flex items-center gap-2.5">
          <Avatar id={person.userId} name={person.name} size={24} />
          <bdi className="truncate font-semibold">{person.name}</bdi>
        </span>
      </td>
      <td>
        <span className={weak ? 'chip chip-signal' : 'text-text-2'}>{t(`liveCalls.${person.quality}`)}</span>
      </td>
      <td className="tabular-nums">{t('liveCalls.ofFive', { n: score })}</td>
      <Media person={person} />
    </tr>
  );
}

function EndCall({ item }: { item: AdminCall }) {
  const { t } = useI18n();
  const client = useClient();
  const [sure, setSure] = useState(false);
  return (
    <Button
      size="m"
      look={sure ? 'danger' : 'outline'}
      onBlur={() => setSure(false)}
      onClick={() => {
        if (!sure) setSure(true);
        else client.api.endCall(item.call.id).catch((error: unknown) => showError(client, error));
      }}
    >
      {t(sure ? 'liveCalls.endSure' : 'liveCalls.end')}
    </Button>
  );
}

function CallDetails({ item }: { item: AdminCall }) {
  const { t } = useI18n();
  const limitText = useLimitText();
  const roomName = useRoomName();
  const heads = ['state', 'score', 'microphone', 'camera', 'screen'] as const;
  return (
    <section aria-label={roomName(item)} className="card mt-4 p-4">
      <h2 className="flex flex-wrap items-center gap-2.5 text-14 font-semibold">
        <Flag room={item.call.roomId} size={24} />
        <bdi className="min-w-0 truncate">{roomName(item)}</bdi>
        <span className="flex-1 truncate text-13 font-normal text-text-2" dir="auto">
          {limitText(limitOf(item))}
        </span>
        <QualityStrip callId={item.call.id} />
        <EndCall item={item} />
      </h2>
      {item.participants.length === 0 && <p className="mt-2 text-13 text-text-3">{t('liveCalls.nobody')}</p>}
      {item.participants.length > 0 && (
        <Scroller label={roomName(item)}>
          <table className="admin-table">
            <thead>
              <tr>
                <th scope="col">{t('admin.people')}</th>
                {heads.map((head) => (
                  <th key={head} scope="col">
                    {t(`liveCalls.${head}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {item.participants.map((person) => (
                <PersonRow key={person.identity} person={person} />
              ))}
            </tbody>
          </table>
        </Scroller>
      )}
    </section>
  );
}

/** Every call in progress, and who in it has which line. The one of the address stands first. */
export function Calls() {
  const calls = useAdmin((state) => state.calls);
  const chosen = new URLSearchParams(window.location.search).get('call');
  if (!calls) return null;
  const sorted = calls.toSorted((a, b) => Number(b.call.id === chosen) - Number(a.call.id === chosen));
  return (
    <>
      <CallTable calls={calls} />
      {sorted.map((item) => (
        <CallDetails key={item.call.id} item={item} />
      ))}
    </>
  );
}
