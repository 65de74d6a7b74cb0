import type { DriftComparison } from '../../shared/drift/index.ts';

const activation = [
  '  2. npx sluice model compare ACTIVE FILE --endpoint URL   shows who moves',
  '  3. npx sluice model publish FILE --reason TEXT, then npx sluice model activate VERSION --reason TEXT',
];

const calibration =
  'npx sluice calibrate --endpoint URL --outcome won --within 90d --cut mql --base MODEL --out FILE --report REPORT';

/** Names what comes first for criteria: a source that stops sending a field looks like leads that are others. */
const lookAtSources = [
  'First look whether the sources of the fields that these criteria read still send them, and in the same words:',
  '  npx sluice source list   shows which source is silent, and what is refused or not mapped',
  '  npx sluice unread        lists values that no rule reads',
];

const calibrateAgain = [
  'Calibrate the model again: its scores rank leads less well than before, which no threshold repairs.',
  `  1. ${calibration}`,
  ...activation,
];

const moveTiers = [
  '  1. change `tiers` in a copy of the model, with a new version',
  ...activation,
  "If wins still don't follow the tiers after a few months, calibrate again:",
  `  ${calibration}`,
];

const rankingHolds =
  'Move the tiers first: as far as outcomes tell, scores rank leads as well as before, so only thresholds are off.';

const rankingUnknown = [
  "It isn't known yet whether scores still rank leads as well as before: too few outcomes can be compared.",
  'If the tiers hold too many or too few leads, move them:',
];

/** Returns what to do about the findings of a comparison, in words; nothing without a finding. */
export const describeRemedy = ({ findings, remedy, tooFew }: DriftComparison): string[] => {
  if (remedy === undefined) return [];
  const first = findings.some(({ kind }) => kind === 'criterion') ? lookAtSources : [];
  if (remedy === 'calibrate') return [...first, ...calibrateAgain];
  return [...first, ...(tooFew.includes('outcomes') ? rankingUnknown : [rankingHolds]), ...moveTiers];
};
