import { randomUUID, sign } from 'node:crypto';
import { verifyJwtSync } from 'aws-jwt-verify/jwt-verifier';
import type { TokenRules } from '../http-api/read-apis.ts';
import type { PublicJwk, SigningKey } from './signing-key.ts';

export interface TokenProps {
  readonly subject: string;
  readonly hours: number;
  /** More claims. */
  readonly claims: Readonly<Record<string, unknown>>;
}

export interface IssuedToken {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * The issuer of the tokens of this machine. It signs as the issuer that the app trusts, whoever that is, with a key of
 * its own: its tokens are worth nothing elsewhere, and those of the real issuer nothing here.
 *
 * Tokens are dated and checked by the system's clock, also if the stack has another: they are held by programs outside
 * the stack, and would expire within a second if its clock were warped.
 */
export class Issuer {
  readonly #rules: TokenRules;
  readonly #loadKey: () => Promise<SigningKey>;
  #key: Promise<SigningKey> | undefined;

  /** @param loadKey returns the key; it is called once it is needed, since making one takes a while, until it succeeds */
  constructor(rules: TokenRules, loadKey: () => Promise<SigningKey>) {
    this.#rules = rules;
    this.#loadKey = loadKey;
  }

  get issuer(): string {
    return this.#rules.issuer;
  }

  async issue({ subject, hours, claims }: TokenProps): Promise<IssuedToken> {
    const { privateKey, jwk } = await this.#loadOnce();
    const iat = Math.floor(Date.now() / 1_000);
    const exp = iat + Math.ceil(hours * 3_600);
    const { issuer: iss, audience } = this.#rules;
    const aud = audience.length === 1 ? audience[0] : audience;
    const payload = { iss, aud, sub: subject, iat, exp, jti: randomUUID(), ...claims };
    const text = `${encode({ alg: 'RS256', kid: jwk.kid, typ: 'JWT' })}.${encode(payload)}`;
    const signature = sign('sha256', Buffer.from(text), privateKey).toString('base64url');
    return { token: `${text}.${signature}`, expiresAt: exp * 1_000 };
  }

  /**
   * Returns the claims of a token.
   *
   * @throws an error of `aws-jwt-verify` for a token that isn't valid
   */
  async verify(token: string, { issuer, audience }: TokenRules): Promise<object> {
    const jwks = { keys: [...(await this.listKeys())] };
    return verifyJwtSync(token, jwks, { issuer, audience: [...audience] });
  }

  async listKeys(): Promise<readonly PublicJwk[]> {
    return [(await this.#loadOnce()).jwk];
  }

  #loadOnce(): Promise<SigningKey> {
    this.#key ??= this.#loadKey().catch((error: unknown) => {
      // The next request may find the disk as it should be.
      this.#key = undefined;
      throw error;
    });
    return this.#key;
  }
}
