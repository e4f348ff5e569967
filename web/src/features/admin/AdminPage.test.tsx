// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeUser } from '@/testing/things';
import { renderPage } from '@/features/files/files.testkit';
import { AdminPlace } from './AdminPage';

const overview = {
  version: '9.9', uptime: 90_000, draining: false, users: 3, rooms: 2, connected: 14, devices: 15, callsInProgress: 1, inCalls: 4,
  database: { engine: 'sqlite', available: true, queued: 0, writes: 0, reads: 0, errors: 0 },
};
const storage = { files: 1, versions: 2, bytes: 20, storedBytes: 10, uploads: 0, uploadBytes: 0, quotaPerUser: 0, quotaPerRoom: 5, maxFileSize: 5, database: { engine: 'sqlite', bytes: 30 } };
const person = { identity: 'bo', userId: 'bo', name: 'Bo', joinedAt: '', state: 'active', quality: 'poor', score: 2.1, tracks: [{ sid: 't', source: 'camera', muted: false, width: 1280, height: 720 }] };
const call_ = { call: { id: 'c', roomId: 'room', status: 'active', startedAt: '2026-11-01T09:00:00Z', answeredAt: null, participants: [] }, roomName: 'Quay', participants: [person] };

const answers: Readonly<Record<string, unknown>> = {
  '/admin/overview': overview,
  '/admin/storage': storage,
  '/admin/calls': { items: [call_] },
  '/admin/audit-log': { items: [{ id: 'l', at: '2026-11-01T09:00:00Z', actorId: 'me', actorName: 'Ines', action: 'user.disable', objectType: 'user', objectId: 'bo', detail: {} }] },
  '/admin/webhooks/dead-letters': { items: [{ id: 'w', attempts: 8, url: 'https://hook.example', event: 'message', lastError: '500', createdAt: '2026-11-01T09:00:00Z', body: '' }] },
  '/admin/users': { items: [makeUser('me', { name: 'Ines', role: 'admin' }), makeUser('bo', { name: 'Bo', email: 'bo@example.org' })] },
  '/admin/settings': { settings: { 'files.dir': '', 'rtc.shards': 'auto' } },
};
// The blobs of jsdom cannot be read.
const blobOf = (text: string) => ({ text: () => Promise.resolve(text) });
const metrics = (sent: number) => blobOf(`parley_rooms 1\nparley_bytes_sent_total ${sent}\nparley_http_responses_total{class="2xx"} ${sent}`);

function setUp(page: string, change: Readonly<Record<string, unknown>> = {}, role: 'user' | 'admin' = 'admin') {
  return renderPage(<AdminPlace page={page} banner={null} />, (path) => (path in change ? change[path] : answers[path]), role);
}

afterEach(() => vi.useRealTimers());

describe('administration', () => {
  it('is for administrators, and asks nothing for others', async () => {
    const { call } = setUp('overview', {}, 'user');
    expect(await screen.findByText('Only administrators see this.')).toBeInTheDocument();
    expect(call).not.toHaveBeenCalled();
  });

  it('shows the numbers, the calls and whose line limits them', async () => {
    setUp('overview');
    expect(await screen.findByText('14')).toBeInTheDocument();
    const calls = screen.getByRole('region', { name: 'Calls now' });
    expect(within(calls).getByText('Bo: weak connection')).toBeInTheDocument();
    expect(within(calls).getByRole('img', { name: 'Quality since this page was opened: fair at times' })).toBeInTheDocument();
    expect(within(calls).getByText('1 camera')).toBeInTheDocument();
  });

  it('says why there are no plots', async () => {
    setUp('server', { '/metrics': blobOf('<html>') });
    expect(await screen.findByText(/does not answer here \(no metrics\)/)).toBeInTheDocument();
  });

  it('draws plots from what grew, and tells the same numbers in a table', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
    let sent = 0;
    renderPage(<AdminPlace page="server" banner={null} />, (path) => (path === '/metrics' ? metrics(sent) : answers[path]), 'admin');
    await waitFor(() => expect(screen.getByText('9.9')).toBeInTheDocument());
    sent = 6_250_000;
    await vi.advanceTimersByTimeAsync(5000);
    vi.useRealTimers();
    const plot = await screen.findByRole('figure', { name: /^Media, last 5 min\. Now 10 Mbit\/s/ });
    await userEvent.click(within(plot).getByRole('button', { name: 'As a table' }));
    expect(within(plot).getByRole('row', { name: /10 Mbit\/s 0 Mbit\/s/ })).toBeInTheDocument();
  });

  it('locks somebody out, but never me', async () => {
    const { call } = setUp('people');
    const table = await screen.findByRole('table', { name: 'People' });
    expect(within(table).queryByRole('button', { name: 'More for Ines' })).not.toBeInTheDocument();
    await userEvent.click(within(table).getByRole('button', { name: 'More for Bo' }));
    await userEvent.click(screen.getByRole('menuitem', { name: 'Lock out' }));
    expect(call).toHaveBeenCalledWith('/admin/users/bo', expect.objectContaining({ method: 'PATCH', body: { disabled: true } }));
  });

  it('asks before it deletes an account', async () => {
    const { call } = setUp('people');
    await userEvent.click(await screen.findByRole('button', { name: 'More for Bo' }));
    await userEvent.click(screen.getByRole('menuitem', { name: 'Delete account' }));
    const dialog = await screen.findByRole('dialog', { name: 'Delete the account of Bo?' });
    expect(call).not.toHaveBeenCalledWith('/admin/users/bo', expect.objectContaining({ method: 'DELETE' }));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Delete account' }));
    expect(call).toHaveBeenCalledWith('/admin/users/bo', expect.objectContaining({ method: 'DELETE' }));
  });

  it('makes an account with a password that it makes up', async () => {
    const { call } = setUp('people');
    await userEvent.click(await screen.findByRole('button', { name: 'New account' }));
    await userEvent.type(screen.getByLabelText('Name'), 'Cleo');
    await userEvent.type(screen.getByLabelText('Email'), 'cleo@example.org');
    await userEvent.click(screen.getByRole('button', { name: 'Make one up' }));
    await userEvent.click(screen.getByRole('button', { name: 'Create' }));
    const made = call.mock.calls.find(([path, request]) => path === '/admin/users' && request?.method === 'POST');
    expect(made?.[1]?.body).toMatchObject({ name: 'Cleo', email: 'cleo@example.org', role: 'user' });
  });

  it('sends a webhook again that nobody took', async () => {
    const { call } = setUp('alerts', { '/admin/webhooks/dead-letters/w/retry': {} });
    await userEvent.click(await screen.findByRole('button', { name: 'Send again' }));
    expect(call).toHaveBeenCalledWith('/admin/webhooks/dead-letters/w/retry', expect.objectContaining({ method: 'POST' }));
    expect(screen.getByText('1 webhook could not be delivered.')).toBeInTheDocument();
  });

  it('narrows the log to one person', async () => {
    const { call } = setUp('log');
    await userEvent.click(await screen.findByRole('button', { name: 'Only by Ines' }));
    expect(call).toHaveBeenLastCalledWith('/admin/audit-log', expect.objectContaining({ query: expect.objectContaining({ actorId: 'me' }) as unknown }));
    expect(await screen.findByRole('button', { name: 'Everything' })).toBeInTheDocument();
  });

  it('shows settings by group, and which are not set', async () => {
    setUp('limits');
    expect(within(await screen.findByRole('region', { name: 'Files and storage' })).getByText('not set')).toBeInTheDocument();
    await userEvent.type(screen.getByLabelText('Find a setting'), 'shards');
    expect(screen.queryByRole('region', { name: 'Files and storage' })).not.toBeInTheDocument();
  });
});
