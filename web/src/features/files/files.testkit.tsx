import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { ClientContext, createClient } from '@/app/client';
import { Providers } from '@/app/Providers';
import { ApiError } from '@/shared/api/errors';
import type { Request, Rest } from '@/shared/api/rest';
import type { Link } from '@/shared/api/socket';
import type { File, ServerConfig } from '@/shared/api/types';
import { makeRoom, makeUser } from '@/testing/things';

export const makeFile = (id: string, change: Partial<File> = {}): File =>
  ({
    id,
    name: id,
    size: 1000,
    mime: 'text/plain',
    roomId: 'room',
    ownerId: 'me',
    version: 1,
    sha256: '',
    url: '',
    previews: [],
    canEdit: true,
    createdAt: '2026-11-01T09:00:00Z',
    updatedAt: '2026-11-01T09:00:00Z',
    ...change,
  }) as File;

const config = { limits: { fileSize: 10, filesPerMessage: 5, passwordMinLength: 8, nameLength: 80 }, features: {}, uploads: {}, providers: [] } as unknown as ServerConfig;

type Answer = (path: string, request: Request) => unknown;

/** A page with a server whose answers are given; what it does not know is not found. */
export function renderPage(view: ReactNode, answer: Answer, role: 'user' | 'admin' = 'user') {
  const call = vi.fn((path: string, request: Request = {}) => {
    const found = answer(path, request);
    return found === undefined ? Promise.reject(new ApiError('not-found', path, { status: 404 })) : Promise.resolve(found);
  });
  const rest = { call, token: () => Promise.resolve(null) } as unknown as Rest;
  const listeners = new Map<string, (data: unknown) => void>();
  const link = {
    state: () => 'online',
    onState: () => () => undefined,
    ask: vi.fn(() => Promise.resolve({})),
    tell: vi.fn(),
    on: (name: string, listener: (data: unknown) => void) => {
      listeners.set(name, listener);
      return () => undefined;
    },
  } as unknown as Link;
  const client = createClient(config, { rest, link });
  client.session.dispatch({ type: 'in', user: makeUser('me', { name: 'Ines', role }) });
  client.rooms.dispatch({ type: 'loaded', rooms: [makeRoom('room', { name: 'Quay' })] });
  render(
    <Providers>
      <ClientContext.Provider value={client}>{view}</ClientContext.Provider>
    </Providers>,
  );
  return { client, call, tell: (name: string, data: unknown) => listeners.get(name)?.(data) };
}
