import { admin } from './admin';
import { call } from './call';
import { chat } from './chat';
import { e2ee } from './e2ee';
import { files } from './files';
import { places } from './places';
import { share } from './share';
import { shell } from './shell';
import { stage } from './stage';
import { talk } from './talk';

export const en = { ...admin, ...call, ...share, ...shell, ...chat, ...e2ee, ...files, ...places, ...stage, ...talk } as const;
