import { useEffect } from 'preact/hooks';
import { useResource } from '../../api/use-resource.ts';
import { route } from '../../app/route.ts';
import { Empty, Loaded } from '../../parts/states.tsx';
import { session } from '../../session/session.ts';
import { texts } from '../../texts/texts.ts';
import { findSample, keyOf } from './chosen-sample.ts';
import { EventForm } from './event-form.tsx';
import { loadSamples, type Samples } from './local-samples.ts';
import { PayloadForm } from './payload-form.tsx';
import { SamplePicker } from './sample-picker.tsx';
import { Steps } from './steps.tsx';
import './try-it.css';
import { useTraces } from './use-traces.ts';

interface ChosenProps {
  readonly samples: Samples;
  /** When the samples were loaded: others are edited anew. */
  readonly at: number | undefined;
  readonly onFresh: () => void;
}

const ChosenSample = ({ samples, at, onFresh }: ChosenProps) => {
  const traces = useTraces();
  const chosen = findSample(samples, route.value.query.get('sample'));
  const key = chosen === undefined ? '' : chosen.kind === 'event' ? chosen.sample.type : keyOf(chosen.sample);
  useEffect(() => traces.clear(), [key]);
  if (chosen === undefined) return <Empty title={texts.value.tryIt.nothing} />;
  return (
    <div class="try-it">
      <section class="card" aria-label={texts.value.tryIt.sample}>
        <SamplePicker samples={samples} chosen={chosen} onFresh={onFresh} />
        {chosen.kind === 'event' ? (
          <EventForm key={`${key} ${at}`} sample={chosen.sample} traces={traces} />
        ) : (
          <PayloadForm key={`${key} ${at}`} sample={chosen.sample} traces={traces} />
        )}
      </section>
      <Steps traces={traces} />
    </div>
  );
};

const AllSamples = () => {
  const samples = useResource(loadSamples, []);
  return (
    <Loaded from={samples}>
      {(loaded) => <ChosenSample samples={loaded} at={samples.resource.value.at} onFresh={samples.reload} />}
    </Loaded>
  );
};

/** The page Try it: sends an event to the stack of this machine, and shows what happens. */
export const TryIt = () => {
  const t = texts.value.tryIt;
  return (
    <>
      <h1 tabIndex={-1}>{t.title}</h1>
      <p class="muted">{session.value.isLocal ? t.intro : t.onlyLocal}</p>
      {session.value.isLocal && <AllSamples />}
    </>
  );
};
