// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemNotice } from './systemNotice';

const made = vi.fn();

function allow(kind: 'page' | 'worker') {
  class Notice {
    static permission = 'granted';
    onclick: (() => void) | null = null;
    constructor(title: string, options: NotificationOptions) {
      if (kind === 'worker') throw new TypeError('Illegal constructor');
      made(title, options, this);
    }
    close = vi.fn();
  }
  vi.stubGlobal('Notification', Notice);
}

afterEach(() => {
  vi.unstubAllGlobals();
  made.mockClear();
  Reflect.deleteProperty(navigator, 'serviceWorker');
});

describe('systemNotice', () => {
  it('leads where it was meant to, and goes away', () => {
    allow('page');
    vi.spyOn(window, 'focus').mockImplementation(() => undefined);
    systemNotice({ title: 'Ada', tag: 'room', path: '/r/room' });
    const [title, , notice] = made.mock.calls[0] as [string, NotificationOptions, { onclick: () => void; close: () => void }];
    expect(title).toBe('Ada');
    notice.onclick();
    expect(window.location.pathname).toBe('/r/room');
    expect(notice.close).toHaveBeenCalledOnce();
  });

  it('is shown by the worker where pages may not', async () => {
    allow('worker');
    const close = vi.fn();
    const registration = { showNotification: vi.fn(() => Promise.resolve()), getNotifications: vi.fn(() => Promise.resolve([{ close }])) };
    Object.defineProperty(navigator, 'serviceWorker', { configurable: true, value: { getRegistration: () => Promise.resolve(registration) } });
    const away = systemNotice({ title: 'Ada calls', tag: 'c', stays: true, path: '/r/room' });
    await vi.waitFor(() => expect(registration.showNotification).toHaveBeenCalledOnce());
    expect(registration.showNotification).toHaveBeenCalledWith('Ada calls', expect.objectContaining({ tag: 'c', requireInteraction: true, data: '/r/room' }));
    away();
    await vi.waitFor(() => expect(close).toHaveBeenCalledOnce());
  });

  it('breaks nothing where there is neither', () => {
    allow('worker');
    expect(() => systemNotice({ title: 'Ada calls', tag: 'c' })()).not.toThrow();
  });
});
