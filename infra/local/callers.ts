import { randomBytes } from 'node:crypto';
import type { RequestHead } from './protocols/protocol.ts';
import { account } from './resource-types.ts';

/** The ARN of everybody who is no function: the endpoint accepts any credentials. */
const localUser = `arn:aws:iam::${account}:user/local`;

/**
 * The callers of the endpoint. Each function gets a session token of its own, which nobody else knows, so that a policy
 * can treat its role differently.
 */
export class Callers {
  readonly #roles = new Map<string, string>();

  /** Returns a new session token for the calls of a role. */
  issueToken(roleArn: string): string {
    const token = randomBytes(24).toString('base64url');
    this.#roles.set(token, roleArn);
    return token;
  }

  /** Returns the ARN of the role that sent a request, or of the local user. */
  identify({ headers }: Pick<RequestHead, 'headers'>): string {
    return this.#roles.get(String(headers['x-amz-security-token'])) ?? localUser;
  }
}
