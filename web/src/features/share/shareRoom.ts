import type { Link } from '@/shared/api/socket';
import { toApiError } from '@/shared/api/errors';
import { createStore } from '@/shared/state/store';
import { noShares, sharesReducer } from './marks/sharesReducer';
import type { ControlInput } from './control/input';
import type { ShareRoom } from './ShareContext';

interface Options {
  readonly link: Link;
  readonly callId: string;
  readonly me: string;
  readonly onError: (error: unknown) => void;
}

/** The shared screens of a call over the line to the server. Input for my own tab is told by `onInput`. */
export interface RunningShareRoom extends ShareRoom {
  readonly onInput: (listener: (shareId: string, from: string, input: Readonly<Record<string, unknown>>) => void) => () => void;
  readonly start: () => () => void;
}

const QUIET_MS = 1000;

export function createShareRoom({ link, callId, me, onError }: Options): RunningShareRoom {
  const store = createStore(sharesReducer, noShares);
  const inputs = new Set<(shareId: string, from: string, input: Readonly<Record<string, unknown>>) => void>();
  const { dispatch } = store;

  /** As the server has it: at first, after a break of the line, and when it did not take what shows here. */
  const load = () => {
    link.ask('in-call-state', { callId }).then(
      ({ shares }) => dispatch({ type: 'state', shares }),
      // The line is away: it comes back, and then this is asked again.
      () => undefined,
    );
  };

  const asked = (answer: Promise<unknown>) => answer.catch(onError);

  function listen(): (() => void)[] {
    const here = <Data extends { readonly callId: string }>(take: (data: Data) => void) => (data: Data) => {
      if (data.callId === callId) take(data);
    };
    return [
      link.on('shares-updated', here(({ shares }) => dispatch({ type: 'shares', shares }))),
      link.on('annotation-added', here(({ shareId, stroke }) => dispatch({ type: 'added', shareId, stroke, me, now: Date.now() }))),
      link.on('annotation-removed', here(({ shareId, strokes }) => dispatch({ type: 'removed', shareId, strokes }))),
      link.on('annotation-cleared', here(({ shareId, author }) => dispatch({ type: 'cleared', shareId, author, now: Date.now() }))),
      link.on('control-requested', here(({ shareId, userId, name }) => dispatch({ type: 'requested', shareId, by: { userId, name } }))),
      link.on('control-answered', here(({ shareId, granted }) => dispatch({ type: 'asking', shareId, asking: granted ? 'no' : 'refused' }))),
      link.on('control-updated', here(({ shareId, controllerId }) => dispatch({ type: 'control', shareId, controllerId }))),
      link.on('control-input', here(({ shareId, from, input }) => {
        for (const listener of [...inputs]) listener(shareId, from, input);
      })),
      link.onState((state) => {
        if (state === 'online') load();
      }),
    ];
  }

  return {
    me,
    store,
    start: () => {
      const stops = listen();
      const timer = setInterval(() => dispatch({ type: 'quiet', now: Date.now() }), QUIET_MS);
      load();
      return () => {
        clearInterval(timer);
        for (const stop of stops) stop();
      };
    },
    onInput: (listener) => {
      inputs.add(listener);
      return () => inputs.delete(listener);
    },
    draw: (shareId, stroke) => {
      if (stroke.tool === 'laser') {
        link.tell('annotation-stroke', { callId, shareId, stroke });
        return;
      }
      dispatch({ type: 'drawn', shareId, stroke, now: Date.now() });
      const { author: _, ...wire } = stroke;
      link.ask('annotation-stroke', { callId, shareId, stroke: wire }).catch((error: unknown) => {
        // What nobody else sees must not stay here either.
        load();
        if (!toApiError(error).offline) onError(error);
      });
    },
    undo: (shareId) => void asked(link.ask('annotation-undo', { callId, shareId })),
    clear: (shareId, everyone) => void asked(link.ask('annotation-clear', { callId, shareId, everyone })),
    allow: (shareId, drawers) => void asked(link.ask('annotation-permission', { callId, shareId, drawers })),
    ask: (shareId) => {
      dispatch({ type: 'asking', shareId, asking: 'waiting' });
      link.ask('remote-control-request', { callId, shareId }).catch((error: unknown) => {
        dispatch({ type: 'asking', shareId, asking: 'no' });
        onError(error);
      });
    },
    answer: (shareId, userId, granted) => {
      dispatch({ type: 'answeredRequest', shareId, userId });
      void asked(link.ask('remote-control-grant', { callId, shareId, userId, granted }));
    },
    revoke: (shareId) => void asked(link.ask('remote-control-revoke', { callId, shareId })),
    input: (shareId, input: ControlInput) => link.tell('remote-control-input', { callId, shareId, input: { ...input } }),
  };
}
