import { SquareArrowOutUpRight } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { findMe, useCall, useSession } from '@/features/call/session/CallContext';
import type { Person, Picture } from '@/features/call/session/types';
import type { Box } from '@/features/call/stage/layout';
import { boxStyle } from '@/features/call/stage/Tile';
import { useI18n } from '@/shared/i18n';
import { ReplaceDialog } from '../capture/ReplaceDialog';
import { SharerBars, ViewerBars } from '../control/ControlBars';
import { useShareRoom, useSharedScreen } from '../ShareContext';
import { isOwnTab } from './ownTab';
import { ShareBar } from './ShareBar';
import { ShareControls } from './ShareControls';
import { SharePane } from './SharePane';
import { useFull } from './useFull';
import { usePopOut } from './usePopOut';
import type { Zooming } from './useView';
import { Beneath, Veil } from './Veils';
import type { Size } from './viewport';

interface Props {
  person: Person;
  screen: Picture;
  box: Box;
  onAspect: (aspect: number) => void;
  container: HTMLElement | null;
}

const COMPACT_BELOW = 620;

/** A shared screen on the stage, never cropped. */
export function ShareViewer({ person, screen, box, onAspect, container }: Props) {
  const { t } = useI18n();
  const session = useSession();
  const room = useShareRoom();
  const share = useSharedScreen(screen.id);
  const me = findMe(useCall().people);
  const figure = useRef<HTMLElement>(null);
  const [aspect, setAspect] = useState(16 / 9);
  const label = person.me ? t('share.mine') : t('share.of', { name: person.name });
  const { home, open, close } = usePopOut(figure, label, aspect);
  const [full, setFull] = useFull(home);
  const compact = !full && box.width < COMPACT_BELOW;
  const report = useRef(onAspect);
  useEffect(() => {
    report.current = onAspect;
  });
  const see = useCallback(({ width, height }: Size) => {
    setAspect(width / height);
    report.current(width / height);
  }, []);
  const popOut = () => {
    setFull(false);
    open();
  };

  const theirs = (zooming: Zooming) => (
    <>
      <ShareBar
        person={person}
        share={share}
        zooming={zooming}
        container={home ? home.document.body : container}
        full={full}
        compact={compact && !home}
        own={home}
        onFull={() => setFull('toggle')}
        onPopOut={popOut}
      />
      {share && room && <ViewerBars share={share} room={room} person={person} />}
    </>
  );
  const mine = me?.screen && (
    <>
      <ShareControls person={me} container={container} compact={compact} />
      {room && <MySharerBars id={me.screen.id} />}
    </>
  );
  const pane = (
    <>
      <Beneath person={person} ownTab={isOwnTab(person, session)} />
      <SharePane
        key={screen.id}
        person={person}
        screen={screen}
        home={home ?? window}
        onSize={see}
        onFull={setFull}
        bars={(zooming) => (
          <figcaption className="share-bars">
            {!person.me && theirs(zooming)}
            {!home && mine}
          </figcaption>
        )}
      />
      <Veil person={person} />
    </>
  );
  return (
    <figure ref={figure} aria-label={label} data-full={full && !home} className="tile share" style={boxStyle(box)}>
      {home ? (
        <>
          <div className="absolute inset-0 flex flex-col items-center justify-center gap-3 text-14 text-stage-text-2">
            <SquareArrowOutUpRight size={28} aria-hidden="true" />
            {t('screen.popped')}
            <button type="button" onClick={close} className="min-h-9 rounded-lg bg-stage-raised px-3 font-semibold text-stage-text hover:bg-stage-hover">
              {t('screen.popIn')}
            </button>
          </div>
          {mine && <figcaption className="share-bars">{mine}</figcaption>}
        </>
      ) : (
        pane
      )}
      {home &&
        createPortal(
          <figure aria-label={label} className="share-own">
            {pane}
          </figure>,
          home.document.body,
        )}
      <ReplaceDialog />
    </figure>
  );
}

function MySharerBars({ id }: { id: string }) {
  const room = useShareRoom();
  const share = useSharedScreen(id);
  return room && share ? <SharerBars share={share} room={room} /> : null;
}
