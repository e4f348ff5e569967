import { Hand, MicOff, Pin, Spotlight } from 'lucide-react';
import { memo, useEffect, useRef, useState, type CSSProperties } from 'react';
import { useI18n, type Translate } from '@/shared/i18n';
import { Avatar } from '@/shared/ui/Avatar';
import { VoiceBars } from '@/shared/ui/VoiceBars';
import { userOf } from '../session/RoomCallContext';
import type { Person, Picture } from '../session/types';
import type { Box } from './layout';
import type { Pulse } from './pulse';
import { useVideo } from './useVideo';

export function boxStyle({ x, y, width, height }: Box): CSSProperties {
  return { '--x': `${x}px`, '--y': `${y}px`, '--w': `${width}px`, '--h': `${height}px` } as CSSProperties;
}

/** What the stage knows of a tile beside its person. */
interface Around {
  readonly hand?: number;
  readonly pinned?: boolean;
  readonly spotlit?: boolean;
  /** The call's own line is broken. */
  readonly away?: boolean;
  /** I want no pictures of people. */
  readonly soundOnly?: boolean;
  /** The first frame of the picture is there. */
  readonly seen?: boolean;
}

/** What one sees of the camera, when it is not simply the picture. */
function cameraWord({ me, cameraOn, cameraPaused }: Person, { soundOnly, seen }: Around) {
  if (!cameraOn) return 'tile.cameraOff';
  if (soundOnly && !me) return 'tile.soundOnly';
  if (cameraPaused) return 'tile.paused';
  return seen ? null : 'tile.loading';
}

/** Everything the tile shows, as one sentence that begins with the name. The normal is silent. */
export function describe(person: Person, t: Translate, around: Around = {}): string {
  const { hand = 0, pinned, spotlit, away } = around;
  const camera = cameraWord(person, around);
  const gone = person.away || away;
  const parts = [
    person.name,
    person.me && t('tile.you'),
    person.speaking && t('tile.speaking'),
    !person.microphone && t('tile.micOff'),
    camera && t(camera),
    gone ? t('tile.away') : person.weak && t('tile.weak'),
    hand > 0 && t('tile.hand', { n: hand }),
    pinned && t('layout.pinned'),
    spotlit && t('tile.spotlight'),
  ];
  return parts.filter(Boolean).join(t('tile.separator'));
}

/** A wide tile may take a quarter of a picture's height away; more would cut heads, so such a picture is shown whole. */
export const fitOf = (picture: number, tile: number): 'cover' | 'contain' => (picture > 0 && picture / tile < 0.74 ? 'contain' : 'cover');

interface VideoProps {
  picture: Picture;
  mirrored?: boolean;
  fit?: 'cover' | 'contain';
  onAspect?: (aspect: number) => void;
  onSeen?: () => void;
  pulse?: Pulse;
}

/** Shows a picture from its first frame on; before, what lies beneath shows through. Key it by the picture's id. */
export function VideoView({ picture, mirrored, fit = 'cover', onAspect, onSeen, pulse }: VideoProps) {
  const { video, ready, props } = useVideo(picture, { onSize: (width, height) => onAspect?.(width / height), onFirst: onSeen });
  useEffect(() => {
    const tile = video.current?.closest<HTMLElement>('figure');
    return ready && pulse && video.current && tile ? pulse.video(video.current, tile) : undefined;
  }, [video, ready, pulse]);
  return (
    <video
      {...props}
      className={`absolute inset-0 size-full ${fit === 'cover' ? 'object-cover' : 'object-contain'} ${mirrored ? '-scale-x-100' : ''} ${ready ? '' : 'opacity-0'}`}
    />
  );
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

const plate = 'flex h-6.5 items-center gap-1.5 rounded-[7px] bg-plate px-2 text-12 font-semibold text-white';

/** What is unusual about a person, at the top end of the tile. */
function Marks({ person, hand, pinned, spotlit, small }: { person: Person; hand: number; pinned: boolean; spotlit: boolean; small: boolean }) {
  const { t } = useI18n();
  const tag = person.away ? t('tile.awayShort') : person.weak ? t('tile.weakShort') : person.cameraPaused ? t('tile.pausedShort') : null;
  if (!tag && hand === 0 && !pinned && !spotlit) return null;
  return (
    <span aria-hidden="true" className="absolute end-2 top-2 z-1 flex max-w-[calc(100%-1rem)] gap-1.5">
      {tag && (
        <span className={plate}>
          <WeakLine />
          {!small && tag}
        </span>
      )}
      {pinned && (
        <span className={plate}>
          <Pin size={14} />
        </span>
      )}
      {spotlit && (
        <span className={plate}>
          <Spotlight size={14} />
        </span>
      )}
      {hand > 0 && (
        <span className="flex h-6.5 items-center gap-1.5 rounded-[7px] bg-signal px-2 text-12 font-semibold text-on-signal tabular-nums">
          <Hand size={14} />
          {hand}
        </span>
      )}
    </span>
  );
}

interface Props {
  person: Person;
  pulse: Pulse;
  x: number;
  y: number;
  width: number;
  height: number;
  /** Place in the order of raised hands; 0 without one. */
  hand?: number;
  pinned?: boolean;
  /** A host shows this person large to everybody. */
  spotlit?: boolean;
  away?: boolean;
  soundOnly?: boolean;
  corner?: boolean;
  main?: boolean;
  /** The whole picture, with edges, instead of a filled tile. */
  whole?: boolean;
  /** The one tile that the Tab key reaches; arrows go on from there. */
  reachable?: boolean;
  /** The stage is being resized: follow at once instead of gliding. */
  still?: boolean;
}

/** A person on stage. Everything comes as plain values, so that a tile that stays is not drawn again. */
export const Tile = memo(function Tile(props: Props) {
  const { person, pulse, x, y, width, height, hand = 0, pinned = false, spotlit = false, corner = false, main = false } = props;
  const { t } = useI18n();
  const bars = useRef<HTMLSpanElement>(null);
  const small = width < 200 || height < 110;
  const { camera, identity, speaking } = person;
  const [aspect, setAspect] = useState(0);
  const [seen, setSeen] = useState<string | null>(null);
  useEffect(() => (speaking && bars.current ? pulse.voice(identity, bars.current) : undefined), [pulse, identity, speaking]);

  return (
    <figure
      aria-label={describe(person, t, { hand, pinned, spotlit, away: props.away, soundOnly: props.soundOnly, seen: camera?.id === seen })}
      data-identity={identity}
      data-speaking={speaking}
      data-main={main || undefined}
      data-corner={corner || undefined}
      data-still={props.still}
      data-frozen-words={t('line.frozen')}
      // The tiles are walked with arrows, and Enter pins the one that is reached.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={props.reachable ? 0 : -1}
      className={`tile ${corner ? 'z-1 cursor-grab touch-none shadow-3 ring ring-stage' : ''}`}
      style={boxStyle({ x, y, width, height })}
    >
      <div className="absolute inset-0 grid place-items-center">
        <Avatar
          id={userOf(identity)}
          name={person.name}
          size={Math.round(Math.min(120, Math.max(28, Math.min(width, height) * 0.38)))}
        />
      </div>
      {camera && (
        <VideoView
          key={camera.id}
          picture={camera}
          mirrored={person.mirrored}
          fit={props.whole ? 'contain' : fitOf(aspect, width / height)}
          onAspect={setAspect}
          onSeen={() => setSeen(camera.id)}
          // The server holds a paused picture back on purpose: it has a mark of its own.
          pulse={person.cameraPaused ? undefined : pulse}
        />
      )}
      <Marks person={person} hand={hand} pinned={pinned} spotlit={spotlit} small={small} />
      <figcaption
        aria-hidden="true"
        className={`absolute start-2 bottom-2 max-w-[calc(100%-1rem)] ${plate} ${small ? 'start-1.5 bottom-1.5' : ''}`}
      >
        {speaking ? <VoiceBars ref={bars} /> : !person.microphone && <MicOff size={14} className="flex-none text-[#cfdadb]" />}
        <bdi className="truncate">{person.me ? t('call.you') : person.name}</bdi>
      </figcaption>
    </figure>
  );
});
