// Whole hosts together: how many states there are, that they refine what users get, and that each fault is noticed.

import test from 'ava';
import {check} from '../../../model/index.js';
import {MUTANTS} from '../../../model/mutants/cluster.js';
import {cluster} from '../../../model/scenes/cluster/cluster.js';
import {partition1, partition2, partition3, partition4} from '../../../model/scenes/cluster/partitions.js';
import {conditionOf, faultsOf, type Service} from '../../../model/service/service.js';
import {epoch, generation, hostId} from '../../../src/index.js';

type Choices = Readonly<Record<string, string>>;

const QUEUED = {messages: 'queued'};

const holds = (name: string, model: typeof cluster, choices: Choices, fires: readonly string[]): void =>
  test(name, async t => {
    const {verdict, coverage} = await check(model, {...QUEUED, ...choices});
    t.is(verdict, 'holds');
    const fired = coverage.actions.filter(({generated}) => generated > 0).map(({name}) => name);
    t.deepEqual(
      fires.filter(action => !fired.includes(action)),
      [],
    );
  });

const breaks = (name: string, property: string, choices: Choices): void =>
  test(name, async t => {
    const {verdict, violation} = await check(cluster, {...QUEUED, ...choices, only: property});
    t.is(verdict, 'violated');
    t.true(violation?.property.startsWith(property));
  });

const CUT = ['storage network becomes', 'storage network is noticed', 'ghost is due'];
holds('a cluster whose storage is cut and healed serves on', cluster, {views: '2', toggles: '0'}, CUT);
holds('so does one of which a host crashes', cluster, {views: '0', toggles: '0', crashes: '1'}, [
  'crashes',
  'comes up',
]);
const LOST = {blinks: 'true', crashes: '1', toggles: '0', only: 'EventuallyServing'};
holds('a question that gets lost in a crash nobody missed is not waited for', cluster, LOST, ['crashes', 'comes up']);
holds('partition 1, by arbitrary links', partition1, {toggles: '0', topology: 'graphs'}, ['HA network becomes']);
holds('partition 2', partition2, {}, [...CUT, 'user powers off', 'platform hands over']);
holds('partition 2, by arbitrary links', partition2, {topology: 'graphs'}, ['user powers off', 'platform hands over']);
holds('partition 3', partition3, {toggles: '0'}, [...CUT, 'round is over']);
holds('partition 4', partition4, {}, [...CUT, 'HA network becomes', 'round is over']);

breaks('H4: what is reported too early is not what users get', 'Service', {without: 'completion-report'});
breaks('H4: and not durable', 'ReportedImpliesDurable', {without: 'completion-report'});
breaks('H12: without write-fencing there are two writers', 'Service', {
  without: 'write-fencing',
  views: '2',
  toggles: '0',
});
breaks('H12: by name', 'SingleWriter', {without: 'write-fencing', views: '2', toggles: '0'});
breaks('H14: without numbered intents what is off is started', 'Service', {without: 'intent-generation'});
breaks('a second instance may run for a while', 'AtMostOneRunning', {toggles: '0'});

for (const [mutant, {does, trials}] of Object.entries(MUTANTS)) {
  for (const trial of trials.filter(({only}) => only === 'Service')) {
    breaks(`noticed: a host that ${does}`, 'Service', {...trial, mutant});
  }
}

const running: Service = {
  intent: {value: 'protected', generation: generation(1)},
  register: {value: 'protected', generation: generation(1)},
  confirmed: generation(1),
  runs: [{host: hostId('h1'), epoch: epoch(1), writes: true}],
};
const stopped: Service = {
  intent: {value: 'unprotected', generation: generation(2)},
  register: {value: 'unprotected', generation: generation(2)},
  confirmed: generation(2),
  runs: [],
};
/** Its user wants it again. */
const wanted: Service = {...stopped, intent: {value: 'protected', generation: generation(3)}};

test('what users get has a name in each condition', t => {
  t.is(conditionOf(running), 'on, protected');
  t.is(conditionOf({...running, runs: []}), 'failing over');
  t.is(conditionOf({...running, register: stopped.register}), 'on, unprotected');
  t.is(conditionOf(stopped), 'off');
  t.is(conditionOf(wanted), 'starting');
});

test('what is no step of the specification is said to be none, and why', t => {
  const again = {host: hostId('h2'), epoch: epoch(2), writes: true};
  t.deepEqual(faultsOf(running, running), []);
  t.deepEqual(faultsOf({...running, runs: []}, {...running, runs: [again]}), []);
  t.deepEqual(faultsOf(running, {...running, runs: [...running.runs, again]}), ['two writers']);
  t.deepEqual(faultsOf(stopped, {...stopped, runs: [again]}), ['starts what is off']);
  t.deepEqual(faultsOf(stopped, {...wanted, runs: [again]}), []);
  t.deepEqual(faultsOf(running, {...running, confirmed: generation(2)}), ['confirmed before it is committed']);
  t.true(faultsOf(stopped, {...stopped, register: running.register}).includes('the register goes back'));
});
