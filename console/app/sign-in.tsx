import { Loading } from '../parts/states.tsx';
import { session, startSession } from '../session/session.ts';
import { texts } from '../texts/texts.ts';

/** Says that the reader is being signed in, or can be. */
export const SignIn = () => {
  const t = texts.value.app;
  const { status, isRefused } = session.value;
  if (status === 'starting') return <Loading />;
  return (
    <div class="state">
      <h1>{isRefused ? t.refused : t.failed}</h1>
      {isRefused && <p>{t.refusedHint}</p>}
      <button type="button" onClick={() => void startSession()}>
        {t.signIn}
      </button>
    </div>
  );
};
