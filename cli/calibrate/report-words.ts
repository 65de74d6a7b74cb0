import type { CalibrationReport, Estimate, FieldName } from '../../shared/calibration/index.ts';
import { fewestCustomers, type MeasuredLane } from '../../shared/outcomes/index.ts';
import { heading, indented, type Line, styled, verbatim } from '../output/line.ts';
import { table } from '../output/table.ts';
import { formatCount } from '../text/format-count.ts';
import type { ReportFile } from './report-file.ts';

const round = (value: number, digits: number): string => value.toFixed(digits);

/** Returns an estimate with its interval, as it stands in a table. */
const estimateWords = ({ value, low, high }: Estimate, digits: number): string =>
  `${round(value, digits)} (${round(low, digits)} to ${round(high, digits)})`;

const fieldWords = ({ kind, name }: FieldName): string => `${kind} ${name}`;

/** The most fields in one sentence. */
const mostNamed = 8;

const nameFields = (fields: readonly (FieldName & { readonly leads: number })[]): string => {
  const named = fields.slice(0, mostNamed).map((field) => `${fieldWords(field)} (${field.leads})`);
  const more = fields.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

/** The reasons for leaving leads out, in the words of a list. */
const leftOutWords: Readonly<Record<keyof ReportFile['data']['leftOut'], string>> = {
  canary: 'canary leads, which are nobody',
  erased: 'erased',
  'never at the stage of the cut': 'never came to the stage of the cut',
  'outcome before the cut': 'had an outcome of the rule at the cut or before',
  'customer before the cut': 'were customers at the cut already',
  'won or lost before the cut': 'had been won or lost at the cut or before',
  'nothing known at the cut': 'had said nothing by the cut',
  'followed too briefly': 'followed for too short a time to know: left out, not taken for failures',
  'beyond the sample': 'beyond the random sample',
};

const dataLines = ({ settings, data, calibration }: ReportFile): Line[] => {
  const { outcome, within, cut } = settings;
  const percent = data.used === 0 ? '' : ` (${round((100 * data.successes) / data.used, 1)} %)`;
  const left = Object.entries(leftOutWords).flatMap(([reason, words]) => {
    const count = data.leftOut[reason as keyof typeof data.leftOut];
    return count === 0 ? [] : [[count, words]];
  });
  return [
    heading(`Success is: ${outcome}, within ${within} of ${cut}`),
    `${formatCount(data.used, 'lead')} of ${data.leads} are learnt from; ${data.successes} succeeded${percent}.` +
      (calibration.leftOut > 0
        ? ` Of these, ${formatCount(calibration.leftOut, 'lead is', 'leads are')} not used while it is tested: between the times of training, calibration and test are gaps.`
        : ''),
    ...(left.length === 0 ? [] : ['Left out:', ...indented([table([['leads', 'why'], ...left])])]),
    ...(data.end === undefined ? [] : [`The data ends at ${data.end}: what came later isn't known.`]),
    ...(data.saidLater.length === 0
      ? []
      : [`Said at the outcome or later, and so not learnt from: ${nameFields(data.saidLater)}.`]),
  ];
};

const verdictLines = ({ ready, reasons, warnings }: CalibrationReport): Line[] => [
  ready ? styled('Ready.', 'green') : styled('NOT READY.', 'red'),
  ...indented(reasons.map((reason) => `- ${reason}`)),
  ...warnings.map((warning) => styled(`Warning: ${warning}`, 'yellow')),
];

/** Returns what to do about fields that seem to know the outcome; the reasons above say why they do. */
const leakLines = ({ leaks }: CalibrationReport): Line[] => {
  const names = [
    ...new Set(leaks.filter(({ effect }) => effect === 'suspected').map(({ field }) => field.name)),
  ];
  return names.length === 0
    ? []
    : [
        heading('Fields that seem to know the outcome'),
        `Find out when each of them is really known: ${names.join(', ')}.`,
        'If only after the outcome, say it at its own instant, or leave it out. If it is known before, trust it:',
        verbatim(`  --leave-out ${names.join(',')}`),
        verbatim(`  --trust ${names.join(',')}`),
      ];
};

const performanceLines = ({ performance }: CalibrationReport): Line[] =>
  performance.length === 0
    ? []
    : [
        heading('On the last leads, which nothing was learnt from (in brackets: 90 of 100 draws)'),
        table([
          ['judged by', 'AUC', 'lift of the best tenth', 'Brier', 'calibration error'],
          ...performance.map(({ name, auc, lift, brier, calibrationError }) => [
            name === 'document' ? 'the new model' : name,
            estimateWords(auc, 3),
            estimateWords(lift, 2),
            estimateWords(brier, 3),
            estimateWords(calibrationError, 3),
          ]),
        ]),
        ...(performance.some(({ name }) => name === 'model in use')
          ? []
          : ['The model in use is not compared, since it is not known: name it with --base.']),
      ];

const tierLines = ({ tiers }: CalibrationReport): Line[] =>
  tiers.length === 0
    ? []
    : [
        heading('Tiers, on the last leads'),
        table([
          ['tier', 'from score', '90 of 100 draws', 'promises', 'leads', 'succeeded'],
          ...tiers.map((one) => [
            one.tier,
            one.from,
            one.interval === undefined ? '' : `${one.interval[0]} to ${one.interval[1]}`,
            `${one.targetPercent} % (usual: ${one.usualPercent} %)${one.supported ? '' : ', not borne out'}`,
            one.leads,
            one.successPercent === undefined ? '' : `${round(one.successPercent, 1)} %`,
          ]),
        ]),
      ];

const laneLines = ({ lanes, exampleFigures }: ReportFile): Line[] => {
  if (lanes.length === 0) return [];
  const cell = (value: number | undefined): string => (value === undefined ? '' : String(value));
  const rows = lanes.map(({ lane, customers, figures }: MeasuredLane) => [
    lane,
    customers,
    cell(figures.successPercent),
    cell(figures.churnPercent),
    cell(figures.expansionPercent),
    cell(figures.referencePercent),
    cell(figures.timeToValueDays),
    cell(figures.revenue),
  ]);
  const few = lanes.filter(({ customers }) => customers < fewestCustomers).map(({ lane }) => lane);
  return [
    heading('Lanes (market segments), by their customers'),
    table([
      ['lane', 'customers', 'succeed %', 'leave %', 'expand %', 'refer %', 'days to value', 'revenue'],
      ...rows,
    ]),
    ...(few.length === 0
      ? []
      : [`Fewer than ${fewestCustomers} customers, so nothing is said of them: ${few.join(', ')}.`]),
    ...(exampleFigures.length === 0
      ? []
      : [
          `Still made up, since rules of the model read them and nothing was measured: ${exampleFigures.join(', ')}.`,
        ]),
  ];
};

/** Returns sections with a blank line between them. */
const sections = (...parts: readonly (readonly Line[])[]): Line[] =>
  parts.filter((lines) => lines.length > 0).flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));

/** Returns everything that a calibration found, in words. */
export const reportInWords = (report: ReportFile, strongest: readonly Line[]): Line[] =>
  sections(
    dataLines(report),
    verdictLines(report.calibration),
    leakLines(report.calibration),
    performanceLines(report.calibration),
    tierLines(report.calibration),
    strongest,
    laneLines(report),
  );
