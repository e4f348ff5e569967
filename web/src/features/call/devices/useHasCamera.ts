import { useEffect, useState } from 'react';

/** Whether there is a camera at all. Known before any permission: only its name is not. */
export function useHasCamera(): boolean {
  const [has, setHas] = useState(true);
  useEffect(() => {
    const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
    if (!mediaDevices) return;
    let current = true;
    const read = () => {
      mediaDevices.enumerateDevices().then(
        (found) => {
          if (current) setHas(found.some(({ kind }) => kind === 'videoinput'));
        },
        () => undefined,
      );
    };
    read();
    mediaDevices.addEventListener('devicechange', read);
    return () => {
      current = false;
      mediaDevices.removeEventListener('devicechange', read);
    };
  }, []);
  return has;
}
