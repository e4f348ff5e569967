import { useEffect, useState } from 'react';
import { useClient } from '@/app/client';
import { useStore } from '@/shared/state/store';

/** Seconds until the server takes the next message; 0 when it takes it now. */
export function useSlowed(): number {
  const client = useClient();
  const until = useStore(client.messages, (state) => state.slowUntil);
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const look = () => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000)));
    look();
    if (until <= Date.now()) return;
    const timer = setInterval(look, 500);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}
