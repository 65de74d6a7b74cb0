import { texts } from '../../../texts/texts.ts';
import type { Value } from '../fact-value.tsx';
import type { Field } from './list-fields.ts';

interface ControlProps {
  readonly field: Field;
  readonly id: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** Returns the texts of a choice, with the value that is known though the model doesn't name it. */
const listChoices = ({ field, value }: ControlProps): (string | number | boolean)[] => {
  const named: (string | number | boolean)[] = field.kind === 'yesNo' ? [true, false] : [...field.values];
  const isNamed = value === null || typeof value === 'object' || named.includes(value as string);
  return isNamed ? named : [...named, value as string];
};

const Choice = (props: ControlProps) => {
  const { id, value, onChange } = props;
  const { words } = texts.value;
  const choices = listChoices(props);
  const say = (choice: string | number | boolean): string =>
    typeof choice === 'boolean' ? (choice ? words.yes : words.no) : String(choice);
  return (
    <select
      id={id}
      value={String(choices.indexOf(value as string))}
      onChange={({ currentTarget }) => onChange(choices[Number(currentTarget.value)] ?? null)}
    >
      <option value="-1">{words.unknown}</option>
      {choices.map((choice, i) => (
        <option key={String(choice)} value={String(i)}>
          {say(choice)}
        </option>
      ))}
    </select>
  );
};

const Several = ({ field, id, value, onChange }: ControlProps) => {
  const chosen = Array.isArray(value) ? (value as readonly string[]) : [];
  const toggle = (one: string, isOn: boolean): void => {
    const next = isOn ? [...chosen, one] : chosen.filter((each) => each !== one);
    onChange(next.length === 0 ? null : next);
  };
  return (
    <fieldset class="several" id={id} aria-label={field.label}>
      {field.values.map(String).map((one) => (
        <label key={one}>
          <input
            type="checkbox"
            checked={chosen.includes(one)}
            onChange={({ currentTarget }) => toggle(one, currentTarget.checked)}
          />{' '}
          {one}
        </label>
      ))}
    </fieldset>
  );
};

const NumberInput = ({ field, id, value, onChange }: ControlProps) => (
  <input
    id={id}
    type="number"
    step="any"
    min={field.from}
    max={field.to}
    value={typeof value === 'number' ? value : String(value ?? '')}
    onInput={({ currentTarget: { value: text } }) => onChange(text === '' ? null : Number(text))}
  />
);

const CountInput = ({ id, value, onChange }: ControlProps) => (
  <input
    id={id}
    type="number"
    min={0}
    max={1000}
    step={1}
    value={typeof value === 'number' ? value : 0}
    onInput={({ currentTarget: { valueAsNumber: count } }) => onChange(count > 0 ? count : null)}
  />
);

const TextInput = ({ id, value, onChange }: ControlProps) => (
  <input
    id={id}
    type="text"
    dir="auto"
    value={value === null ? '' : String(value)}
    onInput={({ currentTarget: { value: text } }) => onChange(text === '' ? null : text)}
  />
);

/** Lets the value of a fact be changed. */
export const FieldControl = (props: ControlProps) => {
  switch (props.field.kind) {
    case 'choice':
    case 'yesNo':
      return <Choice {...props} />;
    case 'list':
      return <Several {...props} />;
    case 'number':
      return <NumberInput {...props} />;
    case 'count':
      return <CountInput {...props} />;
    case 'text':
      return <TextInput {...props} />;
    default:
      return props.field.kind satisfies never;
  }
};
