import { collectTests, type Facts, type ScoringModel } from '../../shared/scoring/index.ts';

/** Returns the names of facts that the model doesn't read. Most often they are misspelt. */
export const unreadNames = ({ document }: ScoringModel, facts: Facts): string[] => {
  const read = collectTests(document);
  return (['attributes', 'answers', 'activities'] as const).flatMap((bag) =>
    Object.keys(facts[bag])
      .filter((name) => !read[bag].has(name))
      .map((name) => `${bag}.${name}`),
  );
};
