import {
  type AuthorizationServer,
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  type Client,
  calculatePKCECodeChallenge,
  generateRandomCodeVerifier,
  generateRandomState,
  None,
  processAuthorizationCodeResponse,
  processDiscoveryResponse,
  processRefreshTokenResponse,
  ResponseBodyError,
  refreshTokenGrantRequest,
  type TokenEndpointResponse,
  validateAuthResponse,
  WWWAuthenticateChallengeError,
} from 'oauth4webapi';
import type { ConsoleConfig } from './config.ts';
import type { PendingSignIn } from './pending.ts';

/** The tokens of a person. */
export interface Tokens {
  readonly access: string;
  /** The token by which the next ones are asked for, if the issuer gives one. */
  readonly refresh?: string;
}

/** The issuer, as the page talks to it. */
export interface Oidc {
  /**
   * Begins a sign-in.
   *
   * @param language the one that the reader has chosen, in which the issuer may ask
   * @returns the address of the issuer to go to, and what to remember meanwhile
   */
  readonly begin: (language: string) => Promise<{
    readonly address: string;
    readonly pending: Omit<PendingSignIn, 'fragment'>;
  }>;
  /** Exchanges the code of an address for tokens. @throws an error of oauth4webapi if anything about it is wrong */
  readonly finish: (address: URL, pending: PendingSignIn) => Promise<Tokens>;
  /** Asks for new tokens. @throws an error of oauth4webapi if the issuer gives none */
  readonly refresh: (token: string) => Promise<Tokens>;
  /** Returns the address at which the session of the issuer ends; undefined if it has none. */
  readonly endAddress: () => string | undefined;
}

/** Returns whether an error is a no of the issuer, and not that of a network or of a server that is down. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof ResponseBodyError || error instanceof WWWAuthenticateChallengeError;

const readTokens = ({ access_token: access, refresh_token: refresh }: TokenEndpointResponse): Tokens => ({
  access,
  ...(refresh !== undefined && { refresh }),
});

const withParameters = (address: string, parameters: Readonly<Record<string, string>>): string => {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
};

const discover = async ({ issuer, discovery }: ConsoleConfig): Promise<AuthorizationServer> => {
  const headers = { accept: 'application/json' };
  const response = await fetch(discovery, { headers, credentials: 'omit', redirect: 'error' });
  return processDiscoveryResponse(new URL(issuer), response);
};

/**
 * Connects the page to its issuer: authorization code flow with PKCE, for a client that has no secret.
 *
 * @param redirectUri the address of the page, to which the issuer sends people back
 * @throws an error of oauth4webapi if the issuer doesn't describe itself
 */
export const connectOidc = async (config: ConsoleConfig, redirectUri: string): Promise<Oidc> => {
  const server = await discover(config);
  const client: Client = { client_id: config.clientId };
  const options = { [allowInsecureRequests]: config.local };
  return {
    begin: async (language) => {
      const verifier = generateRandomCodeVerifier();
      const state = generateRandomState();
      const address = withParameters(server.authorization_endpoint ?? '', {
        client_id: config.clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: config.scope,
        state,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ui_locales: language,
      });
      return { address, pending: { state, verifier } };
    },
    finish: async (address, { state, verifier }) => {
      const given = validateAuthResponse(server, client, address, state);
      const sent = authorizationCodeGrantRequest(
        server,
        client,
        None(),
        given,
        redirectUri,
        verifier,
        options,
      );
      return readTokens(await processAuthorizationCodeResponse(server, client, await sent));
    },
    refresh: async (token) => {
      const sent = refreshTokenGrantRequest(server, client, None(), token, options);
      return { refresh: token, ...readTokens(await processRefreshTokenResponse(server, client, await sent)) };
    },
    endAddress: () =>
      server.end_session_endpoint === undefined
        ? undefined
        : withParameters(server.end_session_endpoint, {
            client_id: config.clientId,
            post_logout_redirect_uri: redirectUri,
            // The name that Cognito has for the same.
            logout_uri: redirectUri,
          }),
  };
};
