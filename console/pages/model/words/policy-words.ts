import type { Action } from '../../../../events/index.ts';
import type { ModelDocument } from '../../../../shared/scoring/index.ts';
import { formatNumber } from '../../../parts/numbers.ts';
import { texts } from '../../../texts/texts.ts';
import { formatShare } from '../format.ts';

type Policy = ModelDocument['policy'];
type Deadlines = NonNullable<Policy['deadlines']>;
type Step = Deadlines['then'][string][number];

/** Returns an action in words: who gets the lead, and within which time. */
export const describeAction = (action: Action): string => {
  const t = texts.value.model.policy;
  switch (action.kind) {
    case 'handoff':
      return action.dueHours === undefined
        ? t.handoff(action.queue)
        : t.handoffWithin(action.queue, formatNumber(action.dueHours));
    case 'nurture':
      return t.nurture(action.track);
    case 'none':
      return t.nothing;
    default:
      return action satisfies never;
  }
};

const describeStep = (step: Step): string => {
  const t = texts.value.model.policy;
  if ('remindHours' in step) return t.remind(formatNumber(step.remindHours));
  if ('queue' in step) return t.pass(step.queue, formatNumber(step.dueHours));
  return 'escalateTo' in step ? t.escalate(step.escalateTo) : t.recycle;
};

const describeDeadlines = ({ then: steps, calendar }: Deadlines): string[] => {
  const t = texts.value.model.policy;
  return [
    ...Object.entries(steps).map(([queue, list]) =>
      t.unanswered(queue, list.map(describeStep).join(t.thenAfter)),
    ),
    ...(calendar === undefined ? [] : [t.calendar(calendar.open, calendar.close, calendar.zone)]),
  ];
};

const describeNurture = ({ nurture }: Policy): string[] => {
  const t = texts.value.model.policy;
  return Object.entries(nurture?.tracks ?? {}).map(([track, { cooldownHours, mostStarts }]) =>
    t.limits(track, cooldownHours, mostStarts),
  );
};

/** Returns what the policy says beside its rules, a sentence each. */
export const describeRest = (policy: Policy): string[] => {
  const t = texts.value.model.policy;
  const { holdBack, recycle, deadlines, retainMonths } = policy;
  return [
    ...(holdBack === undefined ? [] : [t.holdBack(formatShare(holdBack.belowCoverage), holdBack.track)]),
    ...(deadlines === undefined ? [] : describeDeadlines(deadlines)),
    t.givenBack(texts.value.words.stages[recycle.stage], recycle.track),
    ...describeNurture(policy),
    ...(retainMonths === undefined ? [] : [t.retain(retainMonths)]),
  ];
};
