// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { FileTable } from './FileTable';
import { makeFile, renderPage } from './files.testkit';
import { previewStore } from './previewStore';

const files = [makeFile('small.txt', { size: 1 }), makeFile('large.txt', { size: 9000 }), makeFile('middle.txt', { size: 500, canEdit: undefined })];

function setUp(whole = makeFile('middle.txt')) {
  const onOpen = vi.fn();
  const onRenamed = vi.fn();
  const page = renderPage(
    <FileTable label="Files" files={files} people={(id) => ({ id: id ?? '', name: 'Ines' })} sortedBy="name" onOpen={onOpen} onRenamed={onRenamed} />,
    (path, { method }) => (path.startsWith('/files/') ? (method === 'PATCH' ? makeFile('renamed') : whole) : undefined),
  );
  return { ...page, onOpen, onRenamed };
}

const row = (name: string) => screen.getByRole('row', { name: new RegExp(name) });
const names = () =>
  within(screen.getByRole('table', { name: 'Files' }))
    .getAllByRole('row')
    .slice(1)
    .map((element) => /(small|large|middle)\.txt/.exec(element.textContent)?.[0]);

describe('the table of files', () => {
  it('sorts by a click on a head, and says so', async () => {
    setUp();
    expect(names()).toEqual(['large.txt', 'middle.txt', 'small.txt']);
    await userEvent.click(screen.getByRole('button', { name: 'Size' }));
    expect(names()).toEqual(['large.txt', 'middle.txt', 'small.txt']);
    expect(screen.getByRole('columnheader', { name: 'Size' })).toHaveAttribute('aria-sort', 'descending');
    await userEvent.click(screen.getByRole('button', { name: 'Size' }));
    expect(names()).toEqual(['small.txt', 'middle.txt', 'large.txt']);
    expect(screen.getByRole('columnheader', { name: 'Size' })).toHaveAttribute('aria-sort', 'ascending');
  });

  it('is walked with arrows, looked at with Space and opened with Enter', async () => {
    const { onOpen } = setUp();
    row('large').focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(row('middle')).toHaveFocus();
    await userEvent.keyboard(' ');
    expect(previewStore.getState()).toMatchObject({ at: 1, roomId: 'room' });
    previewStore.dispatch({ type: 'close' });
    await userEvent.keyboard('{Enter}');
    expect(onOpen).toHaveBeenCalledWith(files[2]);
  });

  it('chooses all with Ctrl A, and none with Esc', async () => {
    setUp();
    row('large').focus();
    await userEvent.keyboard('{Control>}a{/Control}');
    expect(screen.getByRole('status')).toHaveTextContent('3 files chosen');
    expect(row('small')).toHaveAttribute('aria-selected', 'true');
    await userEvent.keyboard('{Escape}');
    expect(row('small')).toHaveAttribute('aria-selected', 'false');
  });

  it('renames with F2 and keeps the ending out of the choice', async () => {
    const { call, onRenamed } = setUp();
    row('large').focus();
    await userEvent.keyboard('{F2}');
    const field = await screen.findByRole('textbox', { name: 'New name of large.txt' });
    await userEvent.keyboard('bigger{Enter}');
    expect(field).toHaveValue('bigger.txt');
    expect(call).toHaveBeenCalledWith('/files/large.txt', expect.objectContaining({ method: 'PATCH', body: { name: 'bigger.txt' } }));
    await waitFor(() => expect(onRenamed).toHaveBeenCalled());
  });

  it('asks what I may before it lets me rename', async () => {
    const { client } = setUp(makeFile('middle.txt', { canEdit: false }));
    row('middle').focus();
    await userEvent.keyboard('{F2}');
    await waitFor(() => expect(client.notices.getState()).toMatchObject([{ text: { key: 'error.permission' } }]));
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
  });

  it('gives a rename up with Esc', async () => {
    const { call } = setUp();
    row('large').focus();
    await userEvent.keyboard('{F2}');
    await screen.findByRole('textbox');
    await userEvent.keyboard('other{Escape}');
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
    expect(call).not.toHaveBeenCalledWith('/files/large.txt', expect.objectContaining({ method: 'PATCH' }));
  });
});
