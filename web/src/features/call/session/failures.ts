import { ConnectionError, ConnectionErrorReason, DisconnectReason } from 'livekit-client';
import { JoinError, type EndCause, type Failure } from './types';

const detailOf = (error: unknown): string => (error instanceof Error && error.message ? error.message : String(error));

const isMediaPath = (error: unknown): boolean => /\b(pc|ice|dtls) |\b(publisher|subscriber) connection/i.test(detailOf(error));

/** What stopped a join, from whatever connecting threw. */
export function failureOf(error: unknown): Failure {
  if (error instanceof JoinError) return error.failure;
  if (!(error instanceof ConnectionError)) {
    return isMediaPath(error) ? { kind: 'media' } : { kind: 'unknown', detail: detailOf(error) };
  }
  switch (error.reason) {
    case ConnectionErrorReason.NotAllowed:
      // The client puts a sentence of its own before the server's; ours says that already.
      return {
        kind: 'tokenRefused',
        detail: detailOf(error).replace(/^could not establish signal connection:\s*/, '').replace(/[.\s]+$/, ''),
      };
    case ConnectionErrorReason.ServerUnreachable:
    case ConnectionErrorReason.WebSocket:
      return { kind: 'away' };
    case ConnectionErrorReason.Timeout:
      return { kind: 'timeout' };
    case ConnectionErrorReason.Cancelled:
      return { kind: 'cancelled' };
    case ConnectionErrorReason.ServiceNotFound:
      return { kind: 'badAnswer' };
    case ConnectionErrorReason.LeaveRequest:
    case ConnectionErrorReason.InternalError:
      return isMediaPath(error) ? { kind: 'media' } : { kind: 'server', detail: detailOf(error) };
    default:
      return { kind: 'unknown', detail: detailOf(error) };
  }
}

/** Why a call that stood has ended. */
export function endCauseOf(reason: DisconnectReason | undefined): EndCause {
  switch (reason) {
    case DisconnectReason.CLIENT_INITIATED:
      return 'left';
    case DisconnectReason.DUPLICATE_IDENTITY:
      return 'duplicate';
    case DisconnectReason.SERVER_SHUTDOWN:
      return 'serverShutdown';
    case DisconnectReason.PARTICIPANT_REMOVED:
      return 'removed';
    case DisconnectReason.ROOM_DELETED:
    case DisconnectReason.ROOM_CLOSED:
      return 'roomClosed';
    case DisconnectReason.STATE_MISMATCH:
      return 'stale';
    case DisconnectReason.MEDIA_FAILURE:
      return 'media';
    case DisconnectReason.CONNECTION_TIMEOUT:
    case DisconnectReason.SIGNAL_CLOSE:
    case DisconnectReason.JOIN_FAILURE:
      return 'lineLost';
    case undefined:
      // The client gave up by itself: nobody was there to give a reason.
      return 'lineLost';
    default:
      return 'unknown';
  }
}
