import * as z from 'zod';
import type { Rule } from './bus.ts';
import { LocalStackError, messageOf, ServiceError } from './errors.ts';
import { compilePattern } from './pattern.ts';
import { parseInput } from './protocols/json.ts';
import type { Queue } from './queue.ts';
import { findRuntimeType } from './resource-types.ts';

const onBus = { EventBusName: z.string().default('default') };
const name = z.string().regex(/^[\w.-]{1,64}$/);

/**
 * The inputs of each operation. The schemas refuse what can't be done here, such as a schedule or a transformed input.
 */
const inputs = {
  PutRule: z.strictObject({
    ...onBus,
    Name: name,
    EventPattern: z.string(),
    State: z.literal('ENABLED').optional(),
    Description: z.string().optional(),
  }),
  DeleteRule: z.strictObject({ ...onBus, Name: name }),
  PutTargets: z.strictObject({
    ...onBus,
    Rule: name,
    Targets: z.array(z.strictObject({ Id: z.string(), Arn: z.string() })).min(1),
  }),
  RemoveTargets: z.strictObject({ ...onBus, Rule: name, Ids: z.array(z.string()).min(1) }),
};

type Operation = keyof typeof inputs;

const refused = (type: string, message: string): ServiceError => new ServiceError(type, message);

const parsePattern = (text: string): Rule['matches'] => {
  try {
    return compilePattern(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof LocalStackError) {
      throw refused('InvalidEventPatternException', `Event pattern is not valid. ${messageOf(error)}`);
    }
    throw error;
  }
};

interface ClientRule extends Rule {
  /** The rule's targets by the ids that the client gave them. */
  readonly byId: Map<string, Queue>;
}

export interface ClientRulesProps {
  readonly buses: readonly string[];
  /** The rules of the bus: those of the template, then those of clients. */
  readonly rules: Rule[];
  /** All queues, whoever created them. */
  readonly queues: readonly Queue[];
}

/**
 * The rules that clients create, to receive events in queues of their own. They live as long as the process. Clients
 * can neither see nor change the rules of the template.
 */
export class ClientRules {
  readonly #props: ClientRulesProps;
  readonly #made = new Map<string, ClientRule>();

  constructor(props: ClientRulesProps) {
    this.#props = props;
  }

  static readonly operations: readonly string[] = Object.keys(inputs);

  /**
   * Runs an operation on rules.
   *
   * @throws ServiceError in EventBridge's words
   */
  run(operation: string, input: unknown): object {
    switch (operation as Operation) {
      case 'PutRule':
        return this.#putRule(parseInput(inputs.PutRule, input, 'ValidationException'));
      case 'DeleteRule':
        return this.#deleteRule(parseInput(inputs.DeleteRule, input, 'ValidationException'));
      case 'PutTargets':
        return this.#putTargets(parseInput(inputs.PutTargets, input, 'ValidationException'));
      case 'RemoveTargets':
        return this.#removeTargets(parseInput(inputs.RemoveTargets, input, 'ValidationException'));
      default:
        throw refused('UnknownOperationException', `${operation} is unknown`);
    }
  }

  #putRule({ EventBusName, Name, EventPattern }: z.infer<typeof inputs.PutRule>): object {
    const bus = this.#resolveBus(EventBusName);
    const matches = parsePattern(EventPattern);
    const key = `${bus}/${Name}`;
    const before = this.#made.get(key);
    const byId = before?.byId ?? new Map<string, Queue>();
    const rule: ClientRule = {
      bus,
      matches,
      byId,
      get targets() {
        return [...byId.values()];
      },
    };
    if (before !== undefined) this.#forget(key, before);
    this.#made.set(key, rule);
    this.#props.rules.push(rule);
    return { RuleArn: findRuntimeType('AWS::Events::Rule')?.arn(key) };
  }

  #deleteRule({ EventBusName, Name }: z.infer<typeof inputs.DeleteRule>): object {
    const key = `${this.#resolveBus(EventBusName)}/${Name}`;
    const rule = this.#made.get(key);
    // On AWS, too, deleting a rule that doesn't exist succeeds.
    if (rule === undefined) return {};
    if (rule.byId.size > 0) {
      throw refused('ValidationException', "Rule can't be deleted since it has targets.");
    }
    this.#forget(key, rule);
    return {};
  }

  #putTargets({ EventBusName, Rule, Targets }: z.infer<typeof inputs.PutTargets>): object {
    const { byId } = this.#findRule(EventBusName, Rule);
    const queues = Targets.map(({ Id, Arn }) => [Id, this.#findQueue(Arn)] as const);
    for (const [id, queue] of queues) byId.set(id, queue);
    return { FailedEntryCount: 0, FailedEntries: [] };
  }

  #removeTargets({ EventBusName, Rule, Ids }: z.infer<typeof inputs.RemoveTargets>): object {
    const { byId } = this.#findRule(EventBusName, Rule);
    for (const id of Ids) byId.delete(id);
    return { FailedEntryCount: 0, FailedEntries: [] };
  }

  #forget(key: string, rule: ClientRule): void {
    this.#made.delete(key);
    this.#props.rules.splice(this.#props.rules.indexOf(rule), 1);
  }

  #resolveBus(given: string): string {
    const bus = given.replace(/^arn:.*:event-bus\//, '');
    if (this.#props.buses.includes(bus)) return bus;
    const allowed = this.#props.buses.join(', ');
    throw refused('ResourceNotFoundException', `Event bus ${bus} does not exist; allowed is ${allowed}.`);
  }

  #findRule(bus: string, rule: string): ClientRule {
    const name = this.#resolveBus(bus);
    const found = this.#made.get(`${name}/${rule}`);
    if (found !== undefined) return found;
    throw refused('ResourceNotFoundException', `Rule ${rule} does not exist on EventBus ${name}.`);
  }

  #findQueue(arn: string): Queue {
    const queue = this.#props.queues.find(({ props }) => props.arn === arn);
    if (queue !== undefined) return queue;
    throw refused('ValidationException', `Targets: given ${arn}; allowed are the queues of this stack`);
  }
}
