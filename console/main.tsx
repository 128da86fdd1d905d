import { QueryClientProvider } from '@tanstack/preact-query';
import { render } from 'preact';
import { queries } from './api/session.ts';
import { App } from './app.tsx';
import './style/base.css';
import './style/shell.css';
import './style/list.css';
import './style/booking.css';
import './style/form.css';
import './style/batches.css';
import { watchScroll } from './shell/scroll.ts';

watchScroll();
render(
  <QueryClientProvider client={queries}>
    <App />
  </QueryClientProvider>,
  document.getElementById('console')!,
);
