import { Hand, MicOff } from 'lucide-react';
import { memo, useEffect, useRef, useState, type CSSProperties } from 'react';
import { useI18n, type Translate } from '@/shared/i18n';
import { Avatar } from '@/shared/ui/Avatar';
import { VoiceBars } from '@/shared/ui/VoiceBars';
import { useSession } from '../session/CallContext';
import { useRoomCall } from '../session/RoomCallContext';
import type { Person, Picture } from '../session/types';
import type { Box } from './layout';

const LEVEL_MS = 100;

export function boxStyle({ x, y, width, height }: Box): CSSProperties {
  return { '--x': `${x}px`, '--y': `${y}px`, '--w': `${width}px`, '--h': `${height}px` } as CSSProperties;
}

/** Everything the tile shows, as one sentence that begins with the name. The normal is silent. */
export function describe(person: Person, t: Translate, hand = 0): string {
  const parts = [
    person.name,
    person.me && t('tile.you'),
    person.speaking && t('tile.speaking'),
    !person.microphone && t('tile.micOff'),
    !person.camera && t('tile.cameraOff'),
    person.cameraPaused && t('tile.paused'),
    person.weak && t('tile.weak'),
    hand > 0 && t('tile.hand'),
  ];
  return parts.filter(Boolean).join(t('tile.separator'));
}

interface VideoProps {
  picture: Picture;
  mirrored?: boolean;
  fit?: 'cover' | 'contain';
  onAspect?: (aspect: number) => void;
}

/** Shows a picture from its first frame on; before, what lies beneath shows through. Key it by the picture's id. */
export function VideoView({ picture, mirrored, fit = 'cover', onAspect }: VideoProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [ready, setReady] = useState(false);
  useEffect(() => (video.current ? picture.attach(video.current) : undefined), [picture]);

  const report = () => {
    const { videoWidth = 0, videoHeight = 0 } = video.current ?? {};
    if (videoWidth > 0 && videoHeight > 0) onAspect?.(videoWidth / videoHeight);
  };
  return (
    <video
      ref={video}
      autoPlay
      playsInline
      muted
      onLoadedData={() => {
        setReady(true);
        report();
      }}
      onResize={report}
      className={`absolute inset-0 size-full ${fit === 'cover' ? 'object-cover' : 'object-contain'} ${mirrored ? '-scale-x-100' : ''} ${ready ? '' : 'opacity-0'}`}
    />
  );
}

/** Moves the bars ten times a second by a property of their own; nothing renders. */
function useVoiceLevel(identity: string, speaking: boolean) {
  const session = useSession();
  const bars = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (!speaking) return;
    const timer = setInterval(() => {
      // Loudness is felt by its root: a quiet voice still moves the bars.
      bars.current?.style.setProperty('--level', Math.sqrt(session.level(identity)).toFixed(2));
    }, LEVEL_MS);
    return () => clearInterval(timer);
  }, [session, identity, speaking]);
  return bars;
}

/** One of three bars: the line is weak. */
function WeakLine() {
  return (
    <svg width="14" height="14" viewBox="0 0 24 24" aria-hidden="true" stroke="var(--signal)" strokeWidth="3.4" strokeLinecap="round">
      <path d="M5 20v-4" />
      <path d="M12 20v-9M19 20V6" opacity=".35" />
    </svg>
  );
}

interface Props {
  person: Person;
  x: number;
  y: number;
  width: number;
  height: number;
  corner?: boolean;
  /** The stage is being resized: follow at once instead of gliding. */
  still?: boolean;
}

/** A person on stage. Position comes as numbers, so that a tile that stays is not drawn again. */
export const Tile = memo(function Tile({ person, x, y, width, height, corner = false, still = false }: Props) {
  const { t } = useI18n();
  const bars = useVoiceLevel(person.identity, person.speaking);
  const small = width < 200 || height < 110;
  const { camera } = person;
  const hand = (useRoomCall()?.hands.indexOf(person.identity) ?? -1) + 1;
  const tag = person.weak ? t('tile.weakShort') : person.cameraPaused ? t('tile.pausedShort') : null;

  return (
    <figure
      aria-label={describe(person, t, hand)}
      data-speaking={person.speaking}
      data-still={still}
      className={`tile ${corner ? 'z-1 shadow-3 ring ring-stage' : ''}`}
      style={boxStyle({ x, y, width, height })}
    >
      <div className="absolute inset-0 grid place-items-center">
        <Avatar id={person.identity} name={person.name} size={Math.round(Math.min(120, Math.max(28, Math.min(width, height) * 0.38)))} />
      </div>
      {camera && <VideoView key={camera.id} picture={camera} mirrored={person.me} />}
      {hand > 0 && (
        <span className="absolute end-2 top-2 z-1 flex h-6.5 items-center gap-1.5 rounded-[7px] bg-signal px-2 text-12 font-semibold text-on-signal">
          <Hand size={14} aria-hidden="true" />
          {hand}
        </span>
      )}
      {tag && hand === 0 && (
        <span className="absolute end-2 top-2 flex h-6.5 items-center gap-1.5 rounded-[7px] bg-plate px-2 text-12 font-semibold text-white">
          <WeakLine />
          {!small && tag}
        </span>
      )}
      <figcaption
        aria-hidden="true"
        className={`absolute start-2 bottom-2 flex h-6.5 max-w-[calc(100%-1rem)] items-center gap-1.5 rounded-[7px] bg-plate px-2 text-12 font-semibold text-white ${small ? 'start-1.5 bottom-1.5' : ''}`}
      >
        {person.speaking ? (
          <VoiceBars ref={bars} />
        ) : (
          !person.microphone && <MicOff size={14} className="flex-none text-[#cfdadb]" />
        )}
        <bdi className="truncate">{person.me ? t('call.you') : person.name}</bdi>
      </figcaption>
    </figure>
  );
});
