import { texts } from '../../texts/texts.ts';

/** Says that the table is too large to be read within a request, and how to get the figures. */
export const TooLarge = () => {
  const t = texts.value.funnel;
  return (
    <div class="state">
      <p class="state-title">{t.tooLarge}</p>
      <p>
        {t.tooLargeHint} <code>npx sluice report</code>
      </p>
    </div>
  );
};
