// @vitest-environment jsdom
import { ConnectionError, DisconnectReason } from 'livekit-client';
import { describe, expect, it } from 'vitest';
import type { MessageKey } from '@/shared/i18n';
import { en } from '@/shared/i18n/en';
import { devicePhrase, troubleOf } from '../devices/errors';
import { failurePhrase } from '../failurePhrase';
import { endCauseOf, failureOf } from './failures';
import { JoinError } from './types';

describe('failureOf', () => {
  it.each([
    [ConnectionError.notAllowed('token is expired.', 401), { kind: 'tokenRefused', detail: 'token is expired' }],
    [
      ConnectionError.notAllowed('could not establish signal connection: invalid token: expired', 401),
      { kind: 'tokenRefused', detail: 'invalid token: expired' },
    ],
    [ConnectionError.serverUnreachable('Failed to fetch'), { kind: 'away' }],
    [ConnectionError.websocket('closed'), { kind: 'away' }],
    [ConnectionError.timeout('too slow'), { kind: 'timeout' }],
    [ConnectionError.cancelled('by hand'), { kind: 'cancelled' }],
    [ConnectionError.internal('could not establish pc connection'), { kind: 'media' }],
    [ConnectionError.internal('the device service is full'), { kind: 'server', detail: 'the device service is full' }],
    [new JoinError({ kind: 'badAnswer' }), { kind: 'badAnswer' }],
    [new Error('strange'), { kind: 'unknown', detail: 'strange' }],
    ['text', { kind: 'unknown', detail: 'text' }],
  ])('of %s', (error, expected) => {
    expect(failureOf(error)).toEqual(expected);
  });
});

describe('endCauseOf', () => {
  it.each([
    [DisconnectReason.CLIENT_INITIATED, 'left'],
    [DisconnectReason.DUPLICATE_IDENTITY, 'duplicate'],
    [DisconnectReason.SERVER_SHUTDOWN, 'serverShutdown'],
    [DisconnectReason.PARTICIPANT_REMOVED, 'removed'],
    [DisconnectReason.ROOM_DELETED, 'roomClosed'],
    [DisconnectReason.ROOM_CLOSED, 'roomClosed'],
    [DisconnectReason.STATE_MISMATCH, 'stale'],
    [DisconnectReason.MEDIA_FAILURE, 'media'],
    [DisconnectReason.SIGNAL_CLOSE, 'lineLost'],
    [undefined, 'lineLost'],
    [DisconnectReason.UNKNOWN_REASON, 'unknown'],
  ] as const)('of reason %s is %s', (reason, expected) => {
    expect(endCauseOf(reason)).toBe(expected);
    expect(en).toHaveProperty([`ended.${expected}`]);
  });
});

describe('failurePhrase', () => {
  it.each(['away', 'media', 'timeout', 'badAnswer', 'unsupported', 'page'] as const)('has words for %s', (kind) => {
    expect(failurePhrase({ kind })?.key).toBe(`failure.${kind}` satisfies MessageKey);
  });

  it('repeats what the server said, and has no words for what was taken back', () => {
    expect(failurePhrase({ kind: 'server', detail: 'full' })?.parameters).toEqual({ detail: 'full' });
    expect(failurePhrase({ kind: 'cancelled' })).toBeNull();
  });
});

describe('device errors', () => {
  it.each([
    ['NotAllowedError', 'blocked'],
    ['SecurityError', 'blocked'],
    ['NotFoundError', 'none'],
    ['OverconstrainedError', 'none'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
    ['TypeError', 'failed'],
  ] as const)('%s means %s', (name, expected) => {
    expect(troubleOf(new DOMException('', name))).toBe(expected);
  });

  it('name the device and the way out', () => {
    expect(devicePhrase('camera', new DOMException('', 'NotAllowedError')).key).toBe('device.cameraBlocked');
    expect(devicePhrase('screen', new Error('gone'))).toEqual({
      key: 'device.shareFailed',
      parameters: { detail: 'gone' },
    });
  });
});
