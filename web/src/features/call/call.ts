// What only a call needs, in one chunk: the first page comes without it and fetches it when Join is near.
export { CallScreen } from './CallScreen';
export { joinCall } from './session/livekit';
export { PipProvider } from './pip/PipContext';
export { FloatingCall } from './FloatingCall';
export { ShareHost } from '@/features/share/ShareHost';
