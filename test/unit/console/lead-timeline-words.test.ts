import { describe, expect, it } from 'vitest';
import { plainName } from '../../../console/pages/lead/plain-name.ts';
import { sayChanges } from '../../../console/pages/lead/timeline/say-changes.ts';
import { sayEvent, trimSentence } from '../../../console/pages/lead/timeline/say-event.ts';
import { sayReasons } from '../../../console/pages/lead/timeline/say-reasons.ts';
import type { Entry } from '../../../console/pages/lead/types.ts';
import { weighReasons } from '../../../console/pages/lead/weigh-reasons.ts';
import { en, type Texts } from '../../../console/texts/en.ts';
import { es } from '../../../console/texts/es.ts';
import { describeEvent } from '../../../shared/timeline/index.ts';
import { type EventInput, leadEvent } from '../../support/events.ts';

const say = (entry: { type: string; text: string }, texts: Texts, tag: string): string => {
  const { title, details, isEnglish } = sayEvent(entry, texts, tag);
  return `${isEnglish ? '(English) ' : ''}${title}: ${details}`;
};

/** Says an entry of the API in both languages. */
const inBoth = (type: string, text: string): [string, string] => [
  say({ type, text }, en, 'en'),
  say({ type, text }, es, 'es'),
];

/** The sentence that the API gives of an event. */
const sentenceOf = (type: EventInput['type'], data: Record<string, unknown>): string =>
  describeEvent('l-1', leadEvent({ type, data }));

const until = '2026-06-30T12:00:00.000Z';

describe('what happened', () => {
  it.each<[EventInput['type'], Record<string, unknown>, string, string]>([
    [
      'LeadActivityRecorded',
      { activity: 'demo_requested' },
      'Activity: demo requested',
      'Actividad: demo requested',
    ],
    [
      'LeadActivityRecorded',
      { activity: 'feature_used', count: 7, properties: { page: '/x (1)', isNew: true } },
      'Activity: feature used, 7 times, page: /x (1), is new: Yes',
      'Actividad: feature used, 7 veces, page: /x (1), is new: Sí',
    ],
    [
      'LeadActivityRecorded',
      { activity: 'page_visited', total: 1 },
      'Activity: page visited, 1 time so far',
      'Actividad: page visited, 1 vez hasta ahora',
    ],
    [
      'LeadProfileUpdated',
      {
        attributes: {
          seniority: 'executive',
          industry: null,
          tools: ['a "b"', 'c, d is 1'],
          employees: 2500,
          isRemote: false,
        },
      },
      'Profile: seniority: executive, industry: not known any more, tools: a "b", c, d is 1, employees: 2,500, is remote: No',
      'Perfil: seniority: executive, industry: ya no se sabe, tools: a "b", c, d is 1, employees: 2500, is remote: No',
    ],
    [
      'LeadAnswersRecorded',
      {
        answers: { budget: { value: 'approved', text: 'Set aside.' }, need: { value: null } },
        askedBy: 'rep-1',
      },
      'Answers: budget: approved (in 2 words), need: withdrawn, asked by rep-1',
      'Respuestas: budget: approved (en 2 palabras), need: retirada, preguntado por rep-1',
    ],
    [
      'LeadAnswersRecorded',
      { answers: { buyingTeamSize: { value: 1 } } },
      'Answers: buying team size: 1',
      'Respuestas: buying team size: 1',
    ],
    [
      'LeadStageChanged',
      { stage: 'opportunity', dealId: 'A 17', actor: 'ann', reason: 'Call "held"' },
      'Stage set: Opportunity, deal A 17, by ann, reason: Call "held"',
      'Etapa fijada: Oportunidad, venta A 17, por ann, motivo: Call "held"',
    ],
    [
      'LeadOutcomeRecorded',
      { outcome: 'lost', dealId: 'A 17', amount: 12.5 },
      'Outcome: lost, 12.5, deal A 17',
      'Resultado: venta perdida, 12,5, venta A 17',
    ],
    ['LeadOutcomeRecorded', { outcome: 'referenced' }, 'Outcome: recommended us', 'Resultado: nos recomendó'],
    [
      'HandoffAccepted',
      { handoffId: 'h-1', actor: 'bob' },
      'Call accepted: by bob',
      'Llamada aceptada: por bob',
    ],
    [
      'HandoffRejected',
      { actor: 'bob', reason: 'No project' },
      'Call rejected: by bob, reason: No project',
      'Llamada rechazada: por bob, motivo: No project',
    ],
    [
      'LeadsMerged',
      { leadId: 'l-1', mergedLeadId: 'l-2' },
      'Leads merged: l-2 was merged into l-1, nothing was to be taken over',
      'Contactos unidos: l-2 se unió a l-1, no había nada que pasar',
    ],
    ['LeadErasureRequested', {}, 'Erasure asked for: ', 'Borrado solicitado: '],
    [
      'LeadIdentified',
      { identifiers: [{ type: 'email', key: 'Zm9vYmFyYmF6cXV4cXV1eA' }] },
      'Can be recognised: email',
      'Se puede reconocer: email',
    ],
    [
      'LeadRescoreRequested',
      { modelVersion: 'small@2' },
      'Model changed: small@2',
      'Cambio de modelo: small@2',
    ],
  ])('is said in both languages: %s', (type, data, english, spanish) => {
    expect(inBoth(type, sentenceOf(type, data))).toEqual([english, spanish]);
  });

  it.each([
    [
      'LeadOverridden',
      `its tier was set to good, and it was held out of hand-offs, until ${until} by "ann", with the reason "VIP"`,
      /^Decided by a person: tier set to Good, kept away from sales, until June 30, 2026.*, by ann, reason: VIP$/,
      /^Decidido por una persona: nivel fijado en Bueno, apartado de ventas, hasta el 30 de junio.*, motivo: VIP$/,
    ],
    [
      'LeadOverridden',
      `it was held out of hand-offs, until ${until} by "ann"`,
      /^Decided by a person: kept away/,
      /: apartado de ventas/,
    ],
    [
      'LeadOverrideLifted',
      'its override was lifted by "ann"',
      /^Left to the model again: by ann$/,
      /^El modelo decide de nuevo: por ann$/,
    ],
    ['LeadClockAdvanced', 'time went on', /^Time passed: $/, /^Pasó el tiempo: $/],
    [
      'HandoffExpired',
      'hand-off h-1 was not answered in time',
      /^Call not answered in time: $/,
      /^Llamada sin respuesta a tiempo: $/,
    ],
    [
      'LeadsMerged',
      'a merge: l-2 was merged into it, with all that was known of that lead',
      /: l-2 was merged into this one/,
      /: l-2 se unió a este/,
    ],
  ])('is said in both languages: %s, %s', (type, text, english, spanish) => {
    const [inEnglish, inSpanish] = inBoth(type, text);
    expect(inEnglish).toMatch(english);
    expect(inSpanish).toMatch(spanish);
  });

  it('is the sentence of the API if the kind of the event is not known', () => {
    expect(sayEvent({ type: 'LeadTeleported', text: 'it moved to "Mars"' }, es, 'es')).toEqual({
      title: undefined,
      details: 'it moved to "Mars"',
      isEnglish: true,
    });
    expect(sayEvent({ type: 'constructor', text: 'x' }, es, 'es').title).toBeUndefined();
  });

  it.each([
    ['LeadActivityRecorded', 'it did demo_requested on the moon', 'demo_requested on the moon'],
    ['LeadActivityRecorded', 'it did x ({broken})', 'x ({broken})'],
    ['LeadProfileUpdated', 'its profile: seniority was raised', 'seniority was raised'],
    ['LeadAnswersRecorded', 'it answered: budget is -.', 'budget is -.'],
    ['HandoffAccepted', 'all hand-offs were accepted', 'all hand-offs were accepted'],
  ])(
    'is the sentence of the API without its beginning if that has a new form: %s, %s',
    (type, text, said) => {
      expect(sayEvent({ type, text }, es, 'es')).toMatchObject({ details: said, isEnglish: true });
      expect(trimSentence(text)).toBe(said);
    },
  );

  it.each([
    ['demo_requested', 'demo requested'],
    ['timeframeMonths', 'timeframe months'],
    ['usesCRM', 'uses CRM'],
    ['email', 'email'],
  ])('has names as people would write them: %s', (name, plain) => expect(plainName(name)).toBe(plain));
});

const standing = {
  stage: 'mql',
  status: 'active',
  tier: 'good',
  score: 40,
  coverage: 0.5,
  modelVersion: 'small@1',
  action: { kind: 'nurture', track: 'mid' },
};

const decided = (more: object): Entry =>
  ({
    kind: 'decided',
    type: 'LeadActivityRecorded',
    text: 'it did x',
    changed: 'the words of the API',
    because: ['the reason of the API'],
    changes: [],
    before: standing,
    standing,
    ...more,
  }) as unknown as Entry;

const changed = (entry: Entry): [string, string] => [
  sayChanges(entry, en, 'en').text,
  sayChanges(entry, es, 'es').text,
];

describe('what an entry changed', () => {
  it('is said part by part, each with its value before and after', () => {
    const entry = decided({
      standing: {
        ...standing,
        stage: 'sql',
        tier: 'excellent',
        score: 80.456,
        status: 'recycled',
        action: { kind: 'handoff', queue: 'sales' },
      },
      changes: [
        {
          type: 'LeadStageTransitioned',
          from: 'mql',
          to: 'sql',
          kind: 'advanced',
          trigger: 'stated',
          actor: 'ann',
        },
      ],
    });
    expect(changed(entry)).toEqual([
      'Stage: Qualified by marketing → Qualified by sales (somebody stated it, by ann) · Tier: Good → Excellent · Score: 40 → 80.46 · State: Active → Given back by sales · To do: Nurture: mid → Call: sales',
      'Etapa: Calificado por marketing → Calificado por ventas (alguien lo indicó, por ann) · Nivel: Bueno → Excelente · Puntuación: 40 → 80,46 · Estado: Activo → Devuelto por ventas · Qué hacer: Seguimiento: mid → Llamar: sales',
    ]);
  });

  it('is how the lead stands if it is new', () => {
    const entry = decided({
      before: undefined,
      standing: { ...standing, tier: 'none', action: { kind: 'none' } },
      changes: [
        { type: 'LeadStageTransitioned', from: null, to: 'mql', kind: 'entered', trigger: 'first-seen' },
      ],
    });
    expect(changed(entry)).toEqual([
      'Stage: Qualified by marketing (seen for the first time) · Score: 40',
      'Etapa: Calificado por marketing (visto por primera vez) · Puntuación: 40',
    ]);
  });

  it.each<[string, Entry, string, string]>([
    ['nothing', decided({}), 'Nothing changed', 'Nada cambió'],
    ['history', decided({ silent: true }), en.lead.timeline.history, es.lead.timeline.history],
    [
      'loaded history',
      decided({ changes: [{ type: 'LeadTierChanged', trigger: 'backfill', reasons: [] }] }),
      en.lead.timeline.historyLoaded,
      es.lead.timeline.historyLoaded,
    ],
    [
      'an announced score',
      decided({ changes: [{ type: 'LeadScored', from: 12.345, reasons: [] }] }),
      'The score is announced; the one announced before was 12.35',
      'Se anuncia la puntuación; la anunciada antes era 12,35',
    ],
    [
      'a merge',
      decided({ kind: 'closing', changes: [{ type: 'LeadRedirected', mergedInto: 'l-2' }] }),
      en.lead.timeline.closedMerged('l-2'),
      es.lead.timeline.closedMerged('l-2'),
    ],
    [
      'an erasure',
      decided({ kind: 'closing', changes: [{ type: 'LeadErased', cause: 'request' }] }),
      en.lead.timeline.closedErased,
      es.lead.timeline.closedErased,
    ],
    [
      'an erased entry',
      decided({ kind: 'erased', changes: undefined }),
      en.lead.timeline.contentErased,
      es.lead.timeline.contentErased,
    ],
  ])('is said in both languages: %s', (_, entry, english, spanish) => {
    expect(changed(entry)).toEqual([english, spanish]);
  });

  it('is said by the API if the entry is of a kind that is not known', () => {
    for (const kind of ['teleported', 'closing'])
      expect(sayChanges(decided({ kind }), es, 'es')).toEqual({
        text: 'the words of the API',
        isEnglish: true,
      });
  });

  it('has stages, tiers and actions that are not known as the API names them', () => {
    const entry = decided({
      standing: { ...standing, stage: 'super_fan', tier: 'constructor', action: { kind: 'send_gift' } },
    });
    expect(changed(entry)[1]).toBe(
      'Etapa: Calificado por marketing → super fan · Nivel: Bueno → constructor · Qué hacer: Seguimiento: mid → send gift',
    );
  });
});

describe('why an entry changed it', () => {
  const reasons = (change: object): string[] =>
    [en, es].flatMap((texts, i) =>
      sayReasons(decided({ changes: [change] }), texts, i === 0 ? 'en' : 'es').map(
        ({ before, text, after }) => [before, text, after].filter(Boolean).join(' '),
      ),
    );

  it.each([
    [
      { type: 'LeadTierChanged', reasons: [{ text: 'asked for a demo', weight: 7.5 }] },
      ['The lead asked for a demo (+7.5)', 'El contacto asked for a demo (+7,5)'],
    ],
    [
      { type: 'LeadScored', from: 1, reasons: [{ text: 'left', weight: -2 }] },
      ['The lead left (-2)', 'El contacto left (-2)'],
    ],
    [
      { type: 'LeadDisqualified', because: { text: 'has no need' } },
      ['Ruled out: the lead has no need', 'Descartado: el contacto has no need'],
    ],
    [
      { type: 'LeadRequalified', was: { text: 'had no need' }, cause: 'model' },
      [
        'No longer ruled out. Before: the lead had no need (the model changed)',
        'Ya no está descartado. Antes: el contacto had no need (cambió el modelo)',
      ],
    ],
    [
      { type: 'HandoffDeadlineMoved', effect: 'paused', activity: 'on_holiday' },
      [
        'The deadline of the call stands still (on holiday)',
        'El plazo de la llamada está parado (on holiday)',
      ],
    ],
    [{ type: 'LeadStageTransitioned', from: 'mql', to: 'sql' }, []],
    [{ type: 'LeadTeleported' }, ['the reason of the API', 'the reason of the API']],
  ])('is said in both languages: %j', (change, said) => expect(reasons(change)).toEqual(said));

  it('is not known of an erased entry', () =>
    expect(sayReasons(decided({ kind: 'erased', changes: undefined }), en, 'en')).toEqual([]));
});

describe('the reasons of a score', () => {
  it('are apart by whether they speak for the lead or against it, and leave out what moves nothing', () => {
    const [best, worst, none, good] = [{ weight: 9 }, { weight: -8 }, { weight: 0 }, { weight: 1 }] as const;
    expect(weighReasons([best, worst, none, good])).toEqual({
      speaksFor: [best, good],
      speaksAgainst: [worst],
    });
  });
});
