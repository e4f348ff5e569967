import type { Participant } from 'livekit-client';

/** What somebody is called; who gave no name is called by their identity. */
export const nameOf = ({ name, identity }: Participant): string => (name?.trim() ? name : identity);
