// What has no form that the specification knows is told as that, at its line; what goes wrong on our side is no fault
// of a log.

import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {at, type Path, replaced} from '../../../conformance/canonical.js';
import {haSuite} from '../../../conformance/ha/suite.js';
import {haConfigOf} from '../../../conformance/interop/ha/simulation.js';
import {hostConfigOf} from '../../../conformance/interop/host/simulation.js';
import {malformation} from '../../../conformance/validate/form.js';
import {judgeOf} from '../../../conformance/validate/judge.js';
import {hostLaw} from '../../../conformance/validate/laws/host.js';
import {judgeFor} from '../../../conformance/validate/laws.js';
import {LOGGED, type Logged} from '../../../conformance/validate/log.js';
import {validate} from '../../../conformance/validate/validate.js';
import {hostId, profile, type StorageConfig} from '../../../src/index.js';
import {clusterLogs} from './cluster-logs.js';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-forms-'));
test.after.always(() => rmSync(folder, {recursive: true, force: true}));

const lines = clusterLogs().get('h2') ?? [];

let files = 0;

const judged = (own: readonly string[], judge = judgeFor) => {
  const file = join(folder, `${files++}.ndjson`);
  writeFileSync(file, `${own.join('\n')}\n`);
  return validate([file], judge);
};

/** The line, from 1, says something else. */
const saying = (line: number, change: (step: Step) => object): readonly string[] =>
  lines.map((text, index) => (index === line - 1 ? JSON.stringify(change(JSON.parse(text))) : text));

type Step = {readonly event: {readonly type: string}; readonly effects: readonly object[]};

const lineOf = (type: string): number =>
  lines.findIndex((text, index) => index > 0 && JSON.parse(text).event.type === type) + 1;

test('whatever the reference logs has a form that is known', t => {
  for (const {event, effects} of lines.slice(1).map((text): Step => JSON.parse(text))) {
    t.is(malformation('host-event', event), null);
    for (const effect of effects) t.is(malformation('host-effect', effect), null);
  }
});

const answer = {type: 'AccessAnswer', term: 1, vm: 'v', generation: 1, round: 0, accessible: true, reachable: []};
const received = (message: unknown, network = 'ha') => ({type: 'Received', from: 'h1', network, message});
const COMPLAINTS: readonly (readonly [value: unknown, complaint: string | null])[] = [
  [received(answer), null],
  [{...received({...answer, since: 'then'}), at: 'noon'}, null],
  [{}, 'type is missing'],
  [7, 'it is 7, no object'],
  [{...received(answer), type: 'Recieved'}, 'type is Recieved, which is not known'],
  [received(answer, 'mail'), 'network is mail, which is not known'],
  [received(answer, 'storage'), 'message.type is AccessAnswer, which is not known'],
  [received({...answer, term: '1'}), 'message.term is "1" where there has to be a count'],
  [received({...answer, term: -1}), 'message.term is -1 where there has to be a count'],
  [received({...answer, accessible: 'yes'}), 'message.accessible is yes where there has to be true or false'],
  [received({...answer, reachable: ['h1', 2]}), 'message.reachable.1 is 2 where there has to be a text'],
  [received({...answer, reachable: 'h1'}), 'message.reachable is h1, no list'],
  [received({type: 'SetResult', term: 1, vm: 'v', generation: 1, round: 0}), 'message.result is missing'],
  [
    {type: 'Request', vm: 'v', value: 'safe', generation: 1},
    'value is safe where there has to be protected or unprotected',
  ],
];

for (const [value, complaint] of COMPLAINTS) {
  test(`${JSON.stringify(value)}: ${complaint ?? 'nothing is wrong'}`, t => {
    t.is(malformation('host-event', value), complaint);
  });
}

test('while a module is down every event does nothing; what is none is told at its line all the same', async t => {
  const restart = lineOf('Restarted');
  t.is(restart, 2, 'a host begins down');
  const odd = saying(restart, step => ({...step, event: {...step.event, type: 'Restated'}}));
  const {violation, reason} = await judged(odd);
  t.like(violation, {line: restart, seq: 1, kind: 'form'});
  t.is(reason, 'the event is none of the specification: type is Restated, which is not known');
});

test('where nothing is judged because lines are missing, nonsense that is sent or persisted is told', async t => {
  const gap = 30;
  const line = lines.findIndex((text, index) => index > gap + 10 && JSON.parse(text).effects.length > 0) + 1;
  const without = (own: readonly string[]) => own.filter((_, index) => index < gap || index >= gap + 5);
  t.is((await judged(without(lines))).answer, 'partial');
  const sending = saying(line, step => ({
    ...step,
    effects: [...step.effects, {type: 'Send', to: 'h1', network: 'ha', message: {}}],
  }));
  t.like((await judged(without(sending))).violation, {
    line: line - 5,
    kind: 'form',
    reason: 'an effect is none of the specification: message.type is missing',
  });
  const persisting = saying(line, step => ({...step, effects: [{type: 'Persist', durable: {}}]}));
  t.like((await judged(without(persisting))).violation, {line: line - 5, kind: 'form'});
});

test('a disk that holds what nobody persists is told', async t => {
  const restart = lineOf('Restarted');
  const odd = saying(restart, step => ({...step, durable: {ha: 1}}));
  t.like((await judged(odd)).violation, {line: restart, kind: 'form'});
  const [head = ''] = lines;
  const begun = await judged([JSON.stringify({...JSON.parse(head), durable: {ha: 1}}), ...lines.slice(1)]);
  t.like(begun.violation, {line: 1, kind: 'form'});
});

const HOSTS = ['h1', 'h2', 'h3'].map(hostId);
const SELF = hostId('h1');
const whole = hostConfigOf(HOSTS, ['v1'], SELF, profile('hardened'));
const {self, hosts, vms, repairs, notices} = whole;

const CONFIGS: Readonly<Record<Logged, object>> = {
  ha: haConfigOf(HOSTS, ['v1'], SELF, profile('hardened')),
  storage: {self, hosts, vms, repairs, notices} satisfies StorageConfig,
  host: whole,
};

const partsOf = (value: unknown, path: Path = []): readonly Path[] =>
  typeof value === 'object' && value !== null
    ? Object.keys(value).flatMap(key => [[...path, key], ...partsOf(at(value, [key]), [...path, key])])
    : [];

const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);

for (const module of LOGGED) {
  const config = CONFIGS[module];
  const judgeWith = (changed: object) =>
    judgeFor({log: 'holdfast-log/1', host: SELF, module, config: JSON.parse(JSON.stringify(changed))});

  test(`${module}: a configuration that lacks a part, or has one of another type, is refused, and the part is named`, t => {
    for (const path of partsOf(config)) {
      const place = path.join('.');
      if (!/\d$/.test(place))
        t.throws(() => judgeWith(replaced(config, path, undefined)), {message: `${place} is missing`});
      for (const odd of [null, true, 1, 'odd', [], {}].filter(other => kindOf(other) !== kindOf(at(config, path))))
        t.regex(t.throws(() => judgeWith(replaced(config, path, odd))).message, new RegExp(`^${place}[. ]`));
    }
  });

  test(`${module}: a configuration with a field more is one all the same`, t => {
    t.notThrows(() => judgeWith({...config, site: {name: 'Oslo'}}));
  });
}

/** The log of an HA module that has protected a VM, with ids of its own. */
const protecting = (purpose: unknown, round: number): readonly string[] => {
  const [plan] = haSuite().plans;
  const accessible = {namespace: true, all: true};
  const call = {vm: 'v1', value: 'protected', generation: 1, purpose};
  const timer = {type: 'Fallback', vm: 'v1', phase: 'setting', generation: 1, round};
  const steps = [
    [{type: 'Elected', term: 1}, [{type: 'Persist', durable: {term: 1}}, ...claims(['h2', 'h3'])]],
    [
      {type: 'Request', vm: 'v1', value: 'protected', generation: 1},
      [
        {type: 'CallStorage', call},
        {type: 'SetTimer', timer},
      ],
    ],
    [
      {type: 'StorageReplied', call, result: 'ok', accessible, reachable: ['h1']},
      [
        {type: 'Report', vm: 'v1', value: 'protected', generation: 1},
        {type: 'CancelTimer', timer},
      ],
    ],
  ] as const;
  return [
    JSON.stringify({log: 'holdfast-log/1', host: 'h1', module: 'ha', config: plan?.config}),
    ...steps.map(([event, effects], index) => JSON.stringify({host: 'h1', seq: index + 1, event, effects})),
  ];
};

test('a call may be for whatever its caller likes', async t => {
  t.is((await judged(protecting(null, 0))).answer, 'consistent');
});

test('a number that a module chooses itself is one all the same', async t => {
  t.is((await judged(protecting(null, 7))).answer, 'consistent');
  const {violation, reason} = await judged(protecting(null, 1.5));
  t.like(violation, {line: 3, kind: 'form'});
  t.regex(reason ?? '', /^an effect is none of the specification: timer.round is 1.5 where there has to be a count$/);
});

const claims = (hosts: readonly string[]) => hosts.map(to => ({type: 'Send', to, message: {type: 'Claim', term: 1}}));

test('a fault of our own is no violation', async t => {
  const specification = {
    ...hostLaw.specification,
    outcomes: (): never => {
      throw new Error('the relation has a fault');
    },
  };
  await t.throwsAsync(
    judged(lines, head => judgeOf({...hostLaw, specification}, head)),
    {message: 'the relation has a fault'},
  );
});
