import { Command } from '../../parts/command.tsx';
import { Instant } from '../../parts/instant.tsx';
import { texts } from '../../texts/texts.ts';
import { type Finding, type Health, judgeOverall, listFindings, type Overall } from './findings.ts';
import { formatCount } from './format-count.ts';

const marks: ReadonlyMap<Overall | Finding['weight'], string> = new Map<Overall | Finding['weight'], string>([
  ['well', '✓'],
  ['wrong', '!'],
  ['unknown', '?'],
  ['remark', 'i'],
]);

const describe = ({ kind, area, name = '', count, more, at }: Finding) => {
  const t = texts.value.health;
  const words = {
    name,
    count: count === undefined ? t.notKnown : formatCount(count, more),
    area: t.areas[area],
  };
  return (
    <>
      <bdi>{t.findings[kind](words)}</bdi> {kind === 'unknown' && t.unknownHints[area]}
      {at !== undefined && (
        <span class="muted">
          {' '}
          (<Instant at={at} />)
        </span>
      )}
    </>
  );
};

const Advice = ({ finding }: { readonly finding: Finding }) => {
  const t = texts.value.health;
  const { weight, command, section } = finding;
  const labels = { wrong: t.attention, remark: t.remark, unknown: t.notKnown };
  return (
    <li class={`finding finding-${weight}`}>
      <span class="finding-mark">
        <span aria-hidden="true">{marks.get(weight)}</span> {labels[weight]}
      </span>
      <div>
        <p>{describe(finding)}</p>
        {(command !== undefined || section !== undefined) && (
          <p class="row muted finding-advice">
            {command !== undefined && <Command text={command} />}
            {section !== undefined && <span>{t.runbook(section)}</span>}
          </p>
        )}
      </div>
    </li>
  );
};

const weights = ['wrong', 'unknown', 'remark'];

/** Says whether all is well, or what isn't and what to do about it. */
export const OverallLine = ({ health }: { readonly health: Health }) => {
  const t = texts.value.health;
  const findings = listFindings(health);
  const overall = judgeOverall(findings);
  const wrong = findings.filter(({ weight }) => weight === 'wrong').length;
  const sorted = findings.toSorted((a, b) => weights.indexOf(a.weight) - weights.indexOf(b.weight));
  return (
    <section class={`card overall overall-${overall}`} aria-labelledby="overall">
      <div class="row spread">
        <div role="status">
          <h2 id="overall">
            <span class="overall-mark" aria-hidden="true">
              {marks.get(overall)}
            </span>
            {overall === 'wrong' ? t.overall.wrong(wrong) : t.overall[overall]}
          </h2>
        </div>
        <p class="muted">
          {t.checked} <Instant at={health.asOf} />
        </p>
      </div>
      {sorted.length > 0 && (
        <ul class="findings">
          {sorted.map((finding) => (
            <Advice key={`${finding.area} ${finding.kind} ${finding.name}`} finding={finding} />
          ))}
        </ul>
      )}
    </section>
  );
};
