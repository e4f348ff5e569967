// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LONG_PRESS_MS, useLongPress } from './useLongPress';

const pressed = vi.fn();

function Box() {
  return (
    <div data-testid="box" {...useLongPress(pressed)}>
      text <button type="button">own</button>
    </div>
  );
}

const touch = (change: Record<string, unknown> = {}) => ({ pointerType: 'touch', clientX: 5, clientY: 5, ...change });

beforeEach(() => {
  vi.useFakeTimers();
  pressed.mockClear();
  // jsdom knows no pointers: a mouse event that says what it is will do.
  vi.stubGlobal('PointerEvent', class extends MouseEvent {
    readonly pointerType: string;
    constructor(type: string, init: PointerEventInit = {}) {
      super(type, init);
      this.pointerType = init.pointerType ?? '';
    }
  });
  render(<Box />);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('is a finger that stays', () => {
  fireEvent.pointerDown(screen.getByTestId('box'), touch());
  fireEvent.pointerMove(screen.getByTestId('box'), touch({ clientX: 9 }));
  vi.advanceTimersByTime(LONG_PRESS_MS);
  expect(pressed).toHaveBeenCalledOnce();
});

it.each([
  ['moves on', () => fireEvent.pointerMove(screen.getByTestId('box'), touch({ clientY: 40 }))],
  ['is lifted', () => fireEvent.pointerUp(screen.getByTestId('box'), touch())],
  ['is taken for a scroll', () => fireEvent.pointerCancel(screen.getByTestId('box'), touch())],
])('is none when it %s', (_, act) => {
  fireEvent.pointerDown(screen.getByTestId('box'), touch());
  act();
  vi.advanceTimersByTime(LONG_PRESS_MS);
  expect(pressed).not.toHaveBeenCalled();
});

it('leaves mice and buttons alone', () => {
  fireEvent.pointerDown(screen.getByTestId('box'), touch({ pointerType: 'mouse' }));
  fireEvent.pointerDown(screen.getByRole('button'), touch());
  vi.advanceTimersByTime(LONG_PRESS_MS);
  expect(pressed).not.toHaveBeenCalled();
});
