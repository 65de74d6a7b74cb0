import * as z from 'zod';
import {
  canarySource,
  describeProblems,
  type InboundType,
  inboundContracts,
  showProblem,
  sluiceSource,
} from '../events/index.ts';

/** A producer: a principal that may put events on the bus, and the events. */
export interface Producer {
  /** The name of the producer's statement in the policy of the bus: 1 to 40 letters and digits, such as `WebShop`. */
  readonly id: string;

  /**
   * ARN of a role or a user, or the id of an account. With an account, everybody may whom that account's policies
   * allow.
   */
  readonly principal: string;

  /** The values that the producer may use as `source`, such as `marketing.web`. */
  readonly sources: readonly string[];

  /**
   * The detail-types that the producer may put.
   *
   * @default - every inbound type but those that have to be named, `typesToName`, and the one that nobody may, `ownType`
   */
  readonly types?: readonly InboundType[] | undefined;
}

/**
 * The inbound types that change more than one event can express: erasing and merging can't be undone, and rescoring all
 * leads costs money, and an override is a person's word against the model. If any producer is configured, only producers that name such a type may put it.
 */
export const typesToName = [
  'LeadErasureRequested',
  'LeadsMerged',
  'LeadRescoreRequested',
  'LeadOverridden',
  'LeadOverrideLifted',
] as const satisfies readonly InboundType[];

/**
 * The inbound type that only doors of Sluice put: it says which lead an identifier belongs to, and whoever could put it
 * could have one person's history say that it is another's.
 */
export const ownType = 'LeadIdentified' satisfies InboundType;

const inboundTypes = (Object.keys(inboundContracts) as InboundType[]).filter((type) => type !== ownType);

const isToName = (type: InboundType): boolean => (typesToName as readonly InboundType[]).includes(type);

/** The types that a producer may put if it names none. */
export const usualTypes: readonly InboundType[] = inboundTypes.filter((type) => !isToName(type));

export const typesOf = ({ types }: Producer): readonly InboundType[] => types ?? usualTypes;

const isAccount = (principal: string): boolean => /^\d{12}$/.test(principal);

/** Returns the roles, users (by ARN) and accounts (by id) that name a type. */
export const findNamers = (
  producers: readonly Producer[],
  type: InboundType,
): { readonly arns: readonly string[]; readonly accounts: readonly string[] } => {
  const principals = producers.filter((each) => typesOf(each).includes(type)).map((each) => each.principal);
  return { arns: principals.filter((each) => !isAccount(each)), accounts: principals.filter(isAccount) };
};

const principal = z.string().regex(/^(\d{12}|arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+)$/, {
  error: 'an account id of 12 digits, or the ARN of one role or user without a wildcard',
});

const source = z
  .string()
  .regex(/^[\w./-]{1,256}$/, { error: '1 to 256 letters, digits and . _ - /' })
  .refine((given) => given !== sluiceSource && given !== canarySource && !given.startsWith('aws.'), {
    error: `any but ${sluiceSource} and ${canarySource}, which are Sluice's own, and what begins with aws.`,
  });

const producer = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9]{1,40}$/, { error: '1 to 40 letters and digits' }),
  principal,
  sources: z.array(source).min(1),
  types: z.array(z.enum(inboundTypes)).min(1).optional(),
});

const list = z.array(producer).refine((all) => new Set(all.map(({ id }) => id)).size === all.length, {
  error: 'each id once',
});

const fromText = (given: unknown): unknown => {
  if (typeof given !== 'string') return given;
  try {
    return JSON.parse(given);
  } catch (cause) {
    throw new Error(`context producers: given ${given}; allowed: a list in JSON`, { cause });
  }
};

/**
 * Reads producers from the context: a list, or its JSON as in `-c producers='[…]'`.
 *
 * @throws Error that names every wrong field: a typing error must neither let anybody in nor keep anybody out unnoticed
 */
export const parseProducers = (given: unknown): readonly Producer[] => {
  const value = fromText(given);
  const parsed = list.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = describeProblems(parsed.error, value, ['producers']);
  throw new Error(`context ${problems.map(showProblem).join('; ')}`);
};
