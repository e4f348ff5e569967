import { useVideo } from '@/features/call/stage/useVideo';
import type { Picture } from '@/features/call/session/types';
import type { Size } from './viewport';

interface Props {
  picture: Picture;
  onSize: (size: Size) => void;
}

/**
 * A shared screen fills its plane, and comes whole: what is written on it must be read, and it can be zoomed. A screen that
 * nobody moves sends few pictures: still is not broken.
 */
export function ShareVideo({ picture, onSize }: Props) {
  const { ready, props } = useVideo(picture, { onSize: (width, height) => onSize({ width, height }), whole: true });
  return <video {...props} className={`absolute inset-0 size-full object-fill ${ready ? '' : 'opacity-0'}`} />;
}
