import { showValue } from '../../events/index.ts';
import { describeCondition } from './condition-words.ts';
import { compareLists, describeFields, fieldOf, isFields } from './fields.ts';

const showWords = (words: unknown): string => (Array.isArray(words) ? words.join(' or ') : showValue(words));

const describeAction = (action: unknown): string => {
  const read = (name: string): unknown => fieldOf(action, name);
  switch (read('kind')) {
    case 'handoff': {
      const due = read('dueHours');
      return `hands off to ${showValue(read('queue'))}${due === undefined ? '' : ` within ${showValue(due)} hours`}`;
    }
    case 'nurture':
      return `starts the nurture track ${showValue(read('track'))}`;
    case 'none':
      return 'does nothing';
    default:
      return `does ${showValue(action)}`;
  }
};

const describeRule = (rule: unknown): string => {
  const read = (name: string): unknown => fieldOf(rule, name);
  const where = [
    ...(read('stages') === undefined ? [] : [`at the stage ${showWords(read('stages'))}`]),
    ...(read('tiers') === undefined ? [] : [`in the tier ${showWords(read('tiers'))}`]),
    ...(read('when') === undefined ? [] : [`if ${describeCondition(read('when'))}`]),
  ];
  return `${describeAction(read('action'))} ${where.length === 0 ? 'always' : where.join(', ')}`;
};

/** Describes the entries of a list without ids that are new or gone, or the order if it is all that differs. */
export const describeEntries = (
  one: string,
  before: unknown,
  after: unknown,
  describe: (entry: unknown) => string,
): string[] => {
  const list = (entries: unknown): string[] => (Array.isArray(entries) ? entries : []).map(describe);
  const [was, is] = [list(before), list(after)];
  const { added, removed } = compareLists(was, is);
  const inBoth = (texts: readonly string[], others: readonly string[]): string[] =>
    texts.filter((text) => others.includes(text));
  const isMoved = inBoth(was, is).join('\n') !== inBoth(is, was).join('\n');
  return [
    ...added.map((text) => `A ${one} is new, ${is.indexOf(text) + 1} of ${is.length}: ${text}`),
    ...removed.map((text) => `A ${one} is gone, ${was.indexOf(text) + 1} of ${was.length}: ${text}`),
    ...(isMoved ? [`The order is another one; the first ${one} is now: ${is[0]}`] : []),
  ];
};

const describeStep = (step: unknown): string => {
  const read = (name: string): unknown => fieldOf(step, name);
  if (read('remindHours') !== undefined)
    return `a reminder, with ${showValue(read('remindHours'))} hours more`;
  if (read('queue') !== undefined)
    return `the queue ${showValue(read('queue'))}, with ${showValue(read('dueHours'))} hours`;
  if (read('escalateTo') !== undefined) return `escalation to ${showValue(read('escalateTo'))}`;
  return read('recycle') === true ? 'back to nurture' : showValue(step);
};

const listSteps = (steps: unknown): string =>
  Array.isArray(steps) ? steps.map(describeStep).join(', then ') : 'nothing';

const describeDeadlines = (before: unknown, after: unknown): string[] => {
  if (!isFields(before) || !isFields(after)) return [];
  const byQueue = { before: fieldOf(before, 'then'), after: fieldOf(after, 'then') };
  const queues = [byQueue.before, byQueue.after].flatMap((steps) =>
    isFields(steps) ? Object.keys(steps) : [],
  );
  const steps = Object.fromEntries(
    queues.map((queue) => [
      queue,
      (was: unknown, is: unknown) => {
        const label = `After a missed deadline of ${showValue(queue)}`;
        return [`${label} comes ${listSteps(is)}; before: ${listSteps(was)}`];
      },
    ]),
  );
  return describeFields('Deadlines', before, after, {
    // biome-ignore lint/suspicious/noThenProperty: the word of the model's language; a document is never awaited.
    then: (was, is) => describeFields('Deadlines', was, is, steps),
  });
};

/** Describes what differs in the policy. */
export const describePolicy = (before: unknown, after: unknown): string[] =>
  describeFields('', before, after, {
    rules: (was, is) => describeEntries('rule', was, is, describeRule),
    holdBack: (was, is) => describeFields('Leads of which too little is known', was, is),
    recycle: (was, is) => describeFields('Leads that sales rejected or lost', was, is),
    deadlines: describeDeadlines,
    nurture: (was, is) => describeFields('Limits of nurture', was, is),
    announceScore: (was, is) => describeFields('Announced scores', was, is),
    handoffs: (was, is) => describeFields('Requests of hand-offs', was, is),
    retainMonths: (was, is) => [
      is === undefined
        ? `Leads are stored for ever instead of ${showValue(was)} months of silence`
        : `Leads are erased after ${showValue(is)} months of silence${was === undefined ? '; before: never' : ` instead of ${showValue(was)}`}`,
    ],
  });
