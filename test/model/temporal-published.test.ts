import test from 'ava';
import {alternatingBit} from '../../model/examples/alternating-bit.js';
import {atomicCommit} from '../../model/examples/atomic-commit.js';
import {diningPhilosophers} from '../../model/examples/dining-philosophers.js';
import {elevator} from '../../model/examples/elevator.js';
import {ewd840} from '../../model/examples/ewd840.js';
import {parallelReachability} from '../../model/examples/parallel-reachability.js';
import {peterson} from '../../model/examples/peterson.js';
import {readersWriters} from '../../model/examples/readers-writers.js';
import {simpleAllocator} from '../../model/examples/simple-allocator.js';
import {tcp} from '../../model/examples/tcp.js';
import {terminationDetection} from '../../model/examples/termination-detection.js';
import {tokenRing} from '../../model/examples/token-ring.js';
import {type Builder, check, type Model, type Result, type Slot} from '../../model/index.js';

const FORMS = ['eventually', 'leadsTo', 'alwaysEventually', 'eventuallyAlways'] as const;
type Fair = 'weak' | 'strong' | undefined;

/** The model with other temporal properties, or with other fairness: `fairness` sees an action's name and fairness. */
const varied = (
  of: Model,
  {
    keeps = () => true,
    fairness = (_, fair) => fair,
    claims = () => {},
  }: {
    readonly keeps?: (property: string) => boolean;
    readonly fairness?: (action: string, fair: Fair) => Fair;
    readonly claims?: (m: Builder, slots: ReadonlyMap<string, Slot<never>>) => void;
  },
): Model => ({
  ...of,
  build: (m, options) => {
    const slots = new Map<string, Slot<never>>();
    const forms = FORMS.map(form => [
      form,
      (name: string, ...rest: never[]) =>
        keeps(name) ? (m[form] as (...all: unknown[]) => void)(name, ...rest) : null,
    ]);
    const action = (name: string, ...rest: readonly object[]): void => {
      const [settings, outcomes] = rest.length === 2 ? rest : [{}, rest[0]];
      const {fair, ...others} = settings as {fair?: Fair};
      const now = fairness(name, fair);
      (m.action as (...all: unknown[]) => void)(name, now === undefined ? others : {...others, fair: now}, outcomes);
    };
    const slot = (name: string, initial: never): Slot<never> => {
      slots.set(name, m.slot(name, initial));
      return slots.get(name) as Slot<never>;
    };
    of.build({...m, ...Object.fromEntries(forms), action, slot} as Builder, options);
    claims(m, slots);
  },
});

/** The temporal properties that TLC checks of each example, or that its specification states as theorems. */
const HOLDING: readonly (readonly [Model, readonly string[], string])[] = [
  [diningPhilosophers, ['NobodyStarves'], 'DiningPhilosophers.cfg'],
  [alternatingBit, ['SentLeadsToRcvd'], 'MCAlternatingBit.cfg'],
  [ewd840, ['Liveness'], 'EWD840.cfg'],
  [elevator, ['CallsAreServed', 'EveryoneArrives'], 'ElevatorLivenessMedium.cfg'],
  [readersWriters, ['Readers come', 'Readers leave', 'Writers come', 'Writers leave'], 'ReadersWriters.tla'],
  [simpleAllocator, ['ClientsWillReturn', 'ClientsWillObtain', 'InfOftenSatisfied'], 'SimpleAllocator.tla'],
  [tokenRing, ['Stab'], 'TokenRing.tla'],
  [terminationDetection, ['Liveness'], 'SyncTerminationDetection.tla'],
  [tcp, ['Prop'], 'MCtcp.cfg'],
  [atomicCommit, ['AC3_2'], 'ACP_SB.tla'],
  [parallelReachability, ['Termination'], 'ParReach.tla'],
  [peterson, ['NobodyStarves'], 'Peterson, 1981'],
];

for (const [model, properties, source] of HOLDING) {
  test(`${model.name} lives: ${properties.join(', ')} (${source})`, async t => {
    const claimed: string[] = [];
    const keeps = (name: string): boolean => claimed.push(name) > 0;
    t.is((await check(varied(model, {keeps}))).verdict, 'holds');
    t.deepEqual(claimed, properties);
  });

  test(`${model.name} does not live without fairness`, async t => {
    for (const property of properties) {
      const {violation} = await check(varied(model, {keeps: name => name === property, fairness: () => undefined}));
      t.is(violation?.property, property);
      t.not(violation?.loop, null);
    }
  });
}

const storyOf = ({violation}: Result): string => {
  const steps = violation?.trace.slice(1).map(({action, parameters}) => [action, ...parameters].join(' ')) ?? [];
  const loop = violation?.loop ?? 0;
  return `${steps.slice(0, loop).join(', ')} | ${steps.slice(loop).join(', ')}`.trim();
};

test('the alternating bit comes back, round the loop that TLC finds', async t => {
  const result = await check(
    varied(alternatingBit, {
      keeps: () => false,
      claims: (m, slots) =>
        m.eventuallyAlways('PermanentBitDisagreement', read => read(slots.get('sBit')!) !== read(slots.get('rBit')!)),
    }),
  );
  t.is(result.violation?.property, 'PermanentBitDisagreement');
  t.is(storyOf(result), '| SndAck, RcvAck');
});

test('over queues that lose messages, weakly fair receiving delivers nothing: each loss disables it', async t => {
  const fairness = (action: string, fair: Fair): Fair => (action === 'RcvMsg' ? 'weak' : fair);
  const {violation} = await check(varied(alternatingBit, {fairness}));
  t.is(violation?.property, 'SentLeadsToRcvd');
  t.true(violation!.trace.slice(violation!.loop! + 1).some(({action}) => action === 'LoseMsg'));
});

test('of clients that may keep what they hold until they have all, not all are served, as its author says', async t => {
  const verdicts = await Promise.all(
    ['ClientsWillReturn', 'ClientsWillObtain', 'InfOftenSatisfied'].map(async property => {
      const {verdict} = await check(varied(simpleAllocator, {keeps: name => name === property}), {
        keepUntilSatisfied: true,
      });
      return `${property} ${verdict}`;
    }),
  );
  t.deepEqual(verdicts, ['ClientsWillReturn holds', 'ClientsWillObtain violated', 'InfOftenSatisfied violated']);
});

test('two clients that each hold what the other one wants wait for ever', async t => {
  const result = await check(simpleAllocator, {clients: 2, keepUntilSatisfied: true});
  t.is(storyOf(result), 'Request 0, Allocate 0, Request 1, Allocate 1 |');
});

test('with weakly fair allocation a client is passed over again and again', async t => {
  const fairness = (action: string, fair: Fair): Fair => (action === 'Allocate' ? 'weak' : fair);
  const {violation} = await check(varied(simpleAllocator, {fairness}));
  t.is(violation?.property, 'ClientsWillObtain');
  t.true(violation!.loop! < violation!.trace.length - 1);
});

test('a car that moves under weak fairness only is kept by the calls of somebody else, with its passenger', async t => {
  const fairness = (action: string, fair: Fair): Fair => (action === 'MoveElevator' ? 'weak' : fair);
  const {violation} = await check(varied(elevator, {fairness}));
  t.is(violation?.property, 'EveryoneArrives');
  const round = violation!.trace.slice(violation!.loop! + 1).map(({action}) => action);
  t.true(round.includes('CallElevator') && round.includes('MoveElevator'));
});
