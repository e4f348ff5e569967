import { useI18n } from '@/shared/i18n';
import { Avatar, AvatarStack } from '@/shared/ui/Avatar';
import { findMe, useCall } from '../session/CallContext';
import { userOf } from '../session/RoomCallContext';
import type { Person } from '../session/types';
import { VideoView } from '../stage/Tile';
import { useFollowed } from '../stage/useFollowed';

/** The one person of a window too small for more: who shares, who speaks for a while, else the first of the others. */
export function useWhoMatters(): Person | undefined {
  const { people } = useCall();
  const followed = useFollowed(people);
  const others = people.filter(({ me }) => !me);
  return others.find(({ screen }) => screen) ?? others.find(({ identity }) => identity === followed) ?? others[0] ?? people[0];
}

const FACES = 4;

/** Whoever matters now, me in a corner; without any picture the faces of the others; and that the line broke. */
export function SmallStage({ shown, face }: { shown: Person | undefined; face: number }) {
  const { t } = useI18n();
  const { people, phase } = useCall();
  const me = findMe(people);
  // What is paused has no picture; its black would say that something is broken.
  const screen = shown?.screenPaused ? null : (shown?.screen ?? null);
  const picture = screen ?? shown?.camera ?? null;
  const others = people.filter((person) => !person.me);
  const voices = picture === null && others.length > 1;
  const away = phase === 'reconnecting';
  return (
    <div data-small-stage="" className="relative min-h-0 flex-1 bg-stage-tile">
      <div className={`absolute inset-0 ${away ? 'opacity-60' : ''}`}>
        <div className="absolute inset-0 grid place-items-center">
          {voices ? (
            <AvatarStack people={others.slice(0, FACES).map(({ identity, name }) => ({ id: userOf(identity), name }))} size={44} more={Math.max(0, others.length - FACES)} />
          ) : (
            shown && <Avatar id={userOf(shown.identity)} name={shown.name} size={face} />
          )}
        </div>
        {picture && shown && <VideoView key={picture.id} picture={picture} mirrored={shown.mirrored && picture === shown.camera} fit={screen ? 'contain' : 'cover'} />}
        {me?.camera && shown !== me && (
          <span className="absolute end-2 bottom-2 h-10 w-16 overflow-hidden rounded-md ring ring-stage-line" aria-hidden="true">
            <VideoView key={me.camera.id} picture={me.camera} mirrored={me.mirrored} fit="cover" />
          </span>
        )}
      </div>
      {away ? (
        <p className="absolute inset-x-2 top-2 rounded-[7px] bg-plate px-2 py-1 text-12 font-semibold text-white">{t('notice.reconnecting')}</p>
      ) : (
        <span className="absolute start-2 bottom-2 max-w-[calc(100%-6rem)] truncate rounded-[7px] bg-plate px-2 py-1 text-12 font-semibold text-white">
          <bdi>{shown?.me ? t('call.you') : shown?.name}</bdi>
        </span>
      )}
    </div>
  );
}
