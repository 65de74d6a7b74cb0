import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { ModelDocument } from '../../../../shared/scoring/index.ts';
import { call } from '../../../api/call.ts';
import { useResource } from '../../../api/use-resource.ts';
import { GivenAllowed } from '../../../parts/authored.tsx';
import { Loaded } from '../../../parts/states.tsx';
import { texts } from '../../../texts/texts.ts';
import type { LeadAnswer } from '../types.ts';
import { type Changes, noChanges } from './changes.ts';
import type { createWhatIf } from './create-what-if.ts';
import { WhatIfForm } from './what-if-form.tsx';
import { WhatIfResult } from './what-if-result.tsx';

interface Core {
  readonly createWhatIf: typeof createWhatIf;
  readonly document: ModelDocument;
}

/** Loads the pure core and the model. They come only when somebody asks. */
const loadCore = async (version: string, signal: AbortSignal): Promise<Core> => {
  const [core, { document }] = await Promise.all([
    import('./create-what-if.ts'),
    call('getModel', { path: { version }, signal }),
  ]);
  return { createWhatIf: core.createWhatIf, document: document as unknown as ModelDocument };
};

const Trial = ({ lead, core }: { readonly lead: LeadAnswer; readonly core: Core }) => {
  const t = texts.value.lead.whatIf;
  const changes = useSignal<Changes>(noChanges);
  const whatIf = useMemo(() => core.createWhatIf(core.document, lead), [core, lead]);
  const judged = whatIf.judge(changes.value);
  const isChanged = changes.value.values.size > 0 || changes.value.stage !== undefined;
  return (
    <div class="what-if-trial">
      <WhatIfForm
        lead={lead}
        fields={whatIf.fields}
        changes={changes.value}
        onChange={(next) => {
          changes.value = next;
        }}
      />
      <div class="what-if-side">
        {'problems' in judged ? (
          <ul role="alert">
            {judged.problems.map((problem) => (
              <li key={problem.path}>
                <GivenAllowed problem={problem} />
              </li>
            ))}
          </ul>
        ) : (
          <WhatIfResult present={whatIf.present} judged={judged} />
        )}
        <button
          type="button"
          class="secondary"
          disabled={!isChanged}
          onClick={() => {
            changes.value = noChanges;
          }}
        >
          {t.reset}
        </button>
      </div>
    </div>
  );
};

const LoadedTrial = ({ lead }: { readonly lead: LeadAnswer }) => {
  const core = useResource((signal) => loadCore(lead.modelVersion, signal), [lead.modelVersion]);
  return <Loaded from={core}>{(loaded) => <Trial lead={lead} core={loaded} />}</Loaded>;
};

/** Shows how a lead would stand with other facts, at once and without storing anything. */
export const WhatIf = ({ lead }: { readonly lead: LeadAnswer }) => {
  const t = texts.value.lead.whatIf;
  const isOpen = useSignal(false);
  const shown = useSignal(lead);
  // While somebody tries things, the lead stays as it was when another version or instant was shown last.
  useEffect(() => {
    const { leadId, version, asOf } = shown.peek();
    const isOther =
      leadId !== lead.leadId ||
      version !== lead.version ||
      Math.abs(Date.parse(asOf) - Date.parse(lead.asOf)) > 3_600_000;
    if (isOther) shown.value = lead;
  }, [lead, shown]);
  return (
    <section class="card what-if" aria-labelledby="what-if">
      <h2 id="what-if">{t.title}</h2>
      <details
        onToggle={({ currentTarget }) => {
          isOpen.value = currentTarget.open;
        }}
      >
        <summary>{t.open}</summary>
        <p class="muted">{t.hint}</p>
        {isOpen.value && <LoadedTrial lead={shown.value} />}
      </details>
    </section>
  );
};
