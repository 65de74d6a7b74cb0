import type { Texts } from '../../../texts/en.ts';
import { sayValue } from '../fact-value.tsx';
import { formatMoment } from '../format.ts';
import { plainName, wordFor } from '../plain-name.ts';
import { jsonText, readSaidValues, readText } from './said-values.ts';
import { byPattern, deal, type Reader, readSource, source } from './sentence-pattern.ts';

const sayValues = (list: string, texts: Texts, tag: string, gone: string): string[] | undefined =>
  readSaidValues(list)?.map(({ name, value, words }) => {
    const said = value === null ? gone : sayValue(value, texts, tag);
    const length = words === undefined ? '' : ` (${texts.lead.timeline.inWords(words)})`;
    return `${plainName(name)}: ${said}${length}`;
  });

const sayProperties = (json: string | undefined, texts: Texts, tag: string): string[] => {
  if (json === undefined) return [];
  const properties = JSON.parse(json) as Readonly<Record<string, string | number | boolean>>;
  return Object.entries(properties).map(
    ([name, value]) => `${plainName(name)}: ${sayValue(value, texts, tag)}`,
  );
};

const readActivity = byPattern(
  String.raw`it (?:did (?<done>\S+)(?: (?<count>\d+) times)?|has done (?<all>\S+) (?:once|(?<total>\d+) times) so far)(?: \((?<more>\{.*\})\))?`,
  ({ done, count, all, total, more }, texts, tag) => {
    const { timeline: t } = texts.lead;
    const often = all === undefined ? count && t.times(Number(count)) : t.timesSoFar(Number(total ?? 1));
    return [
      [plainName(done ?? all ?? ''), often].filter(Boolean).join(', '),
      ...sayProperties(more, texts, tag),
    ];
  },
);

const readAnswers = byPattern(
  `it answered(?: (?<askedBy>${jsonText}))?: (?<list>.*)`,
  ({ askedBy, list = '' }, texts, tag) => {
    const { timeline: t } = texts.lead;
    const values = sayValues(list, texts, tag, t.withdrawn);
    return values && [...values, ...(askedBy === undefined ? [] : [t.askedBy(readText(askedBy))])];
  },
);

const readOverride = byPattern(
  String.raw`(?:its tier was set to (?<tier>\w+))?(?:, and )?(?<held>it was held out of hand-offs)?, until (?<until>\S+?Z)${source}`,
  ({ tier, held, until = '', ...more }, texts, tag) => {
    const { timeline: t } = texts.lead;
    return [
      ...(tier === undefined ? [] : [t.tierSet(wordFor(texts.words.tiers, tier))]),
      ...(held === undefined ? [] : [t.held]),
      t.until(formatMoment(until, tag)),
      ...readSource(more, texts),
    ];
  },
);

const readMerge = byPattern(
  `a merge(?:: (?<other>.+) was merged into it, with all that was known of that lead| of (?<from>.+?) into (?<into>.+?)(?<empty>, without anything to take over)?)`,
  ({ other, from = '', into = '', empty }, { lead: { timeline: t } }) =>
    other === undefined
      ? [t.mergedInto(from, into), ...(empty === undefined ? [] : [t.nothingTaken])]
      : [t.mergedHere(other)],
);

const readVerdict = byPattern(
  String.raw`(?:its open hand-off|hand-off \S+) was (?:accepted|rejected)${source}`,
  (groups, texts) => readSource(groups, texts),
);

const readers: ReadonlyMap<string, Reader> = new Map([
  [
    'LeadProfileUpdated',
    byPattern('its profile: (?<list>.*)', ({ list = '' }, texts, tag) =>
      sayValues(list, texts, tag, texts.lead.timeline.cleared),
    ),
  ],
  ['LeadActivityRecorded', readActivity],
  ['LeadAnswersRecorded', readAnswers],
  [
    'LeadStageChanged',
    byPattern(
      String.raw`its stage was stated as (?<stage>\w+)${deal('through')}${source}`,
      ({ stage = '', ...more }, texts) => [wordFor(texts.words.stages, stage), ...readSource(more, texts)],
    ),
  ],
  [
    'LeadOutcomeRecorded',
    byPattern(
      String.raw`its outcome: (?<outcome>\w+)${deal('of')}(?:, (?<amount>-?\d[\d.e+-]*))?${source}`,
      ({ outcome = '', amount, ...more }, texts, tag) => [
        wordFor(texts.lead.timeline.outcomes, outcome),
        ...(amount === undefined ? [] : [Number(amount).toLocaleString(tag)]),
        ...readSource(more, texts),
      ],
    ),
  ],
  ['HandoffAccepted', readVerdict],
  ['HandoffRejected', readVerdict],
  ['LeadsMerged', readMerge],
  ['LeadErasureRequested', byPattern('its erasure was requested', () => [])],
  [
    'LeadRescoreRequested',
    byPattern('a rescoring by model (?<model>.*) was requested', ({ model = '' }) => [model]),
  ],
  ['LeadOverridden', readOverride],
  ['LeadOverrideLifted', byPattern(`its override was lifted${source}`, readSource)],
  [
    'LeadIdentified',
    byPattern('it is known by (?<types>.*)', ({ types = '' }) => types.split(' and ').map(plainName)),
  ],
  ['LeadClockAdvanced', byPattern('time went on', () => [])],
  ['HandoffExpired', byPattern('hand-off .* was not answered in time', () => [])],
]);

/**
 * Reads what an event says from the sentence of the API, which has no data of it but that one, so that it can be said in
 * the language of the reader.
 *
 * @returns undefined if the sentence is not understood: it is shown as it is then
 */
export const readDetails = (
  { type, text }: { readonly type: string; readonly text: string },
  texts: Texts,
  tag: string,
): readonly string[] | undefined => {
  try {
    return readers.get(type)?.(text, texts, tag);
  } catch {
    // A sentence of another form than this version knows, such as a value that is no JSON.
    return undefined;
  }
};
