import { build } from 'esbuild';

/**
 * Returns the calls of AWS that a function's code can make, such as `TransactWriteItems`: those commands of the SDK
 * that are left when all code that its handler can't reach is removed.
 */
export const callsInCode = async (service: string): Promise<string[]> => {
  const { outputFiles } = await build({
    entryPoints: [`functions/${service}/handler.ts`],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    treeShaking: true,
    external: ['@aws-sdk/*', '@aws-lambda-powertools/*', '@middy/*'],
    logLevel: 'silent',
  });
  const code = outputFiles.map(({ text }) => text).join('\n');
  // A class that is imported in two files has a number at the end of its name.
  const found = [...code.matchAll(/new ([A-Z]\w+)Command\d*\(|paginate(ListObjectsV2|[A-Z][A-Za-z]+)\d*\(/g)];
  return [...new Set(found.map(([, command, pages]) => command ?? pages ?? ''))].sort();
};
