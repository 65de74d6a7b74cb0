import { readAssembly } from '../../../infra/local/assembly.ts';
import { compare, findDenied } from '../../security/grants/compare.ts';
import { collectDenials } from '../../security/grants/denied.ts';
import { collectGrants } from '../../security/grants/granted.ts';
import type { Right } from '../../security/grants/statement.ts';
import { ofType } from '../../security/grants/template.ts';
import type { Recorder } from '../../security/recorder/start-recorder.ts';
import type { Use } from '../../security/recorder/use.ts';

/**
 * Returns a resource's name in its template. The emulator names tables and buckets after stack and logical id, followed
 * by a number, and buckets in small letters.
 */
const nameInTemplate = (resource: string): string =>
  resource.replace(/-[0-9a-f]{12,14}(?=\/|$)/i, '').toLowerCase();

const renamed = <T extends Use | Right>(each: T): T => ({
  ...each,
  resource: nameInTemplate(each.resource),
});

const readCaller = (properties: Readonly<Record<string, unknown>>): string => {
  const { Variables } = properties.Environment as { Variables: Record<string, string> };
  return String(Variables.AWS_SDK_UA_APP_ID).replace(/\/PTEnv\/$/, '');
};

export interface Checked {
  readonly calls: number;
  /** The functions that made calls. */
  readonly callers: readonly string[];
  /** One line for each call that can't be read or that AWS would have denied. */
  readonly problems: readonly string[];
}

/**
 * Compares the calls of functions with what their roles allow and buckets deny: the emulator itself denies nothing.
 *
 * @param assembly the folder with the templates of the last deployment
 */
export const checkRights = (recorder: Recorder, assembly: string): Checked => {
  const templates = readAssembly(assembly);
  const grants = new Map(
    ofType(templates, 'AWS::Lambda::Function').map((fn) => [
      readCaller(fn.properties),
      collectGrants(templates, fn),
    ]),
  );
  const denials = collectDenials(templates).map(renamed);
  const byCaller = Map.groupBy(recorder.uses(), ({ caller }) => caller);
  const denied = [...byCaller].flatMap(([caller, uses]) => {
    const granted = (grants.get(caller) ?? []).map(renamed);
    const used = uses.map(renamed);
    const refused = [...compare(granted, used).missing, ...findDenied(denials, used)];
    return refused.map((what) => `${caller} may not ${what}`);
  });
  return {
    calls: recorder.uses().length,
    callers: [...byCaller.keys()].toSorted(),
    problems: [...recorder.unread(), ...denied],
  };
};
