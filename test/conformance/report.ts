import type { Reporter, TestModule } from 'vitest/node';
import type { Outcome } from './run-behaviours.ts';

const collectOutcomes = (modules: readonly TestModule[]): (Outcome & { readonly failed: boolean })[] =>
  modules.flatMap((module) =>
    [...module.children.allTests()].flatMap((test) => {
      const { conformance } = test.meta();
      return conformance === undefined ? [] : [{ ...conformance, failed: test.result().state === 'failed' }];
    }),
  );

/** Prints each behaviour with the result of every back end, as a table in Markdown. */
export default class ConformanceReport implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const outcomes = collectOutcomes(modules);
    const backends = [...new Set(outcomes.map(({ backend }) => backend))];
    if (backends.length === 0) return;
    const rows = [...Map.groupBy(outcomes, ({ behaviour }) => behaviour)].map(([behaviour, found]) => {
      const cells = backends.map((backend) => {
        const outcome = found.find((one) => one.backend === backend);
        if (outcome === undefined) return '–';
        if (outcome.failed) return outcome.differs === undefined ? 'DIFFERS' : 'FIXED';
        return outcome.differs ?? 'as AWS';
      });
      return `| [${behaviour}](${found[0]?.source}) | ${cells.join(' | ')} |`;
    });
    const head = [`| behaviour | ${backends.join(' | ')} |`, `|---${'|---'.repeat(backends.length)}|`];
    console.log(['', ...head, ...rows, ''].join('\n'));
    for (const backend of backends) {
      const all = outcomes.filter((outcome) => outcome.backend === backend);
      const same = all.filter(({ differs, failed }) => differs === undefined && !failed);
      console.log(`${backend}: ${same.length} of ${all.length} behaviours as AWS`);
    }
  }
}
