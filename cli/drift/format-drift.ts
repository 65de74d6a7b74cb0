import { dayMs } from '../../events/index.ts';
import type { DriftComparison, DriftMeasure } from '../../shared/drift/index.ts';
import type { DriftCheck } from '../../shared/drift-checks/index.ts';
import { heading, type Line } from '../output/line.ts';
import { formatAge } from '../text/format-age.ts';
import { formatCount } from '../text/format-count.ts';
import { formatInstant } from '../text/format-instant.ts';
import { describeRemedy } from './remedy-words.ts';

/** The age after which a monthly check is missing. */
const lateMs = 35 * dayMs;

const nothingToCompare: Readonly<Record<DriftComparison['tooFew'][number], string>> = {
  leads: 'too few leads to tell whether they differ: it takes 200 of a month, now and in the reference',
  outcomes:
    'too few outcomes to tell whether scores still mean the same: it takes 200 leads that were qualified 90 days ago or ' +
    'more, now and in the reference, and 20 wins',
};

/** Says how sure a finding is: how far it is beyond what chance or small changes explain. */
const describeCertainty = ({ value, limit }: DriftMeasure): string => {
  const times = value / limit;
  return times >= 2 ? 'far beyond chance' : times >= 1.25 ? 'clearly beyond chance' : 'just beyond chance';
};

const describeFinding = (finding: DriftMeasure): string => {
  const { kind, criterion, text } = finding;
  const subject = criterion === undefined ? kind : `criterion ${criterion}`;
  return `  ${subject}: ${text} (${describeCertainty(finding)})`;
};

const describeReference = (what: string, at: string | undefined): string[] =>
  at === undefined ? [] : [`${what} are compared with the check of ${formatInstant(Date.parse(at))}.`];

/** The most findings that are listed. */
const mostFindings = 20;

/** Returns a check in words: what moved, how sure that is, and what to do. */
export const formatDrift = (check: DriftCheck, now: number): Line[] => {
  const { at, modelVersion, tally, leadsRead, references, comparison } = check;
  const { findings, remedy, tooFew } = comparison;
  const age = now - Date.parse(at);
  const outcomes = tally.outcomes.reduce((sum, [leads]) => sum + leads, 0);
  const moved = findings.slice(0, mostFindings).map(describeFinding);
  const isFirst = references.leads === undefined && references.outcomes === undefined;
  return [
    heading(`Drift of ${modelVersion}, checked on ${formatInstant(Date.parse(at))}, ${formatAge(age)} ago`),
    `${formatCount(leadsRead, 'lead')} read, ${tally.leads} of them heard of in the last 30 days; ${formatCount(outcomes, 'outcome')} known.`,
    ...(age > lateMs
      ? ['The monthly check is late: run npx sluice drift --run, and look at its schedule.']
      : []),
    ...(isFirst
      ? [
          'This model was not compared yet: the first check with enough leads is the reference of those that follow.',
        ]
      : []),
    ...describeReference('Leads', references.leads),
    ...describeReference('Outcomes', references.outcomes),
    '',
    ...(moved.length === 0 ? [] : [heading('What moved'), ...moved]),
    ...(findings.length > moved.length ? [`  and ${findings.length - moved.length} more; see --json`] : []),
    ...(moved.length === 0 && tooFew.length < 2 ? ['Nothing moved beyond what chance explains.'] : []),
    ...tooFew.map((part) => `Not compared: ${nothingToCompare[part]}.`),
    ...(remedy === undefined ? [] : ['', heading('What to do'), ...describeRemedy(comparison)]),
  ];
};
