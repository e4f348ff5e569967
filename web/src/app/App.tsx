import { CallPage } from '@/features/call/CallPage';
import { useRoute } from './router';

/** Every place of today is a call: its room is typed in at home and comes with the address of a room. */
export function App() {
  const route = useRoute();
  return <CallPage room={route.place === 'room' ? route.room : ''} />;
}
