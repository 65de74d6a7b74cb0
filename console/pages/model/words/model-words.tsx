import type { ModelDocument } from '../../../../shared/scoring/index.ts';
import { Dimensions } from './dimensions.tsx';
import { Groups } from './groups.tsx';
import { Policy } from './policy.tsx';
import { Readiness } from './readiness.tsx';
import { RuledOut } from './ruled-out.tsx';
import { Tiers } from './tiers.tsx';
import { Weights } from './weights.tsx';

/** Shows a model in plain words. */
export const ModelWords = ({ document }: { readonly document: ModelDocument }) => (
  <>
    <Tiers document={document} />
    <Policy document={document} />
    <Weights document={document} />
    <Dimensions document={document} />
    <RuledOut document={document} />
    <Groups document={document} />
    <Readiness document={document} />
  </>
);
