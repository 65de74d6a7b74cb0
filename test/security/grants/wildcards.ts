import type { Resource } from '../../../infra/local/resource-types.ts';

/** A `*` in a policy, with its location. */
export interface Wildcard {
  /** The path of the construct that has the policy, within its stack. */
  readonly at: string;
  /** The statement in short, such as `Allow kms:* on *`: enough to give a reason for it. */
  readonly statement: string;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** Returns the statements of a resource, wherever they are: roles, trusts, keys, buckets, queues, the bus. */
const findStatements = (value: unknown): Json[] => {
  if (!isObject(value)) return [];
  const { Effect, Action, NotAction } = value as Json;
  const isStatement = typeof Effect === 'string' && (Action ?? NotAction) !== undefined;
  return isStatement ? [value] : Object.values(value).flatMap(findStatements);
};

const list = (value: unknown): unknown[] => (value === undefined ? [] : [value].flat());

/** Returns the text of a value without its references, whose values contain no wildcard. */
const text = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, 'Fn::Sub': sub } = (value ?? {}) as Json;
  if (Array.isArray(join)) return (join[1] as unknown[]).map(text).join(String(join[0]));
  if (sub !== undefined) return String([sub].flat()[0]).replaceAll(/\$\{[^}]*\}/g, '…');
  return '…';
};

const principals = (value: unknown): string[] =>
  isObject(value) && !Array.isArray(value)
    ? Object.values(value).flatMap(list).map(text)
    : list(value).map(text);

const words = (statement: Json): string => {
  const { Effect, Action, NotAction, Resource, NotResource, Principal, Condition } = statement;
  const parts = [
    String(Effect),
    ...(NotAction === undefined ? [] : ['all but']),
    list(Action ?? NotAction)
      .map(text)
      .join(' '),
    'on',
    ...(NotResource === undefined ? [] : ['all but']),
    list(Resource ?? NotResource)
      .map(text)
      .join(' ') || '…',
    ...(Principal === undefined ? [] : ['for', principals(Principal).join(' ')]),
    ...(isObject(Condition) ? ['if', Object.keys(Condition).sort().join(' ')] : []),
  ];
  return parts.join(' ');
};

const isWild = ({ Action, Resource, Principal, ...rest }: Json): boolean =>
  [...list(Action).map(text), ...list(Resource).map(text), ...principals(Principal)].some((part) =>
    part.includes('*'),
  ) || ['NotAction', 'NotResource', 'NotPrincipal'].some((name) => rest[name] !== undefined);

/** Returns every statement of a template that has a wildcard, or an exclusion, in action, resource or principal. */
export const findWildcards = (resources: readonly Resource[]): Wildcard[] =>
  resources.flatMap(({ path, properties }) =>
    findStatements(properties)
      .filter(isWild)
      .map((statement) => ({ at: path, statement: words(statement) })),
  );
