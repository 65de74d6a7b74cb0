import { isObject } from '../../events/index.ts';
import { LocalStackError } from './errors.ts';
import { account, findRuntimeType, type Resource, region } from './resource-types.ts';

export interface StackTemplate {
  readonly name: string;
  readonly parameters: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly outputs: Readonly<
    Record<string, { readonly Value: unknown; readonly Export?: { Name: unknown } }>
  >;
  readonly resources: ReadonlyMap<string, Resource>;
}

/** Resolves a template value: intrinsic functions are replaced, everything else is copied. */
export type Resolve = (value: unknown, stack: string) => unknown;

const pseudoParameters: Readonly<Record<string, unknown>> = {
  'AWS::AccountId': account,
  'AWS::Region': region,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::NoValue': undefined,
};

const unresolved = (stack: string, what: string): LocalStackError =>
  new LocalStackError('REFERENCE_UNRESOLVED', `${stack}: ${what}`);

/**
 * Returns the resolver of a set of stacks.
 *
 * @param tableSuffix is appended to the generated names of tables, to separate runs on one engine
 */
export const createResolver = (stacks: ReadonlyMap<string, StackTemplate>, tableSuffix = ''): Resolve => {
  const findTemplate = (stack: string): StackTemplate => {
    const template = stacks.get(stack);
    if (template === undefined)
      throw unresolved(stack, `no such stack among ${[...stacks.keys()].join(', ')}`);
    return template;
  };

  const resolveName = (resource: Resource): string => {
    const type = findRuntimeType(resource.type);
    const given = (property: string | undefined): unknown =>
      property === undefined ? undefined : resolve(resource.properties[property], resource.stack);
    const [owner, name] = [given(type?.ownerProperty), given(type?.nameProperty)];
    if (typeof name === 'string') return typeof owner === 'string' ? `${owner}:${name}` : name;
    const suffix = resource.type === 'AWS::DynamoDB::GlobalTable' ? tableSuffix : '';
    return `${resource.stack}-${resource.logicalId}${suffix}`;
  };

  const ref = (id: string, stack: string): unknown => {
    if (Object.hasOwn(pseudoParameters, id)) return pseudoParameters[id];
    if (id === 'AWS::StackName') return stack;
    const template = findTemplate(stack);
    const resource = template.resources.get(id);
    if (resource !== undefined) {
      const name = resolveName(resource);
      return findRuntimeType(resource.type)?.ref?.(name) ?? name;
    }
    const parameter = template.parameters[id];
    if (parameter?.Default !== undefined) return parameter.Default;
    throw unresolved(stack, `Ref ${id} names no resource, and no parameter that has a default`);
  };

  const attribute = (id: string, name: string, stack: string): string => {
    const resource = findTemplate(stack).resources.get(id);
    const type = resource && findRuntimeType(resource.type);
    const read = name === 'Arn' ? type?.arn : type?.attributes?.[name];
    if (resource !== undefined && read !== undefined) return read(resolveName(resource));
    const allowed = ['Arn', ...Object.keys(type?.attributes ?? {})].join(', ');
    const what = resource === undefined ? 'names no resource' : `is a ${resource.type}`;
    throw unresolved(stack, `Fn::GetAtt ${id}.${name}: ${id} ${what}; allowed is ${type ? allowed : 'none'}`);
  };

  const imported = (name: unknown): unknown => {
    for (const template of stacks.values()) {
      for (const output of Object.values(template.outputs)) {
        if (output.Export && resolve(output.Export.Name, template.name) === name) {
          return resolve(output.Value, template.name);
        }
      }
    }
    throw unresolved('Fn::ImportValue', `no stack exports ${String(name)}`);
  };

  const substitute = (argument: unknown, stack: string): string => {
    const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
    return String(text).replace(/\$\{([^}!]+)\}|\$\{!([^}]+)\}/g, (_, name?: string, literal?: string) => {
      if (name === undefined) return `\${${literal}}`;
      if (isObject(variables) && Object.hasOwn(variables, name))
        return String(resolve(variables[name], stack));
      const [id = '', ...path] = name.split('.');
      return path.length > 0 ? attribute(id, path.join('.'), stack) : String(ref(id, stack));
    });
  };

  const list = (value: unknown, stack: string, from: string): readonly unknown[] => {
    const resolved = resolve(value, stack);
    if (Array.isArray(resolved)) return resolved;
    throw unresolved(stack, `${from} needs a list and got ${JSON.stringify(resolved)}`);
  };

  const functions: Readonly<Record<string, (argument: unknown, stack: string) => unknown>> = {
    Ref: (argument, stack) => ref(String(argument), stack),
    'Fn::GetAtt': (argument, stack) => {
      const [id, ...path] =
        typeof argument === 'string' ? argument.split('.') : list(argument, stack, 'Fn::GetAtt');
      return attribute(String(id), path.join('.'), stack);
    },
    'Fn::ImportValue': (argument, stack) => imported(resolve(argument, stack)),
    'Fn::Join': (argument, stack) => {
      const [separator, parts] = list(argument, stack, 'Fn::Join');
      return list(parts, stack, 'Fn::Join').join(String(separator));
    },
    'Fn::Split': (argument, stack) => {
      const [separator, text] = list(argument, stack, 'Fn::Split');
      return String(text).split(String(separator));
    },
    'Fn::Select': (argument, stack) => {
      const [index, choices] = list(argument, stack, 'Fn::Select');
      return list(choices, stack, 'Fn::Select')[Number(index)];
    },
    'Fn::Sub': substitute,
  };

  const resolve: Resolve = (value, stack) => {
    if (Array.isArray(value))
      return value.map((item) => resolve(item, stack)).filter((item) => item !== undefined);
    if (!isObject(value)) return value;
    const [key, ...others] = Object.keys(value);
    if (key !== undefined && others.length === 0 && (key === 'Ref' || key.startsWith('Fn::'))) {
      const evaluate = functions[key];
      if (evaluate !== undefined) return evaluate(value[key], stack);
      throw unresolved(stack, `${key} is not supported; allowed are ${Object.keys(functions).join(', ')}`);
    }
    const entries = Object.entries(value).map(([name, inner]) => [name, resolve(inner, stack)] as const);
    return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
  };

  return resolve;
};
