import { Pause, ScreenShare, SquareArrowOutUpRight } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { findMe, useCall, useSession } from '@/features/call/session/CallContext';
import type { Person, Picture } from '@/features/call/session/types';
import type { Box } from '@/features/call/stage/layout';
import { boxStyle } from '@/features/call/stage/Tile';
import { useI18n } from '@/shared/i18n';
import { Avatar } from '@/shared/ui/Avatar';
import { ReplaceDialog } from '../capture/ReplaceDialog';
import { SharerBars, ViewerBars } from '../control/ControlBars';
import { useShareRoom, useSharedScreen } from '../ShareContext';
import { isOwnTab } from './ownTab';
import { ShareBar } from './ShareBar';
import { ShareControls } from './ShareControls';
import { SharePane } from './SharePane';
import { usePopOut } from './usePopOut';
import type { Zooming } from './useView';
import type { Size } from './viewport';

interface Props {
  person: Person;
  screen: Picture;
  box: Box;
  onAspect: (aspect: number) => void;
  container: HTMLElement | null;
}

const COMPACT_BELOW = 620;

/** Fills the page, and the screen where the browser lets it. */
function useFull() {
  const [full, setFull] = useState(false);
  useEffect(() => {
    const onChange = () => {
      if (!document.fullscreenElement) setFull(false);
    };
    document.addEventListener('fullscreenchange', onChange);
    return () => document.removeEventListener('fullscreenchange', onChange);
  }, []);
  const change = useCallback(
    (wish: boolean | 'toggle') => {
      const next = wish === 'toggle' ? !full : wish;
      if (next === full) return false;
      setFull(next);
      if (next) document.documentElement.requestFullscreen?.().catch(() => undefined);
      else if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined);
      return true;
    },
    [full],
  );
  return [full, change] as const;
}

/** What lies beneath the picture, and shows while there is none. */
function Beneath({ person, ownTab }: { person: Person; ownTab: boolean }) {
  const { t } = useI18n();
  const { name, screenPaused: paused, me } = person;
  return (
    <div className="absolute inset-0 flex flex-col items-center justify-center gap-3 px-6 text-center text-13 text-stage-text-2">
      {me ? <ScreenShare size={28} aria-hidden="true" /> : <Avatar id={person.identity} name={name} size={56} />}
      <span dir="auto">{paused ? null : t(ownTab ? 'screen.thisTab' : 'share.waiting')}</span>
    </div>
  );
}

function PausedVeil({ person }: { person: Person }) {
  const { t } = useI18n();
  return (
    <div role="status" className="absolute inset-0 z-1 flex flex-col items-center justify-center gap-3 bg-stage-tile px-6 text-center text-15 font-semibold">
      <Pause size={28} aria-hidden="true" />
      <span dir="auto">{person.me ? t('screen.iPaused') : t('screen.paused', { name: person.name })}</span>
    </div>
  );
}

/** A shared screen on the stage, never cropped. */
export function ShareViewer({ person, screen, box, onAspect, container }: Props) {
  const { t } = useI18n();
  const session = useSession();
  const room = useShareRoom();
  const share = useSharedScreen(screen.id);
  const me = findMe(useCall().people);
  const figure = useRef<HTMLElement>(null);
  const [full, setFull] = useFull();
  const [aspect, setAspect] = useState(16 / 9);
  const label = person.me ? t('share.mine') : t('share.of', { name: person.name });
  const { home, open, close } = usePopOut(figure, label, aspect);
  const compact = !full && box.width < COMPACT_BELOW;
  const report = useRef(onAspect);
  useEffect(() => {
    report.current = onAspect;
  });
  const see = useCallback(({ width, height }: Size) => {
    setAspect(width / height);
    report.current(width / height);
  }, []);

  const bars = (zooming: Zooming) => (
    <figcaption className="share-bars">
      {person.me ? (
        <ShareControls person={person} container={container} compact={compact} />
      ) : (
        <ShareBar
          person={person}
          share={share}
          zooming={zooming}
          container={container}
          full={full}
          compact={compact}
          onFull={() => setFull('toggle')}
          onPopOut={open}
        />
      )}
      {!person.me && me?.screen && <ShareControls person={me} container={container} compact={compact} />}
      {share && room && !person.me && <ViewerBars share={share} room={room} person={person} />}
      {room && me?.screen && <MySharerBars id={me.screen.id} />}
    </figcaption>
  );
  const pane = (
    <SharePane
      key={screen.id}
      person={person}
      screen={screen}
      home={home ?? window}
      onSize={see}
      onFull={home ? () => false : setFull}
      bars={home ? () => null : bars}
    />
  );
  return (
    <figure ref={figure} aria-label={label} data-full={full} className="tile share" style={boxStyle(box)}>
      {home ? (
        <div className="absolute inset-0 flex flex-col items-center justify-center gap-3 text-14 text-stage-text-2">
          <SquareArrowOutUpRight size={28} aria-hidden="true" />
          {t('screen.popped')}
          <button type="button" onClick={close} className="min-h-9 rounded-lg bg-stage-raised px-3 font-semibold text-stage-text hover:bg-stage-hover">
            {t('screen.popIn')}
          </button>
        </div>
      ) : (
        <>
          <Beneath person={person} ownTab={isOwnTab(person, session)} />
          {pane}
        </>
      )}
      {person.screenPaused && !home && <PausedVeil person={person} />}
      {home && createPortal(pane, home.document.body)}
      <ReplaceDialog />
    </figure>
  );
}

function MySharerBars({ id }: { id: string }) {
  const room = useShareRoom();
  const share = useSharedScreen(id);
  return room && share ? <SharerBars share={share} room={room} /> : null;
}
