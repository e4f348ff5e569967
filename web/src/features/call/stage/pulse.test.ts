// @vitest-environment jsdom
import { act, render, screen } from '@testing-library/react';
import { Profiler } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createElement } from 'react';
import { Providers } from '@/app/Providers';
import { CallProvider } from '../session/CallContext';
import { makePerson, makeSession } from '../session/people.testkit';
import { createPulse } from './pulse';
import { Stage } from './Stage';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (run: FrameRequestCallback) => {
    run(0);
    return 0;
  });
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1424);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(772);
});
afterEach(() => void vi.useRealTimers());

it('renders nothing when 49 voices change their level', () => {
  const people = Array.from({ length: 49 }, (_, index) => makePerson(`p${index}`, { me: index === 0, speaking: index > 0, joinedAt: index }));
  let loudness = 0.2;
  const session = { ...makeSession(people), level: () => loudness };
  const onRender = vi.fn();
  render(
    createElement(
      Providers,
      null,
      createElement(CallProvider, { session, children: createElement(Profiler, { id: 'stage', onRender }, createElement(Stage, { container: null })) }),
    ),
  );
  act(() => void vi.advanceTimersByTime(3000));
  const bars = document.querySelectorAll<HTMLElement>('.voice');
  expect(screen.getAllByRole('figure')).toHaveLength(49);
  expect(bars).toHaveLength(48);
  onRender.mockClear();
  loudness = 0.64;
  act(() => void vi.advanceTimersByTime(1000));
  expect([...bars].every((bar) => bar.style.getPropertyValue('--level') === '0.80')).toBe(true);
  expect(onRender).not.toHaveBeenCalled();
});

it('marks a picture that stands still for two seconds, until it moves', () => {
  const tile = document.createElement('figure');
  const video = document.createElement('video');
  tile.dataset.frozenWords = 'Picture stands still';
  let frames = 1;
  video.getVideoPlaybackQuality = () => ({ totalVideoFrames: frames }) as VideoPlaybackQuality;
  const stop = createPulse(() => 0).video(video, tile);
  vi.advanceTimersByTime(1000);
  expect(tile.hasAttribute('data-frozen')).toBe(false);
  vi.advanceTimersByTime(2000);
  expect(tile.hasAttribute('data-frozen')).toBe(true);
  expect(tile).toHaveAttribute('aria-description', 'Picture stands still');
  frames = 40;
  vi.advanceTimersByTime(1000);
  expect(tile.hasAttribute('data-frozen')).toBe(false);
  stop();
  expect(vi.getTimerCount()).toBe(0);
});
