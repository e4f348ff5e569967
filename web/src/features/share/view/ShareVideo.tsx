import { useVideo } from '@/features/call/stage/useVideo';
import type { Picture } from '@/features/call/session/types';
import type { Size } from './viewport';

interface Props {
  picture: Picture;
  onSize: (size: Size) => void;
}

/** A shared screen fills its plane. A screen that nobody moves sends few pictures: still is not broken. */
export function ShareVideo({ picture, onSize }: Props) {
  const { ready, props } = useVideo(picture, (width, height) => onSize({ width, height }));
  return <video {...props} className={`absolute inset-0 size-full object-fill ${ready ? '' : 'opacity-0'}`} />;
}
