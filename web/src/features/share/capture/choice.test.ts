import { describe, expect, it } from 'vitest';
import { captureOptions, parseChoice, publishOptions, usualChoice } from './choice';

describe('how a screen is shared', () => {
  it('sharp text keeps its pixels, smooth motion its frames', () => {
    expect(captureOptions(usualChoice)).toMatchObject({ contentHint: 'detail', video: { displaySurface: 'monitor' } });
    expect(captureOptions({ ...usualChoice, content: 'motion' })).toMatchObject({ contentHint: 'motion', resolution: { frameRate: 30 } });
    expect(publishOptions({ content: 'text' }, 'window')).toMatchObject({ name: 'window', degradationPreference: 'maintain-resolution' });
    expect(publishOptions({ content: 'motion' }, 'x')).toMatchObject({ degradationPreference: 'maintain-framerate', screenShareEncoding: { maxFramerate: 30 } });
  });

  it('takes sound along only when it is wanted', () => {
    expect(captureOptions(usualChoice)).toMatchObject({ audio: true, systemAudio: 'include' });
    expect(captureOptions({ ...usualChoice, sound: false })).toMatchObject({ audio: false, systemAudio: 'exclude' });
  });

  it('reads what another version stored as far as it understands it', () => {
    expect(parseChoice({ surface: 'browser', content: 'motion', sound: false })).toEqual({ surface: 'browser', content: 'motion', sound: false });
    expect(parseChoice({ surface: 'moon', content: 3 })).toEqual(usualChoice);
    expect(parseChoice('x')).toBeUndefined();
  });
});
