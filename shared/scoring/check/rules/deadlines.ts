import type { Deadlines, ExpiryStepDocument } from '../../document/deadlines.ts';
import { error, type Finding, nameWarning, type Rule, warning } from '../finding.ts';

/** The most times that one hand-off is passed on: with more, nobody would know who has it. */
const mostPasses = 3;

const root = 'policy.deadlines';

/** Returns whether the language's own time zone data has a zone. */
const isZone = (timeZone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
};

const findCalendarFaults = ({ calendar }: Deadlines): Finding[] => {
  if (calendar === undefined) return [];
  const { zone, open, close } = calendar;
  return [
    ...(isZone(zone)
      ? []
      : [error(`${root}.calendar.zone`, zone, 'a time zone of the IANA database, such as Europe/Berlin')]),
    ...(close > open
      ? []
      : [error(`${root}.calendar.close`, close, `a time of day after calendar.open, ${open}`)]),
  ];
};

const isLast = (step: ExpiryStepDocument): boolean => 'escalateTo' in step || 'recycle' in step;

/** Finds the steps that give the hand-off to a queue which had it before. */
const findCircles = (path: string, first: string, steps: readonly ExpiryStepDocument[]): Finding[] => {
  const had = new Set([first]);
  return steps.flatMap((step, i): Finding[] => {
    if (!('queue' in step)) return [];
    if (had.has(step.queue))
      return [
        error(
          `${path}[${i}].queue`,
          step.queue,
          `a queue that hasn't had the hand-off before: ${[...had].join(', ')} had it`,
        ),
      ];
    had.add(step.queue);
    return [];
  });
};

const findSurplusPasses = (path: string, steps: readonly ExpiryStepDocument[]): Finding[] => {
  const passes = steps.flatMap((step, i) => ('queue' in step ? [{ i, queue: step.queue }] : []));
  return passes
    .slice(mostPasses)
    .map(({ i, queue }) =>
      error(`${path}[${i}].queue`, queue, `at most ${mostPasses} steps that pass the hand-off to a queue`),
    );
};

const findUnreached = (path: string, steps: readonly ExpiryStepDocument[]): Finding[] => {
  const last = steps.findIndex(isLast);
  return last < 0
    ? []
    : steps
        .slice(last + 1)
        .map((step, i) =>
          error(
            `${path}[${last + 1 + i}]`,
            step,
            `no step: ${path}[${last}] is the last, nothing follows it`,
          ),
        );
};

const findStepFaults = ({ then }: Deadlines): Finding[] =>
  Object.entries(then).flatMap(([queue, steps]) => {
    const path = `${root}.then.${queue}`;
    return [
      ...findCircles(path, queue, steps),
      ...findSurplusPasses(path, steps),
      ...findUnreached(path, steps),
    ];
  });

/** The lists of activities that move a deadline, by their names in the document. */
const lists = ['resetBy', 'pausedBy', 'resumedBy'] as const;

const listMovers = (deadlines: Deadlines) =>
  lists.flatMap((list) =>
    (deadlines[list] ?? []).map((activity, i) => ({ activity, path: `${root}.${list}[${i}]` })),
  );

const findRepeatedMovers = (deadlines: Deadlines): Finding[] => {
  const first = new Map<string, string>();
  return listMovers(deadlines).flatMap(({ activity, path }) => {
    const before = first.get(activity);
    if (before !== undefined)
      return [error(path, activity, `an activity in one list only, once; ${before} is this one`)];
    first.set(activity, path);
    return [];
  });
};

const findEndlessPause = ({ pausedBy, resumedBy, resetBy }: Deadlines): Finding[] =>
  pausedBy !== undefined && resumedBy === undefined && resetBy === undefined
    ? [
        warning(
          `${root}.pausedBy`,
          pausedBy,
          'a list beside resumedBy or resetBy: without them, a deadline that stands still never goes on',
        ),
      ]
    : [];

const createDeadlineRule = (find: (deadlines: Deadlines) => readonly Finding[]): Rule => ({
  reads: ['policy'],
  find: ({ policy: { deadlines } }) => (deadlines === undefined ? [] : find(deadlines)),
});

/** The rule that steps belong to a queue that leads are handed off to. */
const handedOff: Rule = {
  reads: ['policy'],
  find: ({ policy: { rules, deadlines } }) => {
    const queues = [
      ...new Set(rules.flatMap(({ action }) => (action.kind === 'handoff' ? [action.queue] : []))),
    ];
    const all = queues.length === 0 ? 'there is none' : queues.join(', ');
    return Object.keys(deadlines?.then ?? {})
      .filter((queue) => !queues.includes(queue))
      .map((queue) =>
        nameWarning(`${root}.then.${queue}`, queue, `a queue that a rule hands off to: ${all}`),
      );
  },
};

export const deadlineRules: readonly Rule[] = [
  createDeadlineRule(findCalendarFaults),
  createDeadlineRule(findStepFaults),
  createDeadlineRule(findRepeatedMovers),
  createDeadlineRule(findEndlessPause),
  handedOff,
];
