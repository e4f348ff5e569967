// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { I18nProvider } from '@/shared/i18n';
import type { CaptureState } from '../devices/useCapture';
import { DeviceBanners } from './DeviceBanners';

const on = { step: 'on', track: {} as MediaStreamTrack } as const;
const failed = (trouble: 'blocked' | 'none' | 'busy'): CaptureState => ({ step: 'failed', trouble, why: { key: 'device.cameraNone' } });

function show(change: Partial<Parameters<typeof DeviceBanners>[0]>) {
  const props = { secure: true, microphone: on, camera: on, hearing: 'hear', echo: false, onAnother: vi.fn(), onSoundOnly: vi.fn() } as const;
  render(
    <I18nProvider initial="en">
      <DeviceBanners {...props} {...change} />
    </I18nProvider>,
  );
  return { ...props, user: userEvent.setup() };
}

describe('DeviceBanners', () => {
  it('says nothing when all is well', () => {
    show({});
    expect(screen.queryByRole('status')).not.toBeInTheDocument();
  });

  it('shows where to allow a blocked device', async () => {
    const { user } = show({ microphone: failed('blocked') });
    await user.click(screen.getByRole('button', { name: 'Show me where' }));
    expect(screen.getByRole('figure', { name: 'Where to allow it' })).toBeInTheDocument();
  });

  it('joins with sound where there is no camera', async () => {
    const { user, onSoundOnly } = show({ camera: failed('none') });
    await user.click(screen.getByRole('button', { name: 'Join with sound' }));
    expect(onSoundOnly).toHaveBeenCalledOnce();
  });

  it.each([
    ['camera', { camera: failed('busy') }, /Parley picks it up by itself/],
    ['microphone', { hearing: 'silence' }, /^We hear nothing from this microphone/],
  ] as const)('leads to another %s', async (kind, change, text) => {
    const { user, onAnother } = show(change);
    expect(screen.getByText(text)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Choose another' }));
    expect(onAnother).toHaveBeenCalledExactlyOnceWith(kind);
  });

  it('names an echo and what helps', () => {
    show({ echo: true });
    expect(screen.getByText(/^Your microphone hears your speaker/)).toBeInTheDocument();
  });
});
