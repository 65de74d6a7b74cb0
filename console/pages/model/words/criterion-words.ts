import type { ModelDocument } from '../../../../shared/scoring/index.ts';
import { markAuthored } from '../../../parts/authored-marks.ts';
import { formatNumber, formatPoints } from '../../../parts/numbers.ts';
import { texts } from '../../../texts/texts.ts';
import { describeCondition, describeSubject, type Vocabulary } from './condition-words.ts';

type Criterion = ModelDocument['dimensions'][string]['criteria'][number];
type Decay = NonNullable<Criterion['decay']>;

/** A row of a criterion: for what it gives points, and how many. */
interface PointsRow {
  readonly text: string;
  readonly points: string;
}

/** A criterion in words. */
export interface CriterionWords {
  readonly id: string;
  /** A text to follow "the lead". */
  readonly text: string;
  /** The exact test, in words. */
  readonly rule: string | undefined;
  readonly decay: string | undefined;
  readonly rows: readonly PointsRow[];
}

const describeDecay = (decay: Decay): string => {
  const t = texts.value.model.words;
  if ('halfLifeDays' in decay) return t.halves(decay.halfLifeDays);
  if ('linearDays' in decay) return t.linear(decay.linearDays);
  return t.steps(decay.percent, decay.everyDays);
};

const withPercent = (
  text: string,
  details: { readonly successPercent?: number | undefined; readonly example?: boolean | undefined },
): string => {
  const t = texts.value.model.words;
  const { successPercent, example } = details;
  if (successPercent === undefined) return text;
  return `${text} (${t.succeeded(formatNumber(successPercent))}${example ? `, ${t.example}` : ''})`;
};

type Bands = Extract<Criterion, { bands: unknown }>;
type Table = Extract<Criterion, { table: unknown }>;

const bandRows = ({ bands }: Bands): PointsRow[] => {
  const t = texts.value.model.words;
  return bands
    .toSorted((a, b) => b.from - a.from)
    .map(({ from, points, text, ...details }) => ({
      text: withPercent(text === undefined ? t.from(formatNumber(from)) : markAuthored(text), details),
      points: formatPoints(points),
    }));
};

const tableRows = ({ table, otherwise = 0 }: Table): PointsRow[] => {
  const t = texts.value.model.words;
  const rows = Object.entries(table).map(([value, entry]): PointsRow => {
    const details = typeof entry === 'number' ? { points: entry } : entry;
    return { text: withPercent(markAuthored(value), details), points: formatPoints(details.points) };
  });
  return otherwise === 0 ? rows : [...rows, { text: t.otherwise, points: formatPoints(otherwise) }];
};

const describeCounted = (
  each: Extract<Criterion, { each: unknown }>['each'],
  { activities }: Vocabulary,
): string => {
  const t = texts.value.model.conditions;
  if ('answering' in each) return t.answering[each.answering];
  const { activity, withinDays, per } = each;
  const known =
    activities !== undefined && Object.hasOwn(activities, activity) ? activities[activity] : undefined;
  const days = withinDays === undefined ? '' : ` ${t.within(withinDays)}`;
  return `${t.lead(markAuthored(known ?? activity))}${days}${per === 'day' ? ` ${t.perDay}` : ''}`;
};

/** Returns a criterion in words: what it says of a lead, and its points. */
export const describeCriterion = (criterion: Criterion, vocabulary: Vocabulary): CriterionWords => {
  const t = texts.value.model.words;
  const { id, text } = criterion;
  const decay = criterion.decay && describeDecay(criterion.decay);
  if ('when' in criterion) {
    const rows = [{ text: '', points: formatPoints(criterion.points) }];
    return { id, text, decay, rule: describeCondition(criterion.when, vocabulary), rows };
  }
  if ('each' in criterion) {
    const points = t.each(formatPoints(criterion.points), formatNumber(criterion.max));
    return {
      id,
      text,
      decay,
      rule: describeCounted(criterion.each, vocabulary),
      rows: [{ text: '', points }],
    };
  }
  const rule = describeSubject(criterion.of, vocabulary);
  return { id, text, decay, rule, rows: 'bands' in criterion ? bandRows(criterion) : tableRows(criterion) };
};
