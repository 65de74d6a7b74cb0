import '@picocss/pico/css/pico.classless.min.css';
import './style/theme.css';
import './style/layout.css';
import './style/parts.css';
import { render } from 'preact';
import { followServerClock } from './api/server-clock.ts';
import { App } from './app/app.tsx';
import { startRouting } from './app/route.ts';
import { startSession } from './session/session.ts';
import { startTexts } from './texts/texts.ts';

const root = document.getElementById('console');
if (root === null) throw new Error('index.html has no element #console');
await startTexts();
startRouting();
render(<App />, root);
followServerClock();
await startSession();
