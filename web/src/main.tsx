import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { Providers } from './app/Providers';
import { UpdateNotice } from './pwa/UpdateNotice';
import { startUpdates } from './pwa/updates';
import './shared/tokens/index.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
if (import.meta.env.PROD) startUpdates();
createRoot(root).render(
  <StrictMode>
    <Providers>
      <App />
      <UpdateNotice />
    </Providers>
  </StrictMode>,
);
