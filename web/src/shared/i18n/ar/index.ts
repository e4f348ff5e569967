import type { MessagesOf } from '../messages';
import type { en } from '../en';
import { call } from './call';
import { chat } from './chat';
import { places } from './places';
import { shell } from './shell';

export const ar: MessagesOf<typeof en> = { ...call, ...shell, ...chat, ...places };
