// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { I18nProvider } from '@/shared/i18n';
import { keepPath } from '../session/lastPath';
import { verdictOf } from './network';
import { NetworkCheck } from './NetworkCheck';

describe('verdictOf', () => {
  const good = { serverMs: 24, events: true, webrtc: true, path: null } as const;
  it.each([
    ['good', {}],
    ['checking', { serverMs: null }],
    ['checking', { events: null }],
    ['slow', { serverMs: 900 }],
    ['detour', { path: 'tcp' }],
    ['blocked', { serverMs: 'away' }],
    ['blocked', { events: false, serverMs: null }],
    ['blocked', { webrtc: false }],
  ] as const)('is %s with %j', (verdict, change) => {
    expect(verdictOf({ ...good, ...change })).toBe(verdict);
  });
});

describe('NetworkCheck', () => {
  class Socket {
    onopen: (() => void) | null = null;
    onerror: (() => void) | null = null;
    onclose: (() => void) | null = null;
    constructor() {
      queueMicrotask(() => (Socket.opens ? this.onopen?.() : this.onerror?.()));
    }
    static opens = true;
    close() {
      return undefined;
    }
  }
  const show = () =>
    render(
      <I18nProvider initial="en">
        <NetworkCheck eventsPath="/socket.io/" />
      </I18nProvider>,
    );

  beforeEach(() => {
    Socket.opens = true;
    vi.stubGlobal('WebSocket', Socket);
    vi.stubGlobal('RTCPeerConnection', class { close() { return undefined; } });
    vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response('{}'))));
  });

  it('says little when all is well', async () => {
    show();
    expect(await screen.findByText('Good')).toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('names what is blocked and what helps', async () => {
    Socket.opens = false;
    show();
    expect(await screen.findByText('WebSockets are blocked on this network')).toBeInTheDocument();
    expect(screen.getByText('Blocked')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Check again' })).toBeInTheDocument();
  });

  it('knows from the last call that UDP is blocked', async () => {
    keepPath('tcp');
    show();
    expect(await screen.findByText('Works, with a detour')).toBeInTheDocument();
    expect(screen.getByText('UDP is blocked on this network')).toBeInTheDocument();
  });
});
