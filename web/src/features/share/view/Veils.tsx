import { Pause, ScreenShare } from 'lucide-react';
import { useCall } from '@/features/call/session/CallContext';
import { userOf } from '@/features/call/session/RoomCallContext';
import type { Person } from '@/features/call/session/types';
import { useI18n } from '@/shared/i18n';
import { Avatar } from '@/shared/ui/Avatar';

/** What lies beneath the picture, and shows while there is none. */
export function Beneath({ person, ownTab }: { person: Person; ownTab: boolean }) {
  const { t } = useI18n();
  const { name, screenPaused: paused, me } = person;
  return (
    <div className="absolute inset-0 flex flex-col items-center justify-center gap-3 px-6 text-center text-13 text-stage-text-2">
      {me ? <ScreenShare size={28} aria-hidden="true" /> : <Avatar id={userOf(person.identity)} name={name} size={56} />}
      <span dir="auto">{paused ? null : t(ownTab ? 'screen.thisTab' : 'share.waiting')}</span>
    </div>
  );
}

/** Over the picture: its sharer paused it, or it stands still because a line is broken, theirs or mine. */
export function Veil({ person }: { person: Person }) {
  const { t } = useI18n();
  const { phase } = useCall();
  if (person.screenPaused) {
    return (
      <div role="status" className="absolute inset-0 z-1 flex flex-col items-center justify-center gap-3 bg-stage-tile px-6 text-center text-15 font-semibold">
        <Pause size={28} aria-hidden="true" />
        <span dir="auto">{person.me ? t('screen.iPaused') : t('screen.paused', { name: person.name })}</span>
      </div>
    );
  }
  if (person.me || (!person.away && phase !== 'reconnecting')) return null;
  return (
    <p role="status" className="share-frozen">
      {t('line.frozen')}
    </p>
  );
}
