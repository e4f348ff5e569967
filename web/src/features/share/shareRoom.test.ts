import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/shared/api/errors';
import type { Stroke } from '@/shared/api/events';
import type { Link, LinkState } from '@/shared/api/socket';
import { createShareRoom } from './shareRoom';

const share = { id: 's', userId: 'mei', drawers: 'everyone', controllerId: null, strokes: [] } as const;
const stroke: Stroke = { id: '1', tool: 'pen', author: 'me', points: [0, 0], width: 0.004, color: '#112233', more: false };

function open(answer: (name: string) => Promise<unknown> = () => Promise.resolve({})) {
  const asked: [string, unknown][] = [];
  const told: [string, unknown][] = [];
  const listeners = new Map<string, (data: unknown) => void>();
  let onState: (state: LinkState) => void = () => undefined;
  const link = {
    ask: (name: string, data: unknown) => {
      asked.push([name, data]);
      return name === 'in-call-state' ? Promise.resolve({ callId: 'c', hands: [], shares: [share] }) : answer(name);
    },
    tell: (name: string, data: unknown) => told.push([name, data]),
    on: (name: string, listener: (data: unknown) => void) => {
      listeners.set(name, listener);
      return () => listeners.delete(name);
    },
    onState: (listener: (state: LinkState) => void) => {
      onState = listener;
      return () => undefined;
    },
  } as unknown as Link;
  const onError = vi.fn();
  const room = createShareRoom({ link, callId: 'c', me: 'me', onError });
  const stop = room.start();
  const emit = (name: string, data: object) => listeners.get(name)?.({ callId: 'c', roomId: 'r', shareId: 's', ...data });
  return { room, stop, asked, told, emit, listeners, onError, online: () => onState('online') };
}

const settled = () => vi.waitFor(() => undefined);
const strokesOf = ({ room }: ReturnType<typeof open>) => room.store.getState().shares.s?.strokes ?? [];

describe('the shares of a call', () => {
  it('are asked for at once and again when the line is back', async () => {
    const here = open();
    await settled();
    expect(here.room.store.getState().shares.s?.userId).toBe('mei');
    here.online();
    expect(here.asked.filter(([name]) => name === 'in-call-state')).toHaveLength(2);
    here.stop();
    expect(here.listeners.size).toBe(0);
  });

  it('show my stroke before the server has it, and send it without a name that only the server gives', async () => {
    const here = open();
    await settled();
    here.room.draw('s', stroke);
    expect(strokesOf(here)).toEqual([stroke]);
    const { author: _, ...wire } = stroke;
    expect(here.asked.at(-1)).toEqual(['annotation-stroke', { callId: 'c', shareId: 's', stroke: wire }]);
    here.emit('annotation-added', { stroke });
    expect(strokesOf(here)).toEqual([stroke]);
    here.stop();
  });

  it('drop a stroke that the server refused, and say why', async () => {
    const here = open(() => Promise.reject(new ApiError('permission_denied', 'no')));
    await settled();
    here.room.draw('s', stroke);
    await vi.waitFor(() => expect(strokesOf(here)).toEqual([]));
    expect(here.onError).toHaveBeenCalledTimes(1);
    here.stop();
  });

  it('of another call are none of mine', async () => {
    const here = open();
    await settled();
    here.emit('annotation-added', { callId: 'other', stroke });
    expect(strokesOf(here)).toEqual([]);
    here.stop();
  });

  it('pass a laser on without waiting, and input to whoever applies it', async () => {
    const here = open();
    await settled();
    here.room.draw('s', { ...stroke, tool: 'laser' });
    expect(here.told[0]?.[0]).toBe('annotation-stroke');
    expect(strokesOf(here)).toEqual([]);
    const heard = vi.fn();
    here.room.onInput(heard);
    here.emit('control-input', { from: 'jon', input: { kind: 'move' } });
    expect(heard).toHaveBeenCalledWith('s', 'jon', { kind: 'move' });
    here.stop();
  });

  it('tell how far asking for control is', async () => {
    const here = open();
    await settled();
    const asking = () => here.room.store.getState().shares.s?.asking;
    here.room.ask('s');
    expect(asking()).toBe('waiting');
    here.emit('control-answered', { granted: false });
    expect(asking()).toBe('refused');
    here.emit('control-updated', { controllerId: 'me' });
    expect(here.room.store.getState().shares.s?.controllerId).toBe('me');
    here.stop();
  });
});
