// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ClientContext, createClient } from '@/app/client';
import { I18nProvider } from '@/shared/i18n';
import type { ServerConfig } from '@/shared/api/types';
import { verdictOf } from './network';
import { NetworkCheck } from './NetworkCheck';

describe('verdictOf', () => {
  const good = { serverMs: 24, events: true, webrtc: true, udp: 'through', tcp: 'through', uploadKbps: 4000 } as const;
  it.each([
    ['good', {}],
    ['checking', { serverMs: null }],
    ['checking', { events: null }],
    ['slow', { serverMs: 900 }],
    ['checking', { udp: null }],
    ['checking', { tcp: null }],
    ['checking', { uploadKbps: null }],
    ['slow', { uploadKbps: 200 }],
    ['good', { uploadKbps: 'unknown' }],
    ['good', { udp: 'unknown', tcp: 'unknown' }],
    ['good', { tcp: 'blocked' }],
    ['detour', { udp: 'blocked' }],
    ['blocked', { udp: 'blocked', tcp: 'blocked' }],
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
  /** A connection that comes up where its protocol is let through. */
  class Connection {
    static through: readonly string[] = [];
    onconnectionstatechange: (() => void) | null = null;
    connectionState = 'new';
    localDescription = { sdp: 'offer' };
    createDataChannel = () => undefined;
    setLocalDescription = () => Promise.resolve();
    setRemoteDescription({ sdp }: { sdp: string }) {
      queueMicrotask(() => {
        this.connectionState = Connection.through.includes(sdp) ? 'connected' : 'failed';
        this.onconnectionstatechange?.();
      });
      return Promise.resolve();
    }
    close = () => undefined;
  }
  const show = (busy = false) => {
    const client = createClient({} as ServerConfig);
    const answer = <T,>(value: T) => (busy ? Promise.reject(new Error('busy')) : Promise.resolve(value));
    vi.spyOn(client.api, 'checkNetwork').mockImplementation(({ protocol }) => answer({ sdp: protocol }));
    vi.spyOn(client.api, 'checkUpload').mockImplementation(() => answer(undefined));
    render(
      <I18nProvider initial="en">
        <ClientContext value={client}>
          <NetworkCheck eventsPath="/socket.io/" />
        </ClientContext>
      </I18nProvider>,
    );
  };

  beforeEach(() => {
    Socket.opens = true;
    Connection.through = ['udp', 'tcp'];
    vi.stubGlobal('WebSocket', Socket);
    vi.stubGlobal('RTCPeerConnection', Connection);
    vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response('{}'))));
  });

  it('says what gets through, and how much', async () => {
    show();
    expect(await screen.findByText('Good')).toBeInTheDocument();
    expect(screen.getByText('UDP gets through')).toBeInTheDocument();
    expect(screen.getByText('TCP gets through')).toBeInTheDocument();
    expect(screen.getByText(/^Upload of .* Mbit\/s or more$/)).toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('names what is blocked and what helps', async () => {
    Socket.opens = false;
    show();
    expect(await screen.findByText('WebSockets are blocked on this network')).toBeInTheDocument();
    expect(screen.getByText('Blocked')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Check again' })).toBeInTheDocument();
  });

  it('knows the detour over TCP', async () => {
    Connection.through = ['tcp'];
    show();
    expect(await screen.findByText('Works, with a detour')).toBeInTheDocument();
    expect(screen.getByText('UDP is blocked on this network')).toBeInTheDocument();
    expect(screen.getByText(/^Calls go over TCP from here/)).toBeInTheDocument();
  });

  it('says when sound and picture find no way at all', async () => {
    Connection.through = [];
    show();
    expect(await screen.findByText('UDP and TCP are both blocked on this network')).toBeInTheDocument();
    expect(screen.getByText('Blocked')).toBeInTheDocument();
  });

  it('leaves open what the server does not answer', async () => {
    show(true);
    expect(await screen.findByText(/^Whether UDP gets through shows when you join/)).toBeInTheDocument();
    expect(await screen.findByText('Good')).toBeInTheDocument();
  });
});
