import * as z from 'zod';
import { inboundContracts, isObject, outboundContracts } from '../events/index.ts';

export type Schema = z.core.JSONSchema.BaseSchema;

const reference = (name: string): string => `#/components/schemas/${name}`;

const withoutDialect = ({ $schema: _, ...schema }: Schema): Schema => schema;

const instantOf = ({ detail }: { readonly detail: z.core.$ZodType }): Schema => {
  const { metadata } = z.toJSONSchema(detail, { io: 'input' }).properties as Record<string, Schema>;
  return metadata?.properties?.occurredAt as Schema;
};

/** Schemas that many others contain, known by their patterns: the document has each of them once. */
const instants: Readonly<Record<'Instant' | 'UtcInstant', Schema>> = {
  Instant: {
    ...instantOf(inboundContracts.LeadErasureRequested),
    format: 'date-time',
    description: 'An instant in ISO 8601 with its offset from UTC. Digits beyond the millisecond are cut.',
    examples: ['2026-03-01T09:00:00Z', '2026-03-01T10:00:00+01:00'],
  },
  UtcInstant: {
    ...instantOf(outboundContracts.LeadErased),
    description: 'An instant in ISO 8601, in UTC.',
    examples: ['2026-03-01T09:00:00.000Z'],
  },
};

/** Collects the schemas of a document, in which references have other paths than in a schema by itself. */
export class SchemaBook {
  readonly #components = new Map<string, Schema>(Object.entries(instants));
  /** The names of the schemas that are components. */
  readonly #names = new Map<z.core.$ZodType, string>();

  /** Returns a JSON Schema for a place in the document. */
  inline(made: Schema): Schema {
    return this.#place(made, 'Inline');
  }

  /** Adds the schema of an answer as a component, unless it is one, and returns a reference to it. */
  component(schema: z.core.$ZodType, name: string): Schema {
    const known = this.#names.get(schema) ?? name;
    if (!this.#names.has(schema)) {
      this.#names.set(schema, known);
      const made = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
      this.#components.set(known, this.#place(made, known));
    }
    return { $ref: reference(known) };
  }

  components(): Record<string, Schema> {
    return Object.fromEntries(this.#components);
  }

  #place(made: Schema, name: string): Schema {
    const { $defs = {}, ...rest } = withoutDialect(made);
    for (const [part, inner] of Object.entries($defs))
      this.#components.set(`${name}-${part}`, this.#refer(inner, name) as Schema);
    return this.#refer(rest, name) as Schema;
  }

  /** Returns a part of a schema with references into the document. */
  #refer(part: unknown, name: string): unknown {
    if (Array.isArray(part)) return part.map((inner) => this.#refer(inner, name));
    if (!isObject(part)) return part;
    const { pattern, $ref } = part;
    for (const [instantName, { pattern: own }] of Object.entries(instants)) {
      if (pattern !== own) continue;
      const { description } = part;
      return { $ref: reference(instantName), ...(description !== undefined && { description }) };
    }
    const inner = Object.fromEntries(
      Object.entries(part).map(([key, value]) => [key, this.#refer(value, name)]),
    );
    if (typeof $ref !== 'string') return inner;
    return {
      ...inner,
      $ref: $ref === '#' ? reference(name) : $ref.replace('#/$defs/', `${reference(name)}-`),
    };
  }
}
