/** Events, their arguments and acknowledgements: generated from the file that the server is held to. */
export type {
  ClientEvents,
  Hand,
  Missed,
  ServerEvents,
  Share,
  Stroke,
  ThreadState,
} from './generated/events';
