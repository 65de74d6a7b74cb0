import { Toasts } from '../parts/toasts.tsx';
import { session } from '../session/session.ts';
import { texts } from '../texts/texts.ts';
import { EndedNotice } from './ended-notice.tsx';
import { Navigation } from './navigation.tsx';
import { OfflineNotice } from './offline.tsx';
import { PageView, shownPage } from './page-view.tsx';
import { SignIn } from './sign-in.tsx';

/** The console: its navigation, and the page that is shown. */
export const App = () => (
  <>
    <button type="button" class="skip" onClick={focusContent}>
      {texts.value.app.skip}
    </button>
    <Navigation />
    <main id="content" tabIndex={-1} data-page={shownPage}>
      <OfflineNotice />
      <EndedNotice />
      {session.value.status === 'signed-in' ? <PageView /> : <SignIn />}
    </main>
    <Toasts />
  </>
);

/** The fragment of the address is a page's place, so that no link can name an element. */
const focusContent = (): void => document.getElementById('content')?.focus();
