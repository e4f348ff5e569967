// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient } from '@/app/client';
import type { ServerConfig } from '@/shared/api/types';
import { makeMessage, makeRoom, makeUser } from '@/testing/things';
import { announceMessage, BUNDLE_MS, untell, weightOf } from './announce';
import { isQuiet, keepNoticeSettings, noticeSettings } from './settings';

vi.mock('./sounds', () => ({ playTick: vi.fn() }));
const { playTick } = await import('./sounds');

const at = (time: string) => new Date(`2026-11-22T${time}:00`);

describe('quiet hours', () => {
  const night = { browser: true, sound: true, quiet: false, hours: { from: '19:00', to: '08:00' } };
  it.each([
    ['23:30', true],
    ['07:59', true],
    ['08:00', false],
    ['12:00', false],
    ['19:00', true],
  ])('over midnight at %s: %s', (time, quiet) => {
    expect(isQuiet(night, at(time))).toBe(quiet);
  });

  it('within a day, and never without hours', () => {
    expect(isQuiet({ ...night, hours: { from: '12:00', to: '13:00' } }, at('12:30'))).toBe(true);
    expect(isQuiet({ ...night, hours: null }, at('23:30'))).toBe(false);
    expect(isQuiet({ ...night, hours: null, quiet: true }, at('12:00'))).toBe(true);
  });
});

describe('weightOf', () => {
  const message = makeMessage(1);
  const answer = makeMessage(2, { threadId: 'm1' });
  it.each([
    [{}, message, false, 'news'],
    [{}, message, true, 'me'],
    [{}, answer, false, 'nothing'],
    [{ notify: 'mentions' as const }, message, false, 'nothing'],
    [{ notify: 'mentions' as const }, message, true, 'me'],
    [{ notify: 'nothing' as const }, message, true, 'nothing'],
    [{ muted: true }, message, true, 'nothing'],
    [{ type: 'direct' as const }, message, false, 'me'],
  ])('%j %s', (change, what, mention, weight) => {
    expect(weightOf(makeRoom('room', change), what, mention)).toBe(weight);
  });
});

describe('announceMessage', () => {
  function setUp(change = {}) {
    const client = createClient({ features: {} } as unknown as ServerConfig);
    client.session.dispatch({ type: 'in', user: makeUser('me') });
    client.rooms.dispatch({ type: 'loaded', rooms: [makeRoom('room', change)] });
    return client;
  }
  const toasts = (client: ReturnType<typeof setUp>) => client.notices.getState().map(({ id }) => id);

  beforeEach(() => {
    vi.mocked(playTick).mockClear();
    window.history.replaceState(null, '', '/r/other');
  });

  it('tells of a mention elsewhere with its room and a sound', () => {
    const client = setUp();
    announceMessage(client, makeMessage(1), true);
    expect(client.notices.getState()[0]).toMatchObject({ id: 'room-room', room: { id: 'room' }, text: { parameters: { name: 'Ada', text: 'text 1' } } });
    expect(playTick).toHaveBeenCalledOnce();
  });

  it('keeps quiet about plain news, about the room on screen, and in quiet hours', () => {
    const client = setUp();
    announceMessage(client, makeMessage(1), false);
    window.history.replaceState(null, '', '/r/room');
    announceMessage(client, makeMessage(2), true);
    window.history.replaceState(null, '', '/r/other');
    keepNoticeSettings({ ...noticeSettings(), quiet: true });
    announceMessage(client, makeMessage(3), true);
    expect(toasts(client)).toEqual([]);
  });

  it('lets starred people through', () => {
    keepNoticeSettings({ ...noticeSettings(), quiet: true });
    const client = setUp({ type: 'direct', starred: true });
    announceMessage(client, makeMessage(1), false);
    expect(toasts(client)).toEqual(['room-room']);
  });

  it('asks for notices of the browser at the first mention, and once', () => {
    const requestPermission = vi.fn(() => Promise.resolve('granted'));
    vi.stubGlobal('Notification', { permission: 'default', requestPermission });
    const client = setUp();
    announceMessage(client, makeMessage(1), true);
    expect(toasts(client)).toEqual(['room-room', 'ask-notices']);
    expect(requestPermission).not.toHaveBeenCalled();
    client.notices.dispatch({ type: 'dismiss', id: 'ask-notices' });
    announceMessage(client, makeMessage(2), true);
    expect(toasts(client)).toEqual(['room-room']);
  });

  it('shows no words of an encrypted room', () => {
    const client = setUp({ e2ee: true });
    announceMessage(client, makeMessage(1), true);
    expect(client.notices.getState()[0]?.text).toEqual({ key: 'notice.sealed', parameters: { room: 'room' } });
  });

  it('shows those words in the page once they were opened here', () => {
    const client = setUp({ e2ee: true });
    announceMessage(client, makeMessage(1, { sealed: 'open' }), true);
    expect(client.notices.getState()[0]?.text.parameters?.text).toBe('text 1');
  });

  describe('by the system, while the page is hidden', () => {
    interface Told {
      readonly title: string;
      readonly body: string;
      readonly tag: string;
      readonly close: ReturnType<typeof vi.fn>;
    }
    const told: Told[] = [];
    beforeEach(() => {
      told.length = 0;
      vi.useFakeTimers();
      vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
      class Notice {
        static permission = 'granted';
        close = vi.fn();
        constructor(title: string, { body = '', tag = '' }: NotificationOptions) {
          told.push({ title, body, tag, close: this.close });
        }
      }
      vi.stubGlobal('Notification', Notice);
      keepNoticeSettings({ browser: true, sound: false, quiet: false, hours: null });
    });
    afterEach(() => {
      vi.runAllTimers();
      vi.useRealTimers();
      vi.restoreAllMocks();
    });

    it('bundles plain news of a room for five seconds', () => {
      const client = setUp();
      for (const seq of [1, 2, 3]) announceMessage(client, makeMessage(seq), false);
      expect(told.map(({ body }) => body)).toEqual(['text 1']);
      vi.advanceTimersByTime(BUNDLE_MS);
      expect(told.map(({ body, tag }) => `${tag}: ${body}`)).toEqual(['room: text 1', 'room: 3 new messages']);
      announceMessage(client, makeMessage(4), false);
      expect(told).toHaveLength(3);
    });

    it('says of an encrypted room only that there is something', () => {
      announceMessage(setUp({ e2ee: true }), makeMessage(1, { sealed: 'open' }), true);
      expect(told[0]).toMatchObject({ body: 'New message in room' });
    });

    it('is taken back when the room was read elsewhere', () => {
      const client = setUp();
      announceMessage(client, makeMessage(1), false);
      announceMessage(client, makeMessage(2), false);
      untell(client, 'room');
      expect(told[0]?.close).toHaveBeenCalledOnce();
      vi.advanceTimersByTime(BUNDLE_MS);
      expect(told).toHaveLength(1);
    });
  });
});
