import { useId } from 'preact/hooks';
import { type Stage, stages } from '../../../../events/index.ts';
import { Authored } from '../../../parts/authored.tsx';
import { texts } from '../../../texts/texts.ts';
import type { Value } from '../fact-value.tsx';
import type { LeadAnswer } from '../types.ts';
import { type Changes, keyOf, knownValue, withValue } from './changes.ts';
import { FieldControl } from './field-control.tsx';
import type { Field } from './list-fields.ts';

interface FormProps {
  readonly lead: LeadAnswer;
  readonly fields: readonly Field[];
  readonly changes: Changes;
  readonly onChange: (changes: Changes) => void;
}

interface RowProps extends Omit<FormProps, 'fields'> {
  readonly field: Field;
}

const FieldRow = ({ lead, field, changes, onChange }: RowProps) => {
  const id = useId();
  const t = texts.value.lead.whatIf;
  const known = knownValue(field, lead);
  const key = keyOf(field);
  const isChanged = changes.values.has(key);
  const value: Value = isChanged ? (changes.values.get(key) ?? null) : known;
  return (
    <div class={`what-if-field ${isChanged ? 'is-changed' : ''}`}>
      <label for={id}>
        <Authored>{field.label}</Authored> {isChanged && <span class="tag">{t.changed}</span>}
      </label>
      <FieldControl
        field={field}
        id={id}
        value={value}
        onChange={(next) => onChange(withValue(changes, field, next, known))}
      />
    </div>
  );
};

const StageRow = ({ lead, changes, onChange }: Omit<FormProps, 'fields'>) => {
  const id = useId();
  const { lead: t, words } = texts.value;
  const choose = (stage: Stage): void =>
    onChange({ ...changes, stage: stage === lead.stage ? undefined : stage });
  return (
    <div class={`what-if-field ${changes.stage === undefined ? '' : 'is-changed'}`}>
      <label for={id}>
        {t.whatIf.stage} {changes.stage !== undefined && <span class="tag">{t.whatIf.changed}</span>}
      </label>
      <select
        id={id}
        value={changes.stage ?? lead.stage}
        onChange={({ currentTarget }) => choose(currentTarget.value as Stage)}
      >
        {stages.map((stage) => (
          <option key={stage} value={stage}>
            {words.stages[stage]}
          </option>
        ))}
      </select>
    </div>
  );
};

/** Lets every fact that the model reads be changed. Nothing of it is sent. */
export const WhatIfForm = ({ fields, ...props }: FormProps) => {
  const t = texts.value.lead.whatIf;
  return (
    <form onSubmit={(event) => event.preventDefault()} class="what-if-form">
      <StageRow {...props} />
      {(['answers', 'attributes', 'activities'] as const).map((bag) => {
        const ofBag = fields.filter((field) => field.bag === bag);
        if (ofBag.length === 0) return null;
        return (
          <fieldset key={bag}>
            <legend>{t.bags[bag]}</legend>
            {ofBag.map((field) => (
              <FieldRow key={field.name} field={field} {...props} />
            ))}
          </fieldset>
        );
      })}
    </form>
  );
};
