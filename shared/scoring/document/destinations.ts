import type { ModelDocument } from './model.ts';

const distinct = (names: readonly (string | undefined)[]): string[] => [
  ...new Set(names.filter((name) => name !== undefined)),
];

/** Lists the nurture tracks on which a lead can come. */
export const listTracks = ({
  policy,
  disqualifiers,
}: Pick<ModelDocument, 'policy' | 'disqualifiers'>): string[] =>
  distinct([
    ...policy.rules.map(({ action }) => (action.kind === 'nurture' ? action.track : undefined)),
    policy.holdBack?.track,
    policy.recycle.track,
    ...disqualifiers.map(({ track }) => track),
  ]);

/** Lists the queues that can have a hand-off: those of the rules, and those to which a missed deadline passes it. */
export const listQueues = ({ policy }: Pick<ModelDocument, 'policy'>): string[] =>
  distinct([
    ...policy.rules.map(({ action }) => (action.kind === 'handoff' ? action.queue : undefined)),
    ...Object.values(policy.deadlines?.then ?? {}).flatMap((steps) =>
      steps.map((step) => ('queue' in step ? step.queue : undefined)),
    ),
  ]);
