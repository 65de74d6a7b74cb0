import type { Answer } from '../../protocols/protocol.ts';

/** The errors of OAuth 2.0 and OpenID Connect that are answered here. */
export type OauthErrorCode =
  | 'invalid_request'
  | 'invalid_scope'
  | 'invalid_client'
  | 'invalid_grant'
  | 'login_required'
  | 'unsupported_grant_type'
  | 'unsupported_response_type';

/** An error that is answered in the form of OAuth 2.0. */
export class OauthError extends Error {
  readonly code: OauthErrorCode;

  constructor(code: OauthErrorCode, message: string) {
    super(message);
    this.name = 'OauthError';
    this.code = code;
  }
}

/** Returns an answer that no cache may store: a token is a secret, even of one machine. */
export const jsonAnswer = (body: object, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

/**
 * Returns an answer that sends the browser on by GET.
 *
 * @param cookie a cookie to set, if any
 */
export const redirectAnswer = (location: string, cookie?: string): Answer => ({
  status: 303,
  headers: {
    location,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    ...(cookie !== undefined && { 'set-cookie': cookie }),
  },
});

/**
 * Returns the only value of a parameter; undefined if it is missing or empty.
 *
 * @throws OauthError `invalid_request` if it is given twice, since one program could read the first and another the last
 */
export const readOnly = (parameters: URLSearchParams, name: string): string | undefined => {
  const [value, ...others] = parameters.getAll(name);
  if (others.length > 0)
    throw new OauthError('invalid_request', `${name} is given ${others.length + 1} times`);
  return value === '' ? undefined : value;
};
