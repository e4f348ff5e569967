// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { makeRoom } from '@/testing/things';
import { FilePanel } from './FilePanel';
import { makeFile, renderPage } from './files.testkit';
import { previewStore } from './previewStore';

const at = (day: number) => `2026-11-0${day}T09:00:00Z`;
const version = (number: number, size: number, note = '', sha256 = String(number)) => ({
  number, size, note, sha256, mime: 'text/plain', uploaderId: 'me', restoredFrom: null, createdAt: at(number),
});

function setUp({ canGrant = true, canEdit = true, chosen }: { canGrant?: boolean; canEdit?: boolean; chosen?: number } = {}) {
  const file = makeFile('plan.txt', { version: 3, canGrant, canEdit, canDelete: true });
  const answers: Readonly<Record<string, unknown>> = {
    '/files/plan.txt': file,
    '/files/plan.txt/versions': { items: [version(1, 1000), version(2, 5000, 'wider'), version(3, 4000, '', '2')] },
    '/files/plan.txt/grants': { items: [{ id: 'g', kind: 'link', password: true, expiresAt: at(9) }] },
    '/files/plan.txt/downloads': { items: [{ id: 'd', userId: 'bo', userName: 'Bo', version: 2, complete: true, startedAt: at(4) }] },
    '/files/plan.txt/versions/2/restore': makeFile('plan.txt', { version: 4 }),
  };
  return renderPage(<FilePanel room={makeRoom('room', { name: 'Quay' })} fileId="plan.txt" version={chosen} onClose={vi.fn()} />, (path, { method }) =>
    method === 'POST' && path.endsWith('/grants') ? { token: 'T/1' } : answers[path],
  );
}

/** The three of them, newest first. */
async function versions(): Promise<[HTMLElement, HTMLElement, HTMLElement]> {
  const [third, second, first] = within(await screen.findByRole('region', { name: 'Versions' })).getAllByRole('listitem');
  if (!third || !second || !first) throw new Error('not all versions are listed');
  return [third, second, first];
}

beforeEach(() => previewStore.dispatch({ type: 'close' }));

describe('the panel of a file', () => {
  it('lists versions, newest first, with what changed', async () => {
    setUp({ chosen: 2 });
    const [third, second, first] = await versions();
    expect(third).toHaveTextContent('Version 3Current');
    expect(third).toHaveTextContent('−1');
    expect(second).toHaveTextContent('wider');
    expect(second).toHaveAttribute('aria-current', 'true');
    expect(first).not.toHaveTextContent('+');
  });

  it('brings a version back', async () => {
    const { call, client } = setUp();
    const [third, second] = await versions();
    expect(within(third).queryByRole('button', { name: 'Restore' })).not.toBeInTheDocument();
    await userEvent.click(within(second).getByRole('button', { name: 'Restore' }));
    expect(call).toHaveBeenCalledWith('/files/plan.txt/versions/2/restore', expect.objectContaining({ method: 'POST' }));
    await waitFor(() => expect(client.notices.getState()).toMatchObject([{ text: { key: 'files.restored', parameters: { n: 2, now: 4 } } }]));
  });

  it('is walked with arrows; Enter looks at a version, Shift Enter compares it', async () => {
    setUp();
    const [third, second] = await versions();
    third.focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(second).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(previewStore.getState()).toMatchObject({ version: 2 });
    await userEvent.keyboard('{Shift>}{Enter}{/Shift}');
    const dialog = await screen.findByRole('dialog', { name: 'Version 1 beside version 2' });
    expect(dialog).toHaveTextContent('Difference+4');
    expect(dialog).toHaveTextContent('1 day');
    const [left] = within(dialog).getAllByRole('combobox');
    if (!left) throw new Error('no choice of versions');
    await userEvent.selectOptions(left, '3');
    expect(dialog).toHaveTextContent('Both are the same, byte for byte.');
  });

  it('says who sees it, and who fetched which version', async () => {
    setUp();
    const who = await screen.findByRole('region', { name: 'Who sees it' });
    expect(who).toHaveTextContent('Everybody in Quay2 people');
    expect(who).toHaveTextContent('Link with a password');
    expect(screen.getByRole('region', { name: 'Downloads' })).toHaveTextContent('Bo · Version 2');
  });

  it('asks neither who sees it nor who fetched it for those who may not know', async () => {
    const { call } = setUp({ canGrant: false, canEdit: false });
    await versions();
    expect(call).not.toHaveBeenCalledWith('/files/plan.txt/grants');
    expect(screen.queryByRole('region', { name: 'Downloads' })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Change' })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'New version' })).not.toBeInTheDocument();
  });

  it('makes a link with a password that is shown once', async () => {
    const { call } = setUp();
    await userEvent.click(await screen.findByRole('button', { name: 'Change' }));
    await userEvent.click(screen.getByRole('button', { name: 'Make a link' }));
    await userEvent.type(screen.getByLabelText('Password (may be empty)'), 'pw');
    await userEvent.click(screen.getByRole('button', { name: 'Make a link' }));
    expect(await screen.findByDisplayValue(/\/s\/T%2F1$/)).toBeInTheDocument();
    const made = call.mock.calls.find(([, request]) => request?.method === 'POST');
    expect(made?.[1]?.body).toMatchObject({ kind: 'link', password: 'pw' });
  });
});
