import { MessageSquare, Users } from 'lucide-react';
import { useTip } from '@/features/palette/useKeys';
import { useI18n } from '@/shared/i18n';
import { useCall, useSession, useView } from '../session/CallContext';
import { useRoomCall } from '../session/RoomCallContext';
import { LayoutMenu } from './LayoutMenu';
import { endKey, releaseFocus } from './looks';

/** The end of the bar: what stands beside the call, and how it is laid out. */
export function EndKeys({ container, words, layout }: { container: HTMLElement | null; words: boolean; layout: boolean }) {
  const { t } = useI18n();
  const session = useSession();
  const { panel } = useView();
  const roomCall = useRoomCall();
  const count = useCall().people.length;
  const waiting = roomCall?.host?.lobby.length ?? 0;
  const tip = useTip();
  const toggle = (name: 'chat' | 'people') => session.view.dispatch({ type: 'togglePanel', panel: name });
  return (
    <div className={`flex items-center justify-end ${words ? 'gap-1' : ''}`}>
      {roomCall && (
        <button
          type="button"
          aria-label={t('stage.chat')}
          aria-pressed={panel === 'chat'}
          title={tip(t('stage.chat'), 'callChat')}
          onClick={(event) => {
            releaseFocus(event);
            toggle('chat');
          }}
          className={endKey}
        >
          <MessageSquare size={17} aria-hidden="true" />
          {words && <span>{t('stage.chat')}</span>}
          {roomCall.unread > 0 && panel !== 'chat' && <span className="badge badge-signal">{roomCall.unread}</span>}
        </button>
      )}
      <button
        type="button"
        aria-pressed={panel === 'people'}
        title={tip(t('stage.people'), 'callPeople')}
        onClick={(event) => {
          releaseFocus(event);
          toggle('people');
        }}
        className={endKey}
      >
        <Users size={17} aria-hidden="true" />
        {/* The name is what stands here, so that both say the same. */}
        <span className="sr-only">{`${t('stage.people')}, `}</span>
        <span className="tabular-nums">{count}</span>
        {waiting > 0 && (
          <>
            <span className="sr-only">{`, ${t('stage.waiting', { n: waiting })}`}</span>
            <span aria-hidden="true" className="badge badge-signal">
              {waiting}
            </span>
          </>
        )}
      </button>
      {layout && <LayoutMenu container={container} />}
    </div>
  );
}
