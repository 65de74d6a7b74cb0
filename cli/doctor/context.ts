/** The context values of a deployment, as in `npm run deploy -- -c environment=prod`. */
export type Context = Readonly<Record<string, string>>;

/**
 * Parses a value of the option `--context`, as the CDK's command does: what follows the first `=` is the value.
 *
 * @example parseContextValue('region=eu-central-1') // ['region', 'eu-central-1']
 * @returns undefined if it is not of this form
 */
export const parseContextValue = (given: string): readonly [string, string] | undefined => {
  const at = given.indexOf('=');
  return at < 1 ? undefined : [given.slice(0, at), given.slice(at + 1)];
};
