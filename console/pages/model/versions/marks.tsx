import { texts } from '../../../texts/texts.ts';
import type { ListedModel } from '../model-change.ts';

/** Shows whether a model is in use, and for what. */
export const Marks = ({ model: { active, shadow } }: { readonly model: ListedModel }) => {
  const t = texts.value.model.marks;
  if (active) return <span class="mark mark-active">● {t.active}</span>;
  return shadow ? <span class="mark">◌ {t.shadow}</span> : null;
};
