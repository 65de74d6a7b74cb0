import { Command } from '../../../parts/command.tsx';
import { texts } from '../../../texts/texts.ts';

/** The command that compares what the model in use and the shadow have made of all leads. No answer of the API has that. */
const compareCommand = 'npx sluice model compare --shadow';

/** Shows how to see what a model that is tried alongside has made of the leads. */
export const Shadow = ({ version }: { readonly version: string }) => {
  const t = texts.value.model.versions;
  return (
    <section class="card" aria-labelledby="shadow">
      <h2 id="shadow">{t.shadow(version)}</h2>
      <p>{t.shadowHint}</p>
      <Command text={compareCommand} />
    </section>
  );
};
