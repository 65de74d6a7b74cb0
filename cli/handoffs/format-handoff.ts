import { type Handoff, isLate } from '../../shared/follow-ups/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import type { LeadColumn } from '../../shared/people/index.ts';
import { compileModel, explain, instantOf, type ModelDocument } from '../../shared/scoring/index.ts';
import { asOfLine } from '../as-of/words.ts';
import { reasonWords } from '../explain/dimension-words.ts';
import { standingWords } from '../explain/standing-words.ts';
import { heading, type Line, styled } from '../output/line.ts';
import { formatWithId } from '../text/format-with-id.ts';
import { dueWords, minute, statusWords } from './due-words.ts';
import { endWords } from './end-words.ts';
import { type Models, nextWords } from './next-words.ts';

export interface HandoffProps {
  readonly handoff: Handoff;
  /** The lead as it stands now; undefined if it was merged or erased. */
  readonly lead: LeadState | undefined;
  readonly columns: readonly LeadColumn[];
  /** The models that judged the lead, and whose policy has the deadlines. */
  readonly models: Models;
  readonly now: number;
}

/** The most reasons that are shown; `sluice explain` shows all. */
const mostReasons = 6;

const describeDue = (handoff: Handoff, now: number): Line[] => {
  const { dueAt, status, waitsUntil } = handoff;
  if (waitsUntil !== undefined)
    return [
      `  due        not requested yet: ${dueWords(handoff, now)}, since one was requested shortly before`,
    ];
  const words = status === 'open' ? [dueWords(handoff, now)] : [];
  const parts = dueAt === undefined ? words : [dueAt, ...words];
  if (parts.length === 0 || (dueAt === undefined && handoff.pausedAt === undefined)) return [];
  const line = `  due        ${parts.join(', ')}`;
  return [isLate(handoff, now) ? styled(line, 'red') : line];
};

const stepWords = {
  none: 'nothing followed',
  remind: 'the queue was reminded',
  pass: 'it was passed on',
  escalate: 'it was escalated',
  recycle: 'the lead went back to nurture',
} as const;

/** Returns a line for each deadline that was missed, and one for what comes next. */
const describeDeadlines = ({ handoff, models, now }: HandoffProps): Line[] => {
  const next = nextWords(handoff, models, now);
  const subject = next?.startsWith('escalated') ? 'it was' : 'it';
  return [
    ...(handoff.missed ?? []).map(
      ({ dueAt, queue, followedBy }) => `  missed     ${minute(dueAt)} by ${queue}: ${stepWords[followedBy]}`,
    ),
    ...(next === undefined ? [] : [`  next       ${subject} ${next}`]),
  ];
};

const describeRequest = ({ requestedAt, waitsUntil, stage, tier, score }: Handoff): Line[] => {
  if (requestedAt === undefined) return ['  requested  elsewhere: only the answer to it is stored'];
  const standing = stage === undefined ? '' : `, at stage ${stage} with tier ${tier} and a score of ${score}`;
  return [`  ${waitsUntil === undefined ? 'requested' : 'asked for'}  ${requestedAt}${standing}`];
};

const describeEnd = (handoff: Handoff): Line[] => {
  const end = endWords(handoff);
  return [
    ...(end === undefined ? [] : [`  answer     it ${end}`]),
    ...(handoff.reason === undefined ? [] : [`  reason     ${handoff.reason}`]),
  ];
};

const describeLead = ({ lead, columns }: HandoffProps): Line[] =>
  lead === undefined
    ? []
    : columns.flatMap(({ title, read }) => {
        const text = read(lead.facts.attributes);
        return text === undefined ? [] : [`  ${title.padEnd(9)}  ${text}`];
      });

const describeReasons = (lead: LeadState, document: ModelDocument | undefined): Line[] => {
  if (document === undefined) return [];
  const { score, counted } = explain(compileModel(document), lead.facts, lead.stage, instantOf(lead.facts));
  const helpful = counted.filter(({ points }) => points > 0);
  if (score !== lead.score || helpful.length === 0) return [];
  return [
    '',
    heading('Why it scores so:'),
    ...helpful.slice(0, mostReasons).map((reason) => reasonWords(reason)),
  ];
};

const describeQuestion = ({ handoff: { question }, lead }: HandoffProps): Line[] =>
  // What is worth asking now is what `sluice next` says.
  question === undefined || lead === undefined
    ? []
    : [`  to ask     "${question.text}" was worth asking when it was requested`];

const describeNext = ({ handoff, lead }: HandoffProps): Line[] => {
  const { handoffId, leadId, status } = handoff;
  const command = (words: string, id: string, flags = ''): string =>
    `\`${formatWithId(`sluice ${words}`, id, flags)}\``;
  if (status !== 'open' && status !== 'waiting' && status !== 'expired') return [];
  return [
    '',
    heading('What to do:'),
    ...(lead === undefined
      ? []
      : [`  - ${command('next', leadId)} shows what to ask, ${command('explain', leadId)} all reasons`]),
    `  - ${command('handoffs accept', handoffId)} takes it`,
    `  - ${command('handoffs reject', handoffId, ' --reason TEXT')} gives it back`,
  ];
};

/** Returns a hand-off with its lead as lines for people: who it is, why, until when, and what became of it. */
export const formatHandoff = (props: HandoffProps): Line[] => {
  const { handoff, lead, models, now } = props;
  const { handoffId, leadId, queue = '–' } = handoff;
  return [
    heading(`Hand-off ${handoffId} of lead ${leadId}: ${statusWords(handoff, now)}.`),
    ...describeLead(props),
    `  queue      ${queue}`,
    ...describeRequest(handoff),
    ...describeQuestion(props),
    ...describeDue(handoff, now),
    ...describeDeadlines(props),
    ...describeEnd(handoff),
    '',
    ...(lead === undefined
      ? ['The lead is no longer scored: it was merged into another one, or erased.']
      : [
          heading('The lead now:'),
          ...standingWords(lead, [asOfLine({ at: now, tense: 'present' })]).map((line) => `  ${line}`),
          ...describeReasons(lead, models.get(lead.modelVersion)),
        ]),
    ...describeNext(props),
  ];
};
