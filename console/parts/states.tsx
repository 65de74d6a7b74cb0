import type { ComponentChildren } from 'preact';
import type { ApiError } from '../api/api-error.ts';
import type { LoadedResource } from '../api/use-resource.ts';
import { signInAgain } from '../session/session.ts';
import { texts } from '../texts/texts.ts';
import { Authored, GivenAllowed } from './authored.tsx';

/** Says that something is being loaded, once it takes long enough to be noticed. */
export const Loading = () => (
  <p class="state state-loading" role="status">
    <span class="spinner" aria-hidden="true" /> {texts.value.parts.loading}
  </p>
);

interface EmptyProps {
  readonly title: string;
  /** The ways to do something about it. */
  readonly children?: ComponentChildren;
}

/** Says that there is nothing, and what can be done. */
export const Empty = ({ title, children }: EmptyProps) => (
  <div class="state">
    <p class="state-title">{title}</p>
    {children}
  </div>
);

const SignInAgain = ({ style }: { readonly style: 'secondary' | 'link' }) => (
  <button type="button" class={style} onClick={() => void signInAgain()}>
    {texts.value.app.signInAgain}
  </button>
);

interface ProblemProps {
  readonly error: ApiError;
  /** Tries again. @default nothing can be tried */
  readonly retry?: (() => void) | undefined;
}

/** Says why something failed: each wrong field with its value and what is allowed, and the request's id for the logs. */
export const Problem = ({ error, retry }: ProblemProps) => {
  const t = texts.value.parts;
  const { kind, detail, errors, requestId } = error.failure;
  const isRefused = kind === 'no-rights';
  return (
    <div class="state state-problem" role="alert">
      <p class="state-title">
        <span aria-hidden="true">⚠</span> {isRefused ? t.noRights : t.failures[kind]}
      </p>
      {isRefused && <p>{t.noRightsHint}</p>}
      {!isRefused && detail !== '' && (
        <p>
          <Authored>{detail}</Authored>
        </p>
      )}
      {errors.length > 0 && (
        <ul>
          {errors.map((problem) => (
            <li key={problem.path}>
              <GivenAllowed problem={problem} />
            </li>
          ))}
        </ul>
      )}
      {requestId !== undefined && <p class="muted">{t.requestId(requestId)}</p>}
      {kind === 'signed-out' && <SignInAgain style="secondary" />}
      {retry !== undefined && !isRefused && (
        <button type="button" class="secondary" onClick={retry}>
          {t.reload}
        </button>
      )}
    </div>
  );
};

interface LoadedProps<T> {
  readonly from: LoadedResource<T>;
  readonly children: (value: T) => ComponentChildren;
}

/** Says that what is shown may be old, and what can be done. */
const Stale = ({ error, retry }: Required<ProblemProps>) => {
  const t = texts.value.parts;
  const { kind } = error.failure;
  return (
    <p class="notice" role="status">
      {kind === 'offline' ? t.offline : t.stale}{' '}
      {kind === 'signed-out' ? (
        <SignInAgain style="link" />
      ) : (
        <button type="button" class="link" onClick={retry}>
          {t.reload}
        </button>
      )}
    </p>
  );
};

/** Shows what is loaded, or that it is loading, or why it failed. What is there stays while it is loaded again. */
export const Loaded = <T,>({ from, children }: LoadedProps<T>) => {
  const { value, error } = from.resource.value;
  if (value === undefined) return error ? <Problem error={error} retry={from.reload} /> : <Loading />;
  return (
    <>
      {error !== undefined && <Stale error={error} retry={from.reload} />}
      {children(value)}
    </>
  );
};
