import { QueryClientProvider } from '@tanstack/preact-query';
import { render } from 'preact';
import { queries } from './api/session.ts';
import { App } from './app.tsx';
import { firstLanguage, loadWords } from './language/language.ts';
import './style/base.css';
import './style/shell.css';
import './style/list.css';
import './style/booking.css';
import './style/form.css';
import './style/batches.css';
import { watchScroll } from './shell/scroll.ts';

watchScroll();
const first = await loadWords(firstLanguage());
render(
  <QueryClientProvider client={queries}>
    <App first={first} />
  </QueryClientProvider>,
  document.getElementById('console')!,
);
