import { formatPoints } from '../../../parts/numbers.ts';
import type { Texts } from '../../../texts/en.ts';
import { plainName, wordFor } from '../plain-name.ts';
import type { Entry } from '../types.ts';

type Change = Extract<Entry, { kind: 'decided' }>['changes'][number];

/** A reason of a change. */
export interface SaidReason {
  /** In the language of the reader; empty if the reason is a sentence of the API alone. */
  readonly before: string;
  /** The wording of the model, or else a sentence of the API, in English; empty if there is none. */
  readonly text: string;
  /** In the language of the reader. */
  readonly after: string;
}

/** Returns undefined for a change of a kind that this version doesn't know. */
const sayReason = (
  change: Change,
  { lead: { timeline: t } }: Texts,
  tag: string,
): SaidReason[] | undefined => {
  switch (change.type) {
    case 'LeadTierChanged':
    case 'LeadScored':
      return change.reasons.map(({ text, weight }) => ({
        before: t.counts,
        text,
        after: `(${formatPoints(weight, tag)})`,
      }));
    case 'LeadDisqualified':
      return [{ before: t.ruledOut, text: change.because.text, after: '' }];
    case 'LeadRequalified':
      return [
        {
          before: t.notRuledOut,
          text: change.was.text,
          after: change.cause === 'model' ? `(${t.byModel})` : '',
        },
      ];
    case 'HandoffDeadlineMoved':
      return [
        { before: wordFor(t.deadlines, change.effect), text: '', after: `(${plainName(change.activity)})` },
      ];
    case 'LeadStageTransitioned':
    case 'LeadRedirected':
    case 'LeadErased':
      return [];
    default:
      return undefined;
  }
};

/** Says why an entry changed what it changed, in the language of the reader but for what the model words. */
export const sayReasons = (entry: Entry, texts: Texts, tag: string): SaidReason[] => {
  const said = entry.kind === 'erased' ? [] : entry.changes.map((change) => sayReason(change, texts, tag));
  return said.includes(undefined)
    ? entry.because.map((text) => ({ before: '', text, after: '' }))
    : said.flatMap((reasons) => reasons ?? []);
};
