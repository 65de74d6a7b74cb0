import { signal } from '@preact/signals';
import { tellEnding } from './before-end.ts';
import { loadConfig } from './config.ts';
import { holdsChanges, mustStay } from './leaving.ts';
import { connectOidc, isRefusal, type Oidc, type Tokens } from './oidc.ts';
import { onSignedOut, tellSignedOut } from './other-tabs.ts';
import { storePending, takePending } from './pending.ts';
import { type Person, readPerson } from './person.ts';

export interface Session {
  readonly status: 'starting' | 'signed-in' | 'failed';
  readonly person?: Person;
  /** Whether the console runs on this machine. */
  readonly isLocal: boolean;
  /** Whether it has ended while the page holds what leaving it for the issuer would lose. */
  readonly hasEnded?: boolean;
  /** Whether the API takes no token of the issuer, so that signing in again would be in vain. */
  readonly isRefused?: boolean;
}

/** The session of the page. */
export const session = signal<Session>({ status: 'starting', isLocal: false });

/** The tokens. They are in memory only, so a page that is loaded again asks the issuer, which knows the browser. */
let tokens: Tokens | undefined;
let oidc: Oidc | undefined;
let renewing: Promise<Renewal> | undefined;
/** Whether the session has ended. Then the person may sign in again, and no request does it. */
let isOver = false;
/** When the tokens were given, in milliseconds since 1970. */
let givenAt = 0;

/** The time in which a new token that is refused would be refused again, in milliseconds. */
const freshMs = 60_000;

/** Returns the access token; empty if nobody is signed in. */
export const accessToken = (): string => tokens?.access ?? '';

const accept = (given: Tokens): void => {
  tokens = given;
  isOver = false;
  givenAt = Date.now();
  session.value = {
    ...session.value,
    status: 'signed-in',
    person: readPerson(given.access),
    hasEnded: false,
    isRefused: false,
  };
};

const fail = (isRefused = false): void => {
  tokens = undefined;
  session.value = { status: 'failed', isLocal: session.value.isLocal, isRefused };
};

/** Keeps the page as it is, without a session, until its person signs in again. */
const stay = (isRefused = false): void => {
  session.value = { ...session.value, hasEnded: true, isRefused };
};

/** Ends the session of this page alone. Changes that it holds stay to be saved. */
const end = (): void => {
  isOver = true;
  tellEnding();
  tokens = undefined;
  if (session.value.status !== 'signed-in') return;
  if (holdsChanges.value) stay();
  else fail();
};

onSignedOut(end);

const endHere = (): void => {
  isOver = true;
  tellEnding();
  fail();
  tellSignedOut();
};

const connect = async (): Promise<Oidc> => {
  if (oidc !== undefined) return oidc;
  const config = await loadConfig();
  session.value = { ...session.value, isLocal: config.local };
  oidc = await connectOidc(config, new URL('/console/', location.origin).href);
  return oidc;
};

/** Leaves the page for the issuer. It is replaced in the history, since going back there would sign in again. */
const leave = async (issuer: Oidc): Promise<void> => {
  const { address, pending } = await issuer.begin(document.documentElement.lang);
  storePending({ ...pending, fragment: location.hash });
  location.replace(address);
};

/** Puts the address to rights that the issuer has sent people back to, so that no code stays in it. */
const comeBack = (fragment: string): void => {
  history.replaceState(null, '', `${location.pathname}${fragment}`);
  dispatchEvent(new HashChangeEvent('hashchange'));
};

/**
 * Signs in: goes to the issuer, which asks who somebody is unless it knows the browser, or takes its answer if the page is
 * the one that it was sent back to. It never throws; a sign-in that fails can be tried again.
 */
export const startSession = async (): Promise<void> => {
  session.value = { status: 'starting', isLocal: session.value.isLocal };
  const address = new URL(location.href);
  const isAnswer = address.searchParams.has('code') || address.searchParams.has('error');
  try {
    const pending = takePending();
    if (isAnswer) comeBack(pending?.fragment ?? '');
    const issuer = await connect();
    // An answer that nobody waits for is dropped: it may be another's, or that of before, by the button Back.
    if (!isAnswer || pending === undefined) await leave(issuer);
    else accept(await issuer.finish(address, pending));
  } catch {
    fail();
  }
};

/** The result of renewing a session: `unreachable` if it may be valid, and can't be renewed now. */
type Renewal = 'valid' | 'unreachable' | 'over';

/** Renews the tokens alone. */
const refresh = async (issuer: Oidc, token: string): Promise<Renewal> => {
  try {
    const given = await issuer.refresh(token);
    // Somebody who signs out meanwhile stays so.
    if (isOver) return 'over';
    accept(given);
    return 'valid';
  } catch (error) {
    return isRefusal(error) ? 'over' : 'unreachable';
  }
};

/** Says that the API refuses a new token. Who signed in again and again would never see why. */
const refuse = (): Renewal => {
  isOver = true;
  if (mustStay()) stay(true);
  else fail(true);
  return 'over';
};

const renew = async (mayLeave: boolean): Promise<Renewal> => {
  if (isOver || session.value.hasEnded) return 'over';
  if (Date.now() - givenAt < freshMs) return refuse();
  const issuer = await connect();
  const renewal = tokens?.refresh === undefined ? 'over' : await refresh(issuer, tokens.refresh);
  if (renewal !== 'over' || isOver) return renewal;
  if (mayLeave && !mustStay()) await leave(issuer);
  else stay();
  return 'over';
};

/**
 * Renews a session that has expired: by a refresh token if the issuer gave one, else by leaving the page for the issuer,
 * which sends people back to where they were.
 *
 * @param refused the token that was refused
 * @param mayLeave whether the page may be left. What somebody has written is lost then
 */
export const renewSession = async (refused: string, mayLeave: boolean): Promise<Renewal> => {
  // Another request has renewed it meanwhile.
  if (tokens !== undefined && refused !== tokens.access) return 'valid';
  renewing ??= renew(mayLeave)
    .catch((): Renewal => 'unreachable')
    .finally(() => {
      renewing = undefined;
    });
  return renewing;
};

/** Goes to the issuer, after the browser has asked about what the page holds. */
export const signInAgain = async (): Promise<void> => {
  try {
    await leave(await connect());
  } catch {
    // It can be tried again.
  }
};

/**
 * Signs out, here and at the issuer. The session ends when the page goes, and not before: what is still to be sent is
 * sent as its person, and somebody may stay when the browser asks about changes.
 */
export const endSession = (): void => {
  const address = oidc?.endAddress();
  if (address === undefined) {
    endHere();
    return;
  }
  addEventListener('pagehide', endHere, { once: true });
  // A browser may show the page again as it was left.
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
  location.replace(address);
};
