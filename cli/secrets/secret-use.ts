/**
 * The form that a secret has. `signing`: any text by which requests are signed, or that comes with them. `whsec`: the
 * key of Standard Webhooks. `slack-url`: the URL of an incoming webhook of Slack. `token`: the access token of a tool.
 */
export type SecretForm = 'signing' | 'whsec' | 'slack-url' | 'token';

/** A secret that documents name, and its form. */
export interface SecretUse {
  readonly name: string;
  readonly form: SecretForm;
}

/** Returns each name once. Documents that share a secret are of one kind, or it could fit only one of them. */
export const uniqueUses = (uses: readonly SecretUse[]): readonly SecretUse[] =>
  [...new Map(uses.toReversed().map((use) => [use.name, use])).values()].toReversed();
