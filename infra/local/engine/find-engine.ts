import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The engine in a process of its own, as a binary for this platform. */
interface EmbeddedEngine {
  readonly kind: 'embedded';
  /** The package that has the binary, such as `@dynoxide/linux-x64`. */
  readonly name: string;
  readonly version: string;
  readonly path: string;
}

/** The engine in the memory of this process, which takes the place of a binary that isn't there. */
interface MemoryEngine {
  readonly kind: 'memory';
  /** The platform, such as `darwin-arm64`. */
  readonly platform: string;
  /** The reason why it takes the place, as a clause for people. */
  readonly why: string;
}

/** An engine that somebody else has started. */
interface ExternalEngine {
  readonly kind: 'external';
  readonly endpoint: string;
}

export type FoundEngine = EmbeddedEngine | MemoryEngine | ExternalEngine;

/** The platforms for which the embedded engine has a package in the registry. */
const platforms: readonly string[] = ['linux-x64'];

/**
 * Finds the DynamoDB engine that a local stack uses on this machine. Nothing is started.
 *
 * @param endpoint an engine that is running already; undefined or empty if there is none
 */
export const findEngine = (endpoint = process.env.DYNAMODB_ENDPOINT): FoundEngine => {
  if (endpoint !== undefined && endpoint !== '') return { kind: 'external', endpoint };
  const platform = `${process.platform}-${process.arch}`;
  const name = `@dynoxide/${platform}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
    return { kind: 'embedded', name, version, path: join(dirname(manifest), 'dynoxide') };
  } catch {
    const why = platforms.includes(platform)
      ? `the DynamoDB engine ${name} is not installed (\`npm ci --include=optional\` installs it)`
      : `the DynamoDB engine has no binary for ${platform}`;
    return { kind: 'memory', platform, why };
  }
};
