import { parseInbound } from '../../../events/index.ts';
import {
  type Change,
  type Commit,
  type DecidedEvent,
  decideAll,
  evolve,
  type SignalEvent,
  signalOf,
} from '../../../shared/lead/index.ts';
import { compileCondition } from '../../../shared/scoring/compile/condition.ts';
import type { Condition } from '../../../shared/scoring/document/condition.ts';
import {
  type Explanation,
  explain,
  InvalidModelError,
  noFacts,
  parseModel,
  read,
  type ScoringModel,
} from '../../../shared/scoring/index.ts';
import { no, yes } from '../../../shared/scoring/reading.ts';
import { type Fence, fenceOf, fencesBy, linesOf } from '../../support/docs.ts';
import { modelOf, readModelFile } from '../../support/models.ts';

/** The receiver's clock: after all that documents tell. */
const now = Date.parse('2026-12-31T00:00:00Z');

/** The events of a block. Throws where one is malformed, or they are about several leads. */
export const eventsOf = (fence: Fence): [SignalEvent, ...SignalEvent[]] => {
  const events = linesOf(fence).map((line) => {
    const parsed = parseInbound(JSON.parse(line), now);
    if (!parsed.ok) throw new Error(`${line}: ${JSON.stringify(parsed.rejection)}`);
    const signal = signalOf(parsed.event);
    if (signal === undefined) throw new Error(`${parsed.event.type} is no signal`);
    return signal;
  });
  const [first, ...others] = events;
  if (first === undefined) throw new Error(`line ${fence.line}: no events`);
  if (others.some(({ data }) => data.leadId !== first.data.leadId))
    throw new Error('events of several leads');
  return [first, ...others];
};

/** The model of a document's block, or of a file in models/. */
export const modelNamed = (fences: readonly Fence[], name: string): ScoringModel => {
  const file = /^models\/(.+)\.json$/.exec(name)?.[1];
  if (file !== undefined) return modelOf(readModelFile(file));
  return modelOf(JSON.parse(fenceOf(fencesBy(fences, 'model'), name).body));
};

/** The message with which a broken model is refused. */
export const refusalOf = (fences: readonly Fence[], fence: Fence): string => {
  const base = fence.marks.get('base');
  const text =
    base === undefined
      ? fence.body
      : JSON.stringify({
          ...JSON.parse(fenceOf(fencesBy(fences, 'model'), base).body),
          ...JSON.parse(fence.body),
        });
  try {
    parseModel(text, 'models/mine.json');
  } catch (error) {
    if (error instanceof InvalidModelError) return error.message;
    throw error;
  }
  return 'it is valid';
};

export const truthOf = (
  model: ScoringModel,
  events: readonly SignalEvent[],
  condition: Condition,
): 'yes' | 'no' | 'unknown' => {
  const facts = events.reduce(evolve, noFacts);
  const truth = compileCondition(condition)(read(model, facts, facts.seen));
  return truth === yes ? 'yes' : truth === no ? 'no' : 'unknown';
};

const aligned = (rows: readonly (readonly string[])[]): string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};

const changeWords = (change: Change): string => {
  switch (change.type) {
    case 'LeadTierChanged':
    case 'LeadStageTransitioned':
      return `${change.type} ${change.from ?? 'new'} > ${change.to}`;
    case 'LeadDisqualified':
      return `${change.type} ${change.because.disqualifier}`;
    case 'LeadRequalified':
      return `${change.type} ${change.cause}`;
    default:
      return change satisfies never;
  }
};

const actionWords = ({ decided }: DecidedEvent): string => {
  const { action } = decided.standing;
  if (action.kind === 'nurture') return `nurture ${action.track}`;
  return action.kind === 'handoff' ? `handoff ${action.queue}, ${action.dueHours} h` : 'none';
};

const standingRow = (entry: DecidedEvent): string[] => {
  const { stage, status, tier, score, coverage } = entry.decided.standing;
  const announced = entry.decided.changes.map(changeWords).join(', ');
  return [
    entry.event.metadata.eventId,
    stage,
    status,
    tier,
    String(score),
    String(coverage),
    actionWords(entry),
    announced,
  ];
};

const countedLines = ({ stage, score, counted }: Explanation): string[] => [
  `counted in ${score} at stage ${stage}`,
  ...aligned(
    counted.map(({ dimension, criterion, points, weight }) => [
      `  ${dimension}`,
      criterion,
      `${points} points`,
      `weight ${weight}`,
    ]),
  ),
];

export interface Result {
  readonly commit: Commit;
  readonly text: string;
}

const headings = ['event', 'stage', 'status', 'tier', 'score', 'coverage', 'action', 'announced'];

/** What events come to, decided one after the other: how the lead stands after each, and what counts at the end. */
export const resultOf = (model: ScoringModel, events: readonly [SignalEvent, ...SignalEvent[]]): Result => {
  const commit = decideAll(model, undefined, events);
  const { facts, stage } = commit.state;
  const explanation = explain(model, facts, stage, facts.seen);
  const rows = aligned([headings, ...commit.entries.map(standingRow)]);
  return { commit, text: `${[...rows, '', ...countedLines(explanation)].join('\n')}\n` };
};
