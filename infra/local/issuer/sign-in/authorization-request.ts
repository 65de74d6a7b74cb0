import { roles, scopeOf } from '../../../../events/api/index.ts';
import { OauthError, type OauthErrorCode, readOnly } from './oauth-answers.ts';

/** The id of the console, the only client. */
export const consoleClient = 'sluice-console';

/** The request of the console to sign somebody in, checked. */
export interface AuthorizationRequest {
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly challenge: string;
  readonly prompt: 'none' | 'login' | undefined;
}

/** A request, or the error that the client gets by a redirect. */
export type ParsedRequest =
  | { readonly ok: true; readonly request: AuthorizationRequest }
  | {
      readonly ok: false;
      readonly redirectUri: string;
      readonly state: string | undefined;
      readonly code: OauthErrorCode;
      readonly message: string;
    };

/** Returns the only address to which anybody is sent back: the console of the same origin. */
export const redirectUriOf = (origin: string): string => `${origin}/console/`;

const parsePrompt = (prompt: string | undefined): AuthorizationRequest['prompt'] => {
  if (prompt === undefined || prompt === 'none' || prompt === 'login') return prompt;
  throw new OauthError('invalid_request', `prompt: given ${prompt}; allowed: none, login`);
};

/** The form of a SHA-256 in base64url. */
const challengeForm = /^[\w-]{43}$/;

const parseChallenge = (parameters: URLSearchParams): string => {
  const method = readOnly(parameters, 'code_challenge_method') ?? 'plain';
  const challenge = readOnly(parameters, 'code_challenge') ?? '';
  if (method !== 'S256')
    throw new OauthError('invalid_request', `code_challenge_method: given ${method}; allowed: S256`);
  if (challengeForm.test(challenge)) return challenge;
  throw new OauthError(
    'invalid_request',
    'code_challenge: allowed is the SHA-256 of a verifier, in base64url',
  );
};

const checkScopes = (scope: string): void => {
  const known = roles.map(scopeOf);
  const other = scope.split(' ').find((word) => word !== '' && !known.includes(word));
  if (other !== undefined)
    throw new OauthError('invalid_scope', `scope: given ${other}; allowed: ${known.join(' ')}`);
};

const parseRest = (parameters: URLSearchParams): Pick<AuthorizationRequest, 'challenge' | 'prompt'> => {
  const type = readOnly(parameters, 'response_type');
  if (type !== 'code')
    throw new OauthError(
      'unsupported_response_type',
      `response_type: given ${type ?? 'none'}; allowed: code`,
    );
  checkScopes(readOnly(parameters, 'scope') ?? '');
  return { challenge: parseChallenge(parameters), prompt: parsePrompt(readOnly(parameters, 'prompt')) };
};

/**
 * Parses a request for authorization. Nobody is redirected to an address that isn't the console's, so an error of the
 * client or of the address is thrown, and every other one is returned.
 *
 * @throws OauthError if the client or the address is unknown
 */
export const parseAuthorizationRequest = (parameters: URLSearchParams, origin: string): ParsedRequest => {
  const client = readOnly(parameters, 'client_id');
  if (client !== consoleClient)
    throw new OauthError('invalid_client', `client_id: given ${client ?? 'none'}; allowed: ${consoleClient}`);
  const redirectUri = readOnly(parameters, 'redirect_uri');
  const allowed = redirectUriOf(origin);
  if (redirectUri !== allowed)
    throw new OauthError(
      'invalid_request',
      `redirect_uri: given ${redirectUri ?? 'none'}; allowed: ${allowed}`,
    );
  const state = readOnly(parameters, 'state');
  try {
    return { ok: true, request: { redirectUri, state, ...parseRest(parameters) } };
  } catch (error) {
    if (!(error instanceof OauthError)) throw error;
    return { ok: false, redirectUri, state, code: error.code, message: error.message };
  }
};
