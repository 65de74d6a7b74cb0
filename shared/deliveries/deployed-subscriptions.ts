import { resolve } from 'node:path';
import type { Subscription } from './subscription.ts';

// An import of node:fs as an ES module loads all of its streams; init has no use for them.
const { readFileSync } = process.getBuiltinModule('node:fs');

/**
 * Reads the subscriptions that were deployed with the function. They were checked then.
 *
 * @param file relative to the bundle's folder, or absolute
 */
export const readDeployedSubscriptions = (
  file: string,
  folder: string = import.meta.dirname,
): readonly Subscription[] => JSON.parse(readFileSync(resolve(folder, file), 'utf8')) as Subscription[];
