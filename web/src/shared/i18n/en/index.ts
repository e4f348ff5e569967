import { call } from './call';
import { chat } from './chat';
import { places } from './places';
import { shell } from './shell';

export const en = { ...call, ...shell, ...chat, ...places } as const;
