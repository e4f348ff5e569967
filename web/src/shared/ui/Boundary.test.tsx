// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { Providers } from '@/app/Providers';
import { Boundary } from './Boundary';

function Faulty(): never {
  throw new Error('a fault');
}

const page = (name: string, faulty: boolean) => (
  <Providers>
    <p>beside</p>
    <Boundary name={name}>{faulty ? <Faulty /> : <p>whole</p>}</Boundary>
  </Providers>
);

describe('Boundary', () => {
  it('keeps a fault in its part, and begins afresh in another place', () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { rerender } = render(page('a', true));
    expect(screen.getByRole('alert')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Reload' })).toBeInTheDocument();
    expect(screen.getByText('beside')).toBeInTheDocument();
    rerender(page('b', false));
    expect(screen.getByText('whole')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
