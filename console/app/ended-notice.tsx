import { holdsChanges } from '../session/leaving.ts';
import { session, signInAgain } from '../session/session.ts';
import { texts } from '../texts/texts.ts';

const sayEnded = (): string => {
  const t = texts.value.app;
  if (session.value.isRefused) return t.refused;
  return holdsChanges.value ? t.ended : t.endedWriting;
};

/** Says that the session has ended while the page holds something, which can be saved before one signs in again. */
export const EndedNotice = () => {
  const t = texts.value.app;
  return session.value.hasEnded ? (
    <p class="notice" role="alert">
      {sayEnded()}{' '}
      <button type="button" class="link" onClick={() => void signInAgain()}>
        {t.signInAgain}
      </button>
    </p>
  ) : null;
};
