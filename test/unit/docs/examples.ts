import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adviceWords } from '../../../cli/advice/words.ts';
import { curveWords } from '../../../cli/as-of/curve.ts';
import { dimensionWords } from '../../../cli/explain/dimension-words.ts';
import { checkFile, reportLines } from '../../../cli/model/check-files.ts';
import { readFactsFile } from '../../../cli/model/facts-document.ts';
import { tryOnFacts } from '../../../cli/model/try-model.ts';
import { render } from '../../../cli/output/render.ts';
import { parseInbound } from '../../../events/index.ts';
import { askNext, whatWouldHaveToBeTrue } from '../../../shared/advice/index.ts';
import { buildFacts } from '../../../shared/facts-document/index.ts';
import {
  type Change,
  type Commit,
  type DecidedEvent,
  decideAll,
  evolve,
  type LeadState,
  type LedgerEnd,
  type SignalEvent,
  type Standing,
  toSignal,
} from '../../../shared/lead/index.ts';
import { prepareCommit } from '../../../shared/ledger/index.ts';
import { compileCondition } from '../../../shared/scoring/compile/condition.ts';
import { createFactLayout } from '../../../shared/scoring/compile/fact-layout.ts';
import type { Condition } from '../../../shared/scoring/document/condition.ts';
import {
  type CountedReason,
  type Explanation,
  explain,
  type Facts,
  InvalidModelError,
  instantOf,
  noFacts,
  parseModel,
  read,
  type ScoringModel,
} from '../../../shared/scoring/index.ts';
import { no, yes } from '../../../shared/scoring/reading.ts';
import { type Fence, findFence, findFences, splitLines } from '../../support/docs.ts';
import { compileDocument, readModelFile } from '../../support/models.ts';
import { storedAfter } from '../../support/stored.ts';

/** The receiver's clock, later than all events of the documents. */
const now = Date.parse('2028-12-31T00:00:00Z');

type Events = readonly [SignalEvent, ...SignalEvent[]];

/**
 * Parses the events of a block.
 *
 * @throws Error if one is invalid, or if they are about several leads
 */
const parseEvents = (fence: Fence): Events => {
  const events = splitLines(fence).map((line) => {
    const parsed = parseInbound(JSON.parse(line), now);
    if (!parsed.ok) throw new Error(`${line}: ${JSON.stringify(parsed.rejection)}`);
    const signal = toSignal(parsed.event);
    if (signal === undefined) throw new Error(`${parsed.event.type} is no signal`);
    return signal;
  });
  const [first, ...others] = events;
  if (first === undefined) throw new Error(`line ${fence.line}: no events`);
  if (others.some(({ data }) => data.leadId !== first.data.leadId))
    throw new Error('events of several leads');
  return [first, ...others];
};

/** Returns the model document with a name: a file of `models/`, or a block, which may have a base. */
const documentNamed = (fences: readonly Fence[], name: string): object => {
  const file = /^models\/(.+)\.json$/.exec(name)?.[1];
  if (file !== undefined) return readModelFile(file) as object;
  return buildDocument(fences, findFence(findFences(fences, 'model'), name));
};

/** Returns the document of a block: its sections take the place of those of its base. */
export const buildDocument = (fences: readonly Fence[], { body, marks }: Fence): object => {
  const base = marks.get('base');
  return { ...(base !== undefined && documentNamed(fences, base)), ...JSON.parse(body) };
};

/** Returns the compiled model of a block, or of a file in `models/`. */
export const modelNamed = (fences: readonly Fence[], name: string): ScoringModel =>
  compileDocument(documentNamed(fences, name));

/** Returns the message with which an invalid model is refused. */
export const findRefusal = (fences: readonly Fence[], fence: Fence): string => {
  const text = fence.marks.has('base') ? JSON.stringify(buildDocument(fences, fence)) : fence.body;
  try {
    parseModel(text, 'models/mine.json');
  } catch (error) {
    if (error instanceof InvalidModelError) return error.message;
    throw error;
  }
  return 'it is valid';
};

const withFile = <T>(text: string, work: (file: string) => T): T => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-docs-'));
  const file = join(folder, 'file.json');
  try {
    writeFileSync(file, text);
    return work(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Returns the output of `sluice model check` for a block. */
export const formatCheck = (fences: readonly Fence[], name: string): string =>
  withFile(JSON.stringify(documentNamed(fences, name)), (file) => {
    const report = { ...checkFile(file), file: 'models/mine.json' };
    return `${reportLines([report]).join('\n')}\n`;
  });

/** Evaluates a condition on facts, at the latest instant of these. */
export const computeTruth = (
  model: ScoringModel,
  facts: Facts,
  condition: Condition,
): 'yes' | 'no' | 'unknown' => {
  const test = compileCondition(condition, createFactLayout(model.document.questions));
  const truth = test(read(model, facts, instantOf(facts)));
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
    case 'LeadScored':
      return `${change.type} from ${change.from}`;
    case 'HandoffDeadlineMoved':
      return `${change.type} ${change.effect}`;
    default:
      return change satisfies never;
  }
};

const announcedWords = ({ decided }: DecidedEvent): string => decided.changes.map(changeWords).join(', ');

const actionWords = ({ action }: Standing): string => {
  if (action.kind === 'nurture') return `nurture ${action.track}`;
  return action.kind === 'handoff' ? `handoff ${action.queue}, ${action.dueHours} h` : 'none';
};

const standingCells = (standing: Standing): string[] => {
  const { stage, status, tier, score, coverage } = standing;
  return [stage, status, tier, String(score), String(coverage), actionWords(standing)];
};

const standingRow = (entry: DecidedEvent): string[] => [
  entry.event.metadata.eventId,
  ...standingCells(entry.decided.standing),
  announcedWords(entry),
];

/** Returns the lines of a sum: the base of each dimension of the scorecard, then every criterion that gave points. */
const countedLines = ({ stage, score, dimensions, counted }: Explanation): string[] => {
  const bases = dimensions.filter(({ base, share }) => base > 0 && share > 0);
  const cut = dimensions.filter(({ uncounted, share }) => uncounted !== 0 && share > 0);
  const row = (dimension: string, what: string, points: number, weight: number) => [
    `  ${dimension}`,
    what,
    `${points} points`,
    `weight ${Math.round(weight * 100) / 100}`,
  ];
  return [
    `counted in ${score} at stage ${stage}`,
    ...aligned([
      ...bases.map(({ dimension, base, share }) => row(dimension, '(base)', base, share * base)),
      ...counted
        .filter(({ weight }) => weight !== 0)
        .map(({ dimension, criterion, points, weight }) => row(dimension, criterion, points, weight)),
      ...cut.map(({ dimension, uncounted, share }) =>
        row(dimension, '(cut off)', -uncounted, -uncounted * share),
      ),
    ]),
  ];
};

/** A lead before the events of a block, and these events. */
export interface Sample {
  readonly model: ScoringModel;
  readonly before: (LeadState & LedgerEnd) | undefined;
  readonly events: Events;
}

/**
 * Returns the events of a block with the lead before them.
 *
 * @param by the model that judges them; by default the one of the block, or of the block before it
 */
export const sampleIn = (fences: readonly Fence[], name: string, by?: string): Sample => {
  const fence = findFence(findFences(fences, 'events'), name);
  const after = fence.marks.get('after');
  const earlier = after === undefined ? undefined : sampleIn(fences, after);
  const named = by ?? fence.marks.get('by');
  const model = named === undefined ? earlier?.model : modelNamed(fences, named);
  if (model === undefined) throw new Error(`no model judges events=${name}`);
  return {
    model,
    before: earlier && storedAfter(prepareCommit(decide(earlier))),
    events: parseEvents(fence),
  };
};

const isSome = <T>(list: readonly T[]): list is readonly [T, ...T[]] => list.length > 0;

/**
 * Decides events one after the other, and what time alone changes between them. The result has the entries of all
 * commits that takes.
 */
export const decide = ({ model, before, events }: Sample): Commit<DecidedEvent, LeadState> => {
  let commit = decideAll(model, before, events, 0);
  let entries = commit.entries;
  const listLeft = () => events.filter((event) => !entries.some((entry) => entry.event === event));
  for (let left: readonly SignalEvent[] = listLeft(); isSome(left); left = listLeft()) {
    commit = decideAll(model, storedAfter(prepareCommit(commit)), left, 0);
    entries = [...entries, ...commit.entries];
  }
  return { ...commit, entries };
};

const standingHeadings = ['stage', 'status', 'tier', 'score', 'coverage', 'action'];
const headings = ['event', ...standingHeadings, 'announced'];

/** Returns the table of a `result` block: the lead's standing after each event, and what counts at the end. */
export const formatResult = (sample: Sample): string => {
  const { entries, state } = decide(sample);
  const explanation = explain(sample.model, state.facts, state.stage, instantOf(state.facts));
  const rows = aligned([headings, ...entries.map(standingRow)]);
  return `${[...rows, '', ...countedLines(explanation)].join('\n')}\n`;
};

/** Returns the standing of a `facts` block by a model, as `sluice model try --facts` computes it. */
export const formatTried = (fences: readonly Fence[], name: string, by: string): string =>
  withFile(findFence(findFences(fences, 'facts'), name).body, (file) => {
    const { state, explanation } = tryOnFacts(
      modelNamed(fences, by),
      buildFacts(readFactsFile(file), now),
      'it',
    );
    const rows = aligned([standingHeadings, standingCells(state)]);
    return `${[...rows, '', ...countedLines(explanation)].join('\n')}\n`;
  });

/** Returns what becomes of a `facts` block by a model if nothing happens, as `sluice model try` shows it. */
export const formatCurve = (fences: readonly Fence[], name: string, by: string): string =>
  withFile(findFence(findFences(fences, 'facts'), name).body, (file) => {
    const facts = buildFacts(readFactsFile(file), now);
    const { curve } = tryOnFacts(modelNamed(fences, by), facts, 'it');
    return `${render(curveWords(curve)).join('\n')}\n`;
  });

/** Returns lane, BANT and slide in words, as far as the model has them. */
const situationWords = ({ lane, bant, slide }: Explanation): string => {
  const parts = [
    ...(lane === undefined ? [] : [lane === 'none' ? 'in no lane' : `lane ${lane.id}`]),
    ...(bant === undefined ? [] : [`BANT ${bant.met}`]),
    ...(slide === undefined
      ? []
      : [`slide ${slide.parts} of 7${slide.demoReady === 'yes' ? ', demo-ready' : ''}`]),
  ];
  return parts.join(', ');
};

const contradictionWords = ({ answering }: Explanation): string[] => [
  ...(answering?.changed ?? []).map(
    ({ question, earlier }) => `contradicts itself: ${question} was ${JSON.stringify(earlier)}`,
  ),
  ...(answering?.contradictions ?? []).map(({ text }) => `contradicts itself: ${text}`),
];

/** Returns the text of a reason, followed by the value if the table has no text of its own for it. */
const reasonWords = (
  { document }: ScoringModel,
  { dimension, criterion, text, value }: CountedReason,
): string => {
  const stated = document.dimensions[dimension]?.criteria.find(({ id }) => id === criterion);
  return typeof value === 'string' && text === stated?.text ? `${text}: ${value}` : text;
};

/** A criterion's part in the score, before an event and after it. */
interface Reason {
  readonly text: string;
  readonly weight: number;
  readonly was: number;
}

/**
 * Returns all criteria that count before or after an event. Both are explained at the stage after it, so that the
 * weights compare.
 */
const findNewReasons = (model: ScoringModel, before: Explanation, { counted }: Explanation): Reason[] => {
  const ids = new Set([...before.counted, ...counted].map(({ criterion }) => criterion));
  return [...ids].map((id): Reason => {
    const was = before.counted.find(({ criterion }) => criterion === id);
    const is = counted.find(({ criterion }) => criterion === id);
    const shown = is ?? was;
    return {
      text: shown === undefined ? id : reasonWords(model, shown),
      weight: is?.weight ?? 0,
      was: was?.weight ?? 0,
    };
  });
};

const most = { heaviest: 2, changed: 3 };

const extent = ({ weight, was }: Reason): number => Math.max(Math.abs(weight), Math.abs(was));

const signed = (weight: number): string => (weight > 0 ? `+${weight}` : String(weight));

/** Returns the heaviest criteria, and those that the event changed most, with a star. */
const reasonLines = (model: ScoringModel, before: Explanation, now: Explanation): string[] => {
  const reasons = findNewReasons(model, before, now).sort((a, b) => extent(b) - extent(a));
  const heaviest = reasons.filter(({ weight }) => weight !== 0).slice(0, most.heaviest);
  const changed = reasons
    .filter(({ weight, was }) => weight !== was)
    .sort((a, b) => Math.abs(b.weight - b.was) - Math.abs(a.weight - a.was))
    .slice(0, most.changed);
  const shown = reasons.filter((reason) => heaviest.includes(reason) || changed.includes(reason));
  const width = Math.max(...shown.map(({ weight }) => signed(weight).length), 0);
  return shown.map(({ text, weight, was }) => {
    const star = weight === was ? ' ' : '*';
    const earlier = was === 0 || was === weight ? '' : ` (was ${signed(was)})`;
    return `${star} ${signed(weight).padStart(width)}  ${text}${earlier}`;
  });
};

/** An event with the facts before it and after it. */
export interface Step {
  readonly entry: DecidedEvent;
  readonly before: Facts;
  readonly facts: Facts;
  readonly explanation: Explanation;
}

export const replaySteps = (sample: Sample): Step[] => {
  let facts = sample.before?.facts ?? noFacts;
  return decide(sample).entries.map((entry) => {
    const before = facts;
    facts = evolve(before, entry.event);
    const { stage } = entry.decided.standing;
    return { entry, before, facts, explanation: explain(sample.model, facts, stage, instantOf(facts)) };
  });
};

/** Returns the tier and the score in words. */
const tierWords = ({ tier, score }: Standing): string => `${tier === 'none' ? 'no tier' : tier} (${score})`;

const toDo = ({ action }: Standing): string => {
  if (action.kind === 'nurture') return `nurture on ${action.track}`;
  return action.kind === 'handoff'
    ? `hand-off to ${action.queue} within ${action.dueHours} h`
    : 'nothing to do';
};

const stepLines = ({ entry, before, explanation }: Step, model: ScoringModel): string[] => {
  const { event, decided } = entry;
  const { stage, status, coverage, heldBack, disqualification } = decided.standing;
  const situation = situationWords(explanation);
  const announced = announcedWords(entry);
  const details = [
    ...(announced === '' ? [] : [`announced: ${announced}`]),
    ...(disqualification === undefined ? [] : [`disqualified: ${disqualification.text}`]),
    ...(heldBack ? ['held back: too little is known for a hand-off'] : []),
    ...(situation === '' ? [] : [situation]),
    ...contradictionWords(explanation),
  ];
  const { eventId, occurredAt } = event.metadata;
  return [
    `${eventId}  ${occurredAt.slice(0, 10)}  ${stage}${status === 'active' ? '' : `, ${status}`}`,
    `     ${tierWords(decided.standing)}, coverage ${coverage}: ${toDo(decided.standing)}`,
    ...details.map((line) => `     ${line}`),
    ...reasonLines(model, explain(model, before, stage, instantOf(before)), explanation).map(
      (line) => `   ${line}`,
    ),
  ];
};

/**
 * Returns the lines of a `steps` block: after each event the standing, the situation, and the criteria behind the
 * score.
 */
export const formatSteps = (sample: Sample): string =>
  `${replaySteps(sample)
    .flatMap((step) => stepLines(step, sample.model))
    .join('\n')}\n`;

/** Returns the last state of a lead, or the one right after an event. */
const computeState = (sample: Sample, until?: string): LeadState => {
  const { events } = sample;
  const end =
    until === undefined ? events.length : 1 + events.findIndex((event) => event.metadata.eventId === until);
  const [first, ...others] = events.slice(0, end);
  if (first === undefined) throw new Error(`no event ${until}`);
  return decide({ ...sample, events: [first, ...others] }).state;
};

/** Returns the advice of `sluice next`, without the standing above it. */
export const formatAdvice = (sample: Sample, until: string | undefined, limit: number): string => {
  const { model } = sample;
  const state = computeState(sample, until);
  const requirements = whatWouldHaveToBeTrue(model, state, { limit });
  return `${render(adviceWords(model, askNext(model, state), requirements, limit)).join('\n')}\n`;
};

/** Returns the lines of `sluice explain` on the dimensions. */
export const formatExplained = (sample: Sample): string => {
  const { facts, stage } = computeState(sample);
  const explanation = explain(sample.model, facts, stage, facts.seen);
  const lines = explanation.dimensions.flatMap((dimension) => dimensionWords(dimension, explanation));
  return `${lines.join('\n')}\n`;
};
