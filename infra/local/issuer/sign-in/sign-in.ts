import { createHash } from 'node:crypto';
import { scopeOf } from '../../../../events/api/index.ts';
import { type Answer, type GatewayRequest, originOf } from '../../protocols/protocol.ts';
import type { Issuer } from '../issuer.ts';
import { claimsOf, type LocalPerson } from '../person.ts';
import {
  type AuthorizationRequest,
  consoleClient,
  parseAuthorizationRequest,
  redirectUriOf,
} from './authorization-request.ts';
import { jsonAnswer, OauthError, readOnly, redirectAnswer } from './oauth-answers.ts';
import { RandomKeyStore } from './random-key-store.ts';
import { readForm, suggested } from './read-form.ts';
import { endCookie, readCookie, writeCookie } from './session-cookie.ts';
import { refusalPage, signedOutPage, signInPage } from './sign-in-page.ts';
import { chooseWords, type SignInWords } from './sign-in-words.ts';

const tokenHours = 12;
const tokenSeconds = tokenHours * 3_600;
const codeLifetimeMs = 60_000;

/** A person for whom a code was given, and what has to be shown to use it. */
interface Granted {
  readonly person: LocalPerson;
  readonly redirectUri: string;
  readonly challenge: string;
}

const wordsFor = ({ query, headers }: GatewayRequest): SignInWords =>
  chooseWords(query.get('ui_locales') ?? '', headers['accept-language']);

const withParameters = (url: string, parameters: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return `${url}?${new URLSearchParams(given)}`;
};

/**
 * Signs people in by the authorization code flow with PKCE (RFC 7636), as the issuer of a company does. It asks for no
 * password, since whoever reaches this address may have any token by `POST /local/tokens`.
 */
export class SignIn {
  readonly #issuer: Issuer;
  readonly #codes = new RandomKeyStore<Granted>({ lifetimeMs: codeLifetimeMs, most: 1_000 });
  readonly #sessions = new RandomKeyStore<LocalPerson>({ lifetimeMs: tokenSeconds * 1_000, most: 1_000 });

  constructor(issuer: Issuer) {
    this.#issuer = issuer;
  }

  /** Answers a request for authorization: asks who somebody is, unless the browser has a session already. */
  authorize(request: GatewayRequest): Answer {
    return this.#withRequest(request, (wanted) => {
      const session = this.#sessions.get(readCookie(request) ?? '');
      if (session !== undefined && wanted.prompt !== 'login') return this.#grant(wanted, session);
      if (wanted.prompt === 'none') throw new OauthError('login_required', 'nobody is signed in');
      return signInPage(wordsFor(request), { action: this.#actionOf(request), ...suggested, wrong: [] });
    });
  }

  /** Answers the form: begins a session, and sends the browser back to the console with a code. */
  submit(request: GatewayRequest): Answer {
    return this.#withRequest(request, (wanted) => {
      const read = readForm(new URLSearchParams(request.body.toString()), this.#actionOf(request));
      if (!read.ok) return signInPage(wordsFor(request), read.form);
      this.#sessions.take(readCookie(request) ?? '');
      const key = this.#sessions.add(read.person);
      return this.#grant(wanted, read.person, writeCookie(request, key, tokenSeconds));
    });
  }

  /** Answers with a token for a code. A code is worth nothing from its first use on, also if that one was wrong. */
  async exchange({ body }: GatewayRequest): Promise<Answer> {
    try {
      const person = this.#redeem(new URLSearchParams(body.toString()));
      const { token } = await this.#issuer.issue({
        subject: person.subject,
        hours: tokenHours,
        claims: claimsOf(person),
      });
      return jsonAnswer({
        access_token: token,
        token_type: 'Bearer',
        expires_in: tokenSeconds,
        scope: scopeOf(person.role),
      });
    } catch (error) {
      if (!(error instanceof OauthError)) throw error;
      return jsonAnswer({ error: error.code, error_description: error.message }, 400);
    }
  }

  /** Ends the session of a browser, and sends it back to the console if that is asked for. */
  signOut(request: GatewayRequest): Answer {
    this.#sessions.take(readCookie(request) ?? '');
    const cookie = endCookie(request);
    const back = request.query.get('post_logout_redirect_uri');
    if (back === redirectUriOf(originOf(request))) return redirectAnswer(back, cookie);
    const page = signedOutPage(wordsFor(request));
    return { ...page, headers: { ...page.headers, 'set-cookie': cookie } };
  }

  #actionOf({ path, rawQuery }: GatewayRequest): string {
    return `${path}?${rawQuery}`;
  }

  #withRequest(request: GatewayRequest, answer: (wanted: AuthorizationRequest) => Answer): Answer {
    try {
      const parsed = parseAuthorizationRequest(request.query, originOf(request));
      if (!parsed.ok) return this.#refuse(parsed, new OauthError(parsed.code, parsed.message));
      try {
        return answer(parsed.request);
      } catch (error) {
        if (error instanceof OauthError) return this.#refuse(parsed.request, error);
        throw error;
      }
    } catch (error) {
      if (error instanceof OauthError) return refusalPage(wordsFor(request), error.message);
      throw error;
    }
  }

  #refuse(
    { redirectUri, state }: Pick<AuthorizationRequest, 'redirectUri' | 'state'>,
    { code, message }: OauthError,
  ): Answer {
    const parameters = { error: code, error_description: message, state, iss: this.#issuer.issuer };
    return redirectAnswer(withParameters(redirectUri, parameters));
  }

  #grant(
    { redirectUri, state, challenge }: AuthorizationRequest,
    person: LocalPerson,
    cookie?: string,
  ): Answer {
    const code = this.#codes.add({ person, redirectUri, challenge });
    // The issuer's name shows a client that two issuers weren't mixed up (RFC 9207).
    return redirectAnswer(withParameters(redirectUri, { code, state, iss: this.#issuer.issuer }), cookie);
  }

  #redeem(parameters: URLSearchParams): LocalPerson {
    const read = (name: string): string => readOnly(parameters, name) ?? '';
    const type = read('grant_type');
    if (type !== 'authorization_code')
      throw new OauthError(
        'unsupported_grant_type',
        `grant_type: given ${type || 'none'}; allowed: authorization_code`,
      );
    if (read('client_id') !== consoleClient)
      throw new OauthError('invalid_client', `client_id: allowed: ${consoleClient}`);
    const granted = this.#codes.take(read('code'));
    const challenge = createHash('sha256').update(read('code_verifier')).digest('base64url');
    if (
      granted === undefined ||
      granted.redirectUri !== read('redirect_uri') ||
      granted.challenge !== challenge
    )
      throw new OauthError(
        'invalid_grant',
        'the code is used, too old or of another request, or its redirect_uri or code_verifier is another one',
      );
    return granted.person;
  }
}
