import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/** Creates a page with an issuer and an API that answer as a test says. */
const createPage = async () => {
  const view = new EventTarget();
  const went: string[] = [];
  const stored = new Map<string, string>();
  const address = {
    href: 'https://sluice.example/console/',
    origin: 'https://sluice.example',
    hash: '#/leads',
  };
  vi.stubGlobal('addEventListener', view.addEventListener.bind(view));
  vi.stubGlobal('dispatchEvent', view.dispatchEvent.bind(view));
  vi.stubGlobal('HashChangeEvent', Event);
  vi.stubGlobal('history', { replaceState: () => {} });
  const document = { documentElement: { lang: 'es' }, querySelector: (): unknown => null };
  vi.stubGlobal('document', document);
  vi.stubGlobal('location', { ...address, pathname: '/console/', replace: (to: string) => went.push(to) });
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => stored.set(name, value),
    removeItem: (name: string) => stored.delete(name),
  });
  const posted: unknown[] = [];
  vi.stubGlobal(
    'BroadcastChannel',
    class extends EventTarget {
      postMessage(message: unknown) {
        posted.push(message);
      }
    },
  );
  return { went, stored, posted, document };
};

const issuer = 'https://issuer.example';
const description = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
};
const config = { issuer, discovery: `${issuer}/d`, clientId: 'c', scope: 'sluice/viewer', local: false };
const token = ['{}', '{"sub":"jane","scope":"sluice/viewer"}', '']
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.');
const tokens = { access_token: token, refresh_token: 'refresh', token_type: 'bearer' };

/** Signs in at an issuer that has no page to sign out. */
const signIn = async (page: Awaited<ReturnType<typeof createPage>>) => {
  const answers = { token: async (): Promise<Response> => Response.json(tokens) };
  vi.stubGlobal('fetch', async (given: string | URL | Request) => {
    const url = String(given instanceof Request ? given.url : given);
    if (url.endsWith('/config.json')) return Response.json(config);
    return url.endsWith('/token') ? answers.token() : Response.json(description);
  });
  vi.resetModules();
  const module = await import('../../../console/session/session.ts');
  const { beforeEnd } = await import('../../../console/session/before-end.ts');
  await module.startSession();
  const { searchParams } = new URL(page.went.pop() ?? '');
  location.href = `https://sluice.example/console/?code=x&state=${searchParams.get('state')}`;
  await module.startSession();
  expect(module.session.value.status).toBe('signed-in');
  return { ...module, beforeEnd, answers };
};

describe('a session', () => {
  let page: Awaited<ReturnType<typeof createPage>>;
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
    page = await createPage();
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('ends after what is still to be sent is sent as its person', async () => {
    const { beforeEnd, accessToken, endSession } = await signIn(page);
    const sentAs: string[] = [];
    beforeEnd(() => sentAs.push(accessToken()));
    endSession();
    expect(sentAs).toEqual([token]);
    expect(accessToken()).toBe('');
    expect(page.posted).toHaveLength(1);
  });

  it('that has ended is not begun again by a request', async () => {
    const { endSession, renewSession, session } = await signIn(page);
    endSession();
    vi.advanceTimersByTime(3_600_000);
    expect(await renewSession('', true)).toBe('over');
    expect(page.went).toEqual([]);
    expect(session.value.status).toBe('failed');
  });

  const setUpExpired = async () => {
    const signedIn = await signIn(page);
    vi.advanceTimersByTime(3_600_000);
    return signedIn;
  };
  const refusal = async () => Response.json({ error: 'invalid_grant' }, { status: 400 });

  it('that has expired is renewed in place, once for all requests that were refused', async () => {
    const { renewSession, answers } = await setUpExpired();
    const renewed = `${token}-2`;
    answers.token = vi.fn(async () => Response.json({ ...tokens, access_token: renewed }));
    const renewals = [renewSession(token, true), renewSession(token, false)];
    expect(await Promise.all(renewals)).toEqual(['valid', 'valid']);
    expect(await renewSession(token, true)).toBe('valid');
    expect(answers.token).toHaveBeenCalledTimes(1);
  });

  it('stays ended if somebody signs out while it is renewed', async () => {
    const { renewSession, endSession, session, answers } = await setUpExpired();
    answers.token = async () => {
      endSession();
      return Response.json(tokens);
    };
    expect(await renewSession(token, true)).toBe('over');
    expect(session.value.status).toBe('failed');
    expect(page.went).toEqual([]);
  });

  it.each([
    ['the network is gone', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['the issuer is down', async () => new Response('', { status: 503 })],
  ])('is kept, and the page not left, while %s', async (_, answer) => {
    const { renewSession, answers, session } = await setUpExpired();
    answers.token = answer;
    expect(await renewSession(token, true)).toBe('unreachable');
    expect(page.went).toEqual([]);
    expect(session.value).toMatchObject({ status: 'signed-in', hasEnded: false });
  });

  it('that the issuer does not renew is begun again there by who reads', async () => {
    const { renewSession, answers } = await setUpExpired();
    answers.token = refusal;
    expect(await renewSession(token, true)).toBe('over');
    expect(page.went).toEqual([expect.stringContaining(`${issuer}/authorize`)]);
  });

  it('leaves the page by no request after one that writes was refused, and by none while a dialog is open', async () => {
    const { renewSession, answers, session } = await setUpExpired();
    answers.token = refusal;
    expect(await renewSession(token, false)).toBe('over');
    expect(await renewSession(token, true)).toBe('over');
    expect(session.value).toMatchObject({ status: 'signed-in', hasEnded: true });
    const other = await setUpExpired();
    other.answers.token = refusal;
    page.document.querySelector = () => ({});
    expect(await other.renewSession(token, true)).toBe('over');
    expect(page.went).toEqual([]);
  });

  it('is refused for good if the API takes no new token', async () => {
    const { renewSession, session } = await signIn(page);
    vi.advanceTimersByTime(59_000);
    expect(await renewSession(token, true)).toBe('over');
    expect(page.went).toEqual([]);
    expect(session.value).toMatchObject({ status: 'failed', isRefused: true });
  });
});
