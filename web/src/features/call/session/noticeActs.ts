import type { MessageKey } from '@/shared/i18n';
import type { CallSession, NoticeAct } from './types';

interface Act {
  readonly label: MessageKey & `${'notice' | 'muted' | 'line' | 'stage'}.${string}`;
  readonly run: (session: CallSession) => void;
}

/** What can be done about a notice, right there. */
export const noticeActs: Readonly<Record<NoticeAct, Act>> = {
  startAudio: { label: 'notice.audioStart', run: ({ startAudio }) => startAudio() },
  unmute: { label: 'muted.unmute', run: ({ set }) => set('microphone', true) },
  stopVideo: { label: 'line.uploadAct', run: ({ set }) => set('camera', false) },
  soundOnly: { label: 'line.downloadAct', run: ({ soundOnly }) => soundOnly(true) },
  videoAgain: { label: 'line.videoAgain', run: ({ soundOnly }) => soundOnly(false) },
  showBackground: {
    label: 'notice.showBackground',
    run: ({ devices, set }) => {
      devices.noBlur();
      set('camera', true);
    },
  },
  showPeople: { label: 'stage.people', run: ({ view }) => view.dispatch({ type: 'panel', panel: 'people' }) },
};
