// First of all: it says in which order layers of style count, also for the styles of single features.
import './shared/tokens/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { Providers } from './app/Providers';
import { followPressedNotices } from './features/notices/systemNotice';
import { UpdateNotice } from './pwa/UpdateNotice';
import { startUpdates } from './pwa/updates';
import { guardFileDrops } from './shared/lib/fileDrops';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
if (import.meta.env.PROD) startUpdates();
followPressedNotices();
guardFileDrops();
createRoot(root).render(
  <StrictMode>
    <Providers>
      <App />
      <UpdateNotice />
    </Providers>
  </StrictMode>,
);
