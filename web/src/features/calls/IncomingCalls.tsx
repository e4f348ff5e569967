import * as Radix from '@radix-ui/react-dialog';
import { Phone, Video } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useClient } from '@/app/client';
import { navigate, roomPath } from '@/app/router';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Avatar } from '@/shared/ui/Avatar';
import { Button } from '@/shared/ui/Button';
import { useHasCamera } from '@/features/call/devices/useHasCamera';
import { sendMessage } from '@/features/messages/actions';
import { isQuiet, noticeSettings } from '@/features/notices/settings';
import { startRinging } from '@/features/notices/sounds';
import { systemNotice } from '@/features/notices/systemNotice';
import { actFor } from '@/features/palette/bindings';
import { useShownKeys } from '@/features/palette/useKeys';
import { roomTitle } from '@/features/rooms/actions';
import { answerCall, declineCall } from './actions';
import { useRingFate } from './useRingFate';
import type { Ringing } from './callsReducer';

/** A key that was meant for the page does not answer a call. */
const GUARD_MS = 600;

function Arcs({ mirrored }: { mirrored?: boolean }) {
  return (
    <svg
      className={`arcs ${mirrored ? '-scale-x-100' : ''}`}
      width="56"
      height="116"
      viewBox="0 -2 56 116"
      fill="none"
      stroke="var(--signal)"
      strokeWidth="4"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M6 36a40 40 0 0 1 0 40" />
      <path d="M18 24a62 62 0 0 1 0 64" opacity=".55" />
      <path d="M30 12a84 84 0 0 1 0 88" opacity=".28" />
    </svg>
  );
}

/** Rings: sound, a notice of the system while the page is hidden, and an end by itself. */
function useRing({ call, since, silent, fromName }: Ringing): void {
  const client = useClient();
  const { t } = useI18n();
  const ringMs = client.config.calls.ringTimeout * 1000;
  useEffect(() => {
    const left = Math.max(0, since + ringMs - Date.now());
    const timer = setTimeout(() => client.calls.dispatch({ type: 'dismiss', callId: call.id }), left);
    return () => clearTimeout(timer);
  }, [client, call.id, since, ringMs]);
  useEffect(() => {
    const settings = noticeSettings();
    // In a call nothing is heard but the call.
    const busy = client.active.getState().step === 'call';
    if (silent || busy || !settings.sound || isQuiet(settings)) return;
    return startRinging();
  }, [client, silent]);
  useEffect(() => {
    const settings = noticeSettings();
    if (document.visibilityState !== 'hidden' || !settings.browser || isQuiet(settings)) return;
    return systemNotice({ title: t('ring.title', { name: fromName }), tag: call.id, stays: true, path: roomPath(call.roomId) });
  }, [call.id, call.roomId, fromName, t]);
}

function RingDialog({ ringing }: { ringing: Ringing }) {
  const { t } = useI18n();
  const client = useClient();
  const { call, fromName, fromId } = ringing;
  const room = useStore(client.rooms, (state) => state.byId[call.roomId]);
  const inCall = useStore(client.active, (state) => state.step === 'call');
  const holding = useStore(client.held, (state) => state !== null);
  const holds = inCall && !holding;
  const [opened] = useState(() => Date.now());
  const content = useRef<HTMLDivElement>(null);
  useRing(ringing);
  const hasCamera = useHasCamera();
  const shownKeys = useShownKeys();
  const silence = () => client.calls.dispatch({ type: 'silence', callId: call.id });
  const direct = room?.type === 'direct';
  const where = direct || !room ? t('ring.direct') : roomTitle(client, room);
  const reply = (text: string) => {
    sendMessage(client, call.roomId, { content: text });
    declineCall(client, call);
  };
  const guard = (event: KeyboardEvent) => {
    const early = Date.now() - opened < GUARD_MS;
    if ((event.key === 'Enter' || event.key === ' ') && early) event.preventDefault();
  };
  return (
    <Radix.Root open modal={false}>
      <Radix.Portal>
        <div className="scrim" aria-hidden="true" />
        <Radix.Content
          ref={content}
          role="alertdialog"
          className="dialog z-70! px-6 pt-7 pb-5 text-center"
          onEscapeKeyDown={(event) => {
            event.preventDefault();
            silence();
          }}
          onInteractOutside={(event) => event.preventDefault()}
          onOpenAutoFocus={(event) => {
            // Whoever writes goes on writing.
            const { activeElement } = document;
            event.preventDefault();
            if (!(activeElement instanceof HTMLInputElement || activeElement instanceof HTMLTextAreaElement)) content.current?.focus();
          }}
          onKeyDown={guard}
        >
          <div className="mb-3.5 flex items-center justify-center gap-3">
            <Arcs mirrored />
            <Avatar id={fromId ?? call.roomId} name={fromName} size={96} />
            <Arcs />
          </div>
          <Radix.Title className="text-20 font-semibold tracking-[-0.012em]">
            <bdi>{fromName}</bdi>
          </Radix.Title>
          <Radix.Description className="mt-0.5 text-14 text-text-2">
            {t(call.type === 'video' ? 'ring.video' : 'ring.audio', { where })}
          </Radix.Description>
          <div className="mt-5.5 grid grid-cols-[1fr_1fr_1.35fr] gap-2">
            <Button look="danger" className="h-18 flex-col gap-1.5 rounded-xl! text-13!" onClick={() => declineCall(client, call)}>
              <Phone size={22} aria-hidden="true" className="rotate-135" />
              {t('ring.decline')}
            </Button>
            <Button className="h-18 flex-col gap-1.5 rounded-xl! text-13!" onClick={() => answerCall(client, call, 'sound')}>
              <Phone size={22} aria-hidden="true" />
              {t('ring.sound')}
            </Button>
            <Button look="signal" className="h-18 flex-col gap-1.5 rounded-xl! text-13!" onClick={() => answerCall(client, call, hasCamera ? 'chosen' : 'sound')}>
              <Video size={22} aria-hidden="true" />
              {t(holds ? 'ring.hold' : 'ring.answer')}
            </Button>
          </div>
          {!hasCamera && call.type === 'video' && <p className="mt-3 text-13 text-text-2">{t('ring.noCamera')}</p>}
          {inCall && <p className="mt-3 text-13 text-text-2">{t(holds ? 'ring.holds' : 'ring.busy')}</p>}
          <div className="mt-3.5 flex flex-wrap justify-center gap-1.5">
            {holds && (
              <Button size="s" onClick={() => answerCall(client, call, hasCamera ? 'chosen' : 'sound', true)}>
                {t('ring.leaveAnswer')}
              </Button>
            )}
            {([t('ring.later'), t('ring.write')] as const).map((text) => (
              <Button key={text} size="s" onClick={() => reply(text)}>
                {text}
              </Button>
            ))}
            <Button
              size="s"
              onClick={() => {
                declineCall(client, call);
                navigate(roomPath(call.roomId));
              }}
            >
              {t('ring.message')}
            </Button>
          </div>
          <p className="mt-3.5 text-12 text-text-3 max-sm:hidden">
            <span className="kbd">{shownKeys('answer')}</span> {t('ring.keyAnswer')}{' '}
            <span className="kbd">Esc</span> {t('ring.keySilence')}
          </p>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The newest call that rings for me. */
export function IncomingCalls() {
  const client = useClient();
  useRingFate();
  const ringing = useStore(client.calls, (state) => state.ringing.at(-1));
  const hasCamera = useHasCamera();
  useEffect(() => {
    if (!ringing) return;
    const onKey = (event: globalThis.KeyboardEvent) => {
      const act = actFor(event, ['ringing']);
      if (act === null) return;
      if (act === 'answer') answerCall(client, ringing.call, hasCamera ? 'chosen' : 'sound');
      else declineCall(client, ringing.call);
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [client, ringing, hasCamera]);
  return ringing ? <RingDialog key={ringing.call.id} ringing={ringing} /> : null;
}
