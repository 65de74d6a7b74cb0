import { formatNumber } from '../../../parts/numbers.ts';
import type { Texts } from '../../../texts/en.ts';
import { plainName, wordFor } from '../plain-name.ts';
import { actionWords } from '../standing/upcoming-words.ts';
import type { Entry } from '../types.ts';

type Decided = Extract<Entry, { kind: 'decided' }>;
type Standing = Decided['standing'];
type Transition = Extract<Decided['changes'][number], { type: 'LeadStageTransitioned' }>;

/** The changes of an entry in words. */
export interface SaidChanges {
  readonly text: string;
  /** Whether it is the English sentence of the API. */
  readonly isEnglish: boolean;
}

const move = (name: string, before: string | undefined, after: string): string[] => {
  if (before === after) return [];
  return [before === undefined ? `${name}: ${after}` : `${name}: ${before} → ${after}`];
};

/** Returns an action in words, also one of a kind that this version doesn't know. */
const sayAction = (action: Standing['action'], texts: Texts): string =>
  ['none', 'nurture', 'handoff'].includes(action.kind)
    ? actionWords(action, texts)
    : plainName((action as { kind: string }).kind);

const isTransition = (change: { readonly type: string }): change is Transition =>
  change.type === 'LeadStageTransitioned';

const sayTransition = ({ changes }: Decided, { lead: { timeline: t } }: Texts): string => {
  const change = changes.find(isTransition);
  if (change === undefined) return '';
  const by = change.actor === undefined ? [] : [t.by(change.actor)];
  return ` (${[wordFor(t.triggers, change.trigger), ...by].join(', ')})`;
};

/** Says each part of the standing that is another one than before. A lead that is new has a tier and an action if any. */
const sayStanding = (entry: Decided, texts: Texts, tag: string): string[] => {
  const { standing, before } = entry;
  const { words, lead: t } = texts;
  const tierOf = ({ tier }: Pick<Standing, 'tier'>) => wordFor(words.tiers, tier);
  const isTold = (isUsual: boolean): boolean => before !== undefined || !isUsual;
  return [
    ...move(
      t.whatIf.stage,
      before && wordFor(words.stages, before.stage),
      wordFor(words.stages, standing.stage),
    ).map((said) => `${said}${sayTransition(entry, texts)}`),
    ...(isTold(standing.tier === 'none')
      ? move(t.whatIf.tier, before && tierOf(before), tierOf(standing))
      : []),
    ...move(words.score, before && formatNumber(before.score, tag), formatNumber(standing.score, tag)),
    ...(isTold(standing.status === 'active')
      ? move(
          t.timeline.status,
          before && wordFor(words.statuses, before.status),
          wordFor(words.statuses, standing.status),
        )
      : []),
    ...(isTold(standing.action.kind === 'none')
      ? move(t.whatIf.action, before && sayAction(before.action, texts), sayAction(standing.action, texts))
      : []),
  ];
};

/** Says what is announced, where that is not what one would think. */
const sayAnnounced = (
  { changes, silent }: Decided,
  { lead: { timeline: t } }: Texts,
  tag: string,
): string[] => {
  const scored = changes.flatMap((change) =>
    change.type === 'LeadScored' ? [t.scoreTold(formatNumber(change.from, tag))] : [],
  );
  if (silent) return [...scored, t.history];
  const isLoaded = changes.some((change) => 'trigger' in change && change.trigger === 'backfill');
  return isLoaded ? [...scored, t.historyLoaded] : scored;
};

const sayClosing = (
  entry: Extract<Entry, { kind: 'closing' }>,
  { lead: { timeline: t } }: Texts,
): string | undefined => {
  const [change] = entry.changes;
  if (change?.type === 'LeadErased') return t.closedErased;
  return change?.type === 'LeadRedirected' ? t.closedMerged(change.mergedInto) : undefined;
};

const say = (entry: Entry, texts: Texts, tag: string): string | undefined => {
  const { timeline: t } = texts.lead;
  switch (entry.kind) {
    case 'erased':
      return t.contentErased;
    case 'closing':
      return sayClosing(entry, texts);
    case 'decided':
      return (
        [...sayStanding(entry, texts, tag), ...sayAnnounced(entry, texts, tag)].join(' · ') ||
        t.nothingChanged
      );
    default:
      return undefined;
  }
};

/** Says what an entry changed, in the language of the reader, or else by the sentence of the API. */
export const sayChanges = (entry: Entry, texts: Texts, tag: string): SaidChanges => {
  const text = say(entry, texts, tag);
  return { text: text ?? entry.changed, isEnglish: text === undefined };
};
