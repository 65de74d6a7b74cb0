import type { Rule } from '../finding.ts';
import { answeringRules } from './answering.ts';
import { bandRules } from './bands.ts';
import { deadlineRules } from './deadlines.ts';
import { decayRules } from './decay.ts';
import { derivedRules } from './derived.ts';
import { idRules } from './ids.ts';
import { laneFigureRules } from './lane-figures.ts';
import { nameRules } from './names.ts';
import { nurtureLimitRules } from './nurture-limits.ts';
import { operatorRules } from './operators.ts';
import { sizeRules } from './size.ts';
import { textRules } from './texts.ts';
import { tierRules } from './tiers.ts';
import { unusedRules } from './unused.ts';
import { valueRules } from './values.ts';
import { vocabularyRules } from './vocabulary.ts';
import { weightRules } from './weights.ts';

/** The rules that a schema can't express: the parts of a model must fit each other. */
export const rules: readonly Rule[] = [
  ...sizeRules,
  ...nameRules,
  ...weightRules,
  ...idRules,
  ...bandRules,
  ...tierRules,
  ...derivedRules,
  ...decayRules,
  ...answeringRules,
  ...vocabularyRules,
  ...operatorRules,
  ...valueRules,
  ...textRules,
  ...laneFigureRules,
  ...nurtureLimitRules,
  ...deadlineRules,
  ...unusedRules,
];
