/** Events, their arguments and acknowledgements: generated from the file that the server is held to. */
export type {
  ClientEvents,
  Hand,
  Missed,
  ReadMarker,
  ServerEvents,
  Share,
  Stroke,
  ThreadState,
  Waiting,
} from './generated/events';
