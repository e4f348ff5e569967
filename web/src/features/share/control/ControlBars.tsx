import { useEffect } from 'react';
import { useCall, useSession } from '@/features/call/session/CallContext';
import { userOf } from '@/features/call/session/RoomCallContext';
import type { Person } from '@/features/call/session/types';
import { firstName } from '@/shared/lib/firstName';
import { useI18n } from '@/shared/i18n';
import type { SharedScreen } from '../marks/types';
import type { ShareRoom } from '../ShareContext';
import { tabControl } from './thisTab';

const ANSWER_SHOWN_MS = 6000;

/** For the sharer: who asks, and who is in control. None of it is within reach of whoever is in control. */
export function SharerBars({ share, room }: { share: SharedScreen; room: ShareRoom }) {
  const { t } = useI18n();
  const { screen } = useSession();
  const { people } = useCall();
  const sign = screen.tab();
  const tab = sign !== null;
  const [request] = share.requests;
  const nameOf = (userId: string) => people.find(({ identity }) => userOf(identity) === userId)?.name ?? t('draw.someone');
  const { controllerId } = share;
  return (
    <>
      {/* The tab under control says so itself. */}
      {controllerId !== null && sign !== tabControl().sign && (
        <div role="status" className="share-bar gap-2" data-no-control>
          <span dir="auto">{t('control.givenAway', { name: nameOf(controllerId) })}</span>
          <button type="button" data-look="signal" className="share-key" onClick={() => room.revoke(share.id)}>
            {t('control.takeBack')}
          </button>
        </div>
      )}
      {request && (
        <div role="alert" className="share-bar max-w-xl flex-wrap gap-2 py-2" data-no-control>
          <span className="min-w-48 flex-1 font-medium" dir="auto">
            {t(tab ? 'control.asks' : 'control.asksNoTab', { name: firstName(request.name) })}
          </span>
          {tab && (
            <button type="button" data-look="signal" className="share-key" onClick={() => room.answer(share.id, request.userId, true)}>
              {t('control.allow')}
            </button>
          )}
          <button type="button" className="share-key" onClick={() => room.answer(share.id, request.userId, false)}>
            {t('control.notNow')}
          </button>
        </div>
      )}
    </>
  );
}

/** For the one who asked: waiting, refused, or in control. */
export function ViewerBars({ share, room, person }: { share: SharedScreen; room: ShareRoom; person: Person }) {
  const { t } = useI18n();
  const { name } = person;
  const { asking, id } = share;
  const inControl = share.controllerId === room.me;
  useEffect(() => {
    if (asking !== 'refused') return;
    const timer = setTimeout(() => room.store.dispatch({ type: 'asking', shareId: id, asking: 'no' }), ANSWER_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [asking, room, id]);
  if (inControl) {
    return (
      <div role="status" className="share-bar gap-2">
        <span dir="auto">{t('control.have', { name })}</span>
        <button type="button" data-look="signal" className="share-key" onClick={() => room.revoke(id)}>
          {t('control.giveBack')}
        </button>
      </div>
    );
  }
  if (asking === 'no') return null;
  return (
    <p role="status" className="share-bar pe-3" dir="auto">
      {t(asking === 'waiting' ? 'control.waiting' : 'control.refused', { name })}
    </p>
  );
}
