import { useEffect, useRef, useState } from 'react';
import { useI18n } from '@/shared/i18n';
import { CallHeader } from './CallHeader';
import { CallControls } from './controls/CallControls';
import { useCallKeys } from './controls/useCallKeys';
import { Notices } from './Notices';
import { CallPanel } from './panel/CallPanel';
import { useCall, useView } from './session/CallContext';
import { useRoomCall } from './session/RoomCallContext';
import { Stage } from './stage/Stage';
import { StatsOverlay } from './stats/StatsOverlay';

/** The call itself: always dark, whatever the look of the page; the sheet beside it has the page's look. */
export function CallScreen() {
  const { t, phrase } = useI18n();
  const { room, status } = useCall();
  // A state, not a ref: menus are put into it and must be drawn again once it is there.
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  const main = useRef<HTMLElement>(null);
  const roomCall = useRoomCall();
  const { panel, stats } = useView();
  const shownPanel = panel === 'chat' && !roomCall ? null : panel;
  useCallKeys(true);
  useEffect(() => main.current?.focus(), []);

  return (
    <div className="call-page">
      <div
        ref={setFrame}
        data-theme="dark"
        className="on-stage relative flex min-w-0 flex-1 flex-col overflow-hidden bg-stage text-stage-text"
      >
        <CallHeader />
        <main ref={main} tabIndex={-1} aria-label={t('call.region', { room })} className="flex min-h-0 flex-1 flex-col">
          <div className="relative min-h-0 flex-1 px-4 pt-0.5 max-sm:px-1.5">
            <Stage container={frame} />
            <Notices />
            {stats && <StatsOverlay />}
          </div>
          <CallControls container={frame} />
        </main>
        <p role="status" className="sr-only">
          {status && phrase(status)}
        </p>
      </div>
      {shownPanel && <CallPanel shown={shownPanel} />}
    </div>
  );
}
