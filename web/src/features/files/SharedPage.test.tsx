// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { Providers } from '@/app/Providers';
import { SharedPage } from './SharedPage';

const problem = (status: number, code: string, retryAfter?: number) => new Response(JSON.stringify({ code, retryAfter }), { status });
const file = (url: string) =>
  new Response(JSON.stringify({ file: { name: 'plan.pdf', size: 5, mime: 'application/pdf', updatedAt: '2026-11-01T09:00:00Z' }, url, expiresAt: null }));

function setUp(answers: readonly Response[]) {
  const rest = [...answers];
  const fetched = vi.fn(() => Promise.resolve(rest.shift() ?? problem(404, 'not-found')));
  vi.stubGlobal('fetch', fetched);
  render(
    <Providers>
      <SharedPage token="T" />
    </Providers>,
  );
  return fetched;
}

describe('what a link to a file leads to', () => {
  it('asks for the password, says when it is wrong, and then offers the file', async () => {
    const fetched = setUp([problem(401, 'unauthenticated'), problem(401, 'unauthenticated'), file('/api/v1/files/f/content?s=1')]);
    await userEvent.type(await screen.findByLabelText('Password'), 'no{Enter}');
    expect(await screen.findByText('This is not the password of this link.')).toBeInTheDocument();
    await userEvent.type(screen.getByLabelText('Password'), 'yes{Enter}');
    expect(await screen.findByRole('link', { name: 'Download' })).toHaveAttribute('href', expect.stringMatching(/\/api\/v1\/files\/f\/content\?s=1$/));
    expect(fetched).toHaveBeenLastCalledWith('/api/v1/shared/T', expect.objectContaining({ method: 'POST', body: '{"password":"noyes"}' }));
  });

  it('says that a link has ended', async () => {
    setUp([problem(404, 'not-found')]);
    expect(await screen.findByRole('heading', { name: 'This link leads nowhere' })).toBeInTheDocument();
  });

  it('offers no address that would run', async () => {
    setUp([file('javascript:alert(1)')]);
    expect(await screen.findByRole('heading', { name: 'plan.pdf' })).toBeInTheDocument();
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  });
});
