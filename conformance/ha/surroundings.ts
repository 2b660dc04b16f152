// The world of one HA module: the platform, its peers, the own storage module, timers, elections and crashes.

import {
  type Access,
  type Config,
  type Effect,
  type Event,
  type Generation,
  generation,
  type HostId,
  type Message,
  type Protection,
  type RequestId,
  round,
  type SetResult,
  type Term,
  term,
  type VmId,
} from '../../src/index.js';
import {isSame} from '../canonical.js';
import {timerFateOnEffect, timerFateOnStimulus} from '../cases/timers.js';
import type {Happening, Surroundings} from '../cases/world.js';

/** What the suite plays: the platform's numbering, the highest term there is, and what this host can access. */
export type Facts = {readonly term: Term; readonly isUp: boolean; readonly vms: readonly VmFacts[]};

type VmFacts = {
  readonly vm: VmId;
  readonly value: Protection;
  readonly generation: Generation;
  readonly access: Access;
};

type Happenings = readonly Happening<Event>[];

const NONE: Access = {namespace: false, all: false};
export const ALL: Access = {namespace: true, all: true};
const ACCESSES: readonly Access[] = [NONE, {namespace: true, all: false}, ALL];

/** The surroundings of `config.self`, which sees the peers as the suite plays them. */
export const surroundingsOf = (config: Config): Surroundings<Facts, Event, Effect> => ({
  facts: {
    term: term(0),
    isUp: true,
    vms: config.vms.map(({vm}) => ({vm, value: 'unprotected', generation: generation(0), access: NONE})),
  },
  happenings: facts => [
    ...ofLife(facts),
    ...ofClaims(config, facts),
    ...facts.vms.flatMap(vm => [...ofPlatform(vm), ...ofAccess(vm), ...ofPrimaries(config, facts, vm)]),
    ...facts.vms.flatMap(vm => ofStrays(config, facts, vm)),
  ],
  answers: (facts, effect) => answersTo(config, facts, effect),
  fateOnStimulus: (open, event) =>
    event.type === 'StorageReplied' && open.type === 'CallStorage' && isSame(open.call, event.call)
      ? 'over'
      : timerFateOnStimulus(open, event),
  fateOnEffect: timerFateOnEffect,
  learnt,
});

const other = (value: Protection): Protection => (value === 'protected' ? 'unprotected' : 'protected');

const ofLife = ({term: highest, isUp}: Facts): Happenings => [
  {kind: 'election', stimulus: {type: 'Elected', term: term(highest + 1)}},
  {kind: 'refusal', stimulus: {type: 'Elected', term: highest}},
  ...(highest > 1 ? [{kind: 'refusal', stimulus: {type: 'Elected', term: term(highest - 1)}} as const] : []),
  isUp ? {kind: 'crash', stimulus: {type: 'Crashed'}} : {kind: 'restart', stimulus: {type: 'Restarted'}},
  ...(isUp ? [{kind: 'refusal', stimulus: {type: 'Restarted'} as const}] : []),
];

const ofPlatform = ({vm, value, generation: newest}: VmFacts): Happenings => {
  const request = (kind: string, wanted: Protection, number: number): Happening<Event> => ({
    kind,
    stimulus: {type: 'Request', vm, value: wanted, generation: generation(number)},
  });
  return [
    request('request', other(value), newest + 1),
    ...(newest >= 1 ? [request('resend', value, newest)] : []),
    ...(newest >= 1 ? [request('overtaken', other(value), newest)] : []),
    ...(newest >= 2 ? [request('overtaken', other(value), newest - 1)] : []),
  ];
};

/** A change may be announced that leaves the VM as it was: some storage modules only say that something has changed. */
const ofAccess = ({vm}: VmFacts): Happenings =>
  ACCESSES.map(accessible => ({kind: 'access', stimulus: {type: 'AccessibilityChanged', vm, accessible}}));

/** Whom the own storage module reaches decides nothing where any subset may be asked, so it is always everyone. */
const locally = ({hosts}: Config, accessible: Access) => ({accessible, reachable: hosts});

const received = (config: Config, from: HostId, message: Message, accessible: Access): Event => ({
  type: 'Received',
  from,
  message,
  ...locally(config, accessible),
});

const peersOf = ({self, hosts}: Config): readonly HostId[] => hosts.filter(host => host !== self);

/** The terms around the highest one: overtaken, in force, newer than any. */
const termsAround = ({term: highest}: Facts): readonly Term[] =>
  [highest - 1, highest, highest + 1].filter(number => number >= 0).map(term);

const ofClaims = (config: Config, facts: Facts): Happenings =>
  termsAround(facts).flatMap(of =>
    peersOf(config)
      .slice(0, 1)
      .flatMap(
        (from): Happenings => [
          {kind: 'claim', stimulus: received(config, from, {type: 'Claim', term: of}, NONE)},
          {kind: 'claim', stimulus: received(config, from, {type: 'Superseded', term: of}, NONE)},
        ],
      ),
  );

/**
 * What other primaries want: questions, commands and registrations with ids of their own. `early`: this host can access
 * the VM, and that has not been announced yet.
 */
const ofPrimaries = (config: Config, facts: Facts, {vm, access}: VmFacts): Happenings =>
  termsAround(facts).flatMap(of => {
    const [first, second = first] = peersOf(config);
    const id = (number: number, attempt: number): RequestId => ({
      term: of,
      vm,
      generation: generation(number),
      round: round(attempt),
    });
    const message = (kind: string, from: HostId | undefined, sent: Message): Happenings =>
      from === undefined ? [] : [{kind, stimulus: received(config, from, sent, access)}];
    return [
      ...message('query', first, {type: 'AccessQuery', ...id(1, 0), scope: 'namespace'}),
      ...message('query', second, {type: 'AccessQuery', ...id(2, 1), scope: 'all'}),
      ...message('command', first, {type: 'SetCommand', ...id(1, 0), value: 'protected'}),
      ...message('command', second, {type: 'SetCommand', ...id(2, 1), value: 'unprotected'}),
      ...message('register', first, {type: 'WaitRegister', ...id(1, 0), scope: 'namespace'}),
      ...message('register', first, {type: 'WaitRegister', ...id(1, 1), scope: 'all'}),
      ...message('register', first, {type: 'WaitRegister', ...id(2, 0), scope: 'namespace'}),
      ...message('register', second, {type: 'WaitRegister', ...id(1, 0), scope: 'all'}),
      ...(first === undefined || access.all
        ? []
        : [
            {
              kind: 'early',
              stimulus: received(config, first, {type: 'WaitRegister', ...id(1, 0), scope: 'namespace'}, ALL),
            },
          ]),
    ];
  });

/** Answers to a question that was never asked: no subject comes to this number by itself. */
const ofStrays = (config: Config, {term: highest}: Facts, {vm, generation: newest, access}: VmFacts): Happenings => {
  const id: RequestId = {term: highest, vm, generation: newest, round: round(1_000_003)};
  const strays: readonly Message[] = [
    {type: 'AccessAnswer', ...id, accessible: true, reachable: []},
    {type: 'SetResult', ...id, result: 'ok'},
    {type: 'BecameAccessible', ...id},
  ];
  return peersOf(config)
    .slice(0, 1)
    .flatMap(from => strays.map(message => ({kind: 'stray', stimulus: received(config, from, message, access)})));
};

const answersTo = (config: Config, facts: Facts, effect: Effect): readonly Event[] => {
  const accessTo = (about: VmId): Access => facts.vms.find(({vm}) => vm === about)?.access ?? NONE;
  // Only a storage module that compares generations has this answer (ST-03).
  const results: readonly SetResult[] = config.repairs.generations ? ['ok', 'failed', 'stale'] : ['ok', 'failed'];
  switch (effect.type) {
    case 'CallStorage': {
      const {call} = effect;
      return results.map(result => ({type: 'StorageReplied', call, result, ...locally(config, accessTo(call.vm))}));
    }
    case 'SetTimer': {
      const {timer} = effect;
      const access = 'vm' in timer ? accessTo(timer.vm) : NONE;
      // Whoever waits may have access that has not been announced yet.
      const unannounced = timer.type === 'Fallback' && timer.phase === 'waiting' && !access.all ? [ALL] : [];
      return [access, ...unannounced].map(each => ({type: 'TimerFired', timer, ...locally(config, each)}));
    }
    case 'Send':
      return replies(facts, results, effect.message).map(message =>
        received(config, effect.to, message, 'vm' in message ? accessTo(message.vm) : NONE),
      );
    default:
      return [];
  }
};

/** What a peer may say to a message. */
const replies = (facts: Facts, results: readonly SetResult[], message: Message): readonly Message[] => {
  const superseded: Message = {type: 'Superseded', term: term(facts.term + 1)};
  switch (message.type) {
    case 'AccessQuery': {
      const {scope: _, ...id} = message;
      return [
        {...id, type: 'AccessAnswer', accessible: true, reachable: []},
        {...id, type: 'AccessAnswer', accessible: false, reachable: []},
      ];
    }
    case 'SetCommand': {
      const {value: _, ...id} = message;
      return [...results.map((result): Message => ({...id, type: 'SetResult', result})), superseded];
    }
    case 'WaitRegister': {
      const {scope: _, ...id} = message;
      return [{...id, type: 'BecameAccessible'}];
    }
    default:
      return [];
  }
};

const learnt = (facts: Facts, event: Event): Facts => {
  switch (event.type) {
    case 'Crashed':
      return {...facts, isUp: false};
    case 'Restarted':
      return {...facts, isUp: true};
    case 'Elected':
      return {...facts, term: highest(facts.term, event.term)};
    case 'Received':
      return {...facts, term: highest(facts.term, event.message.term)};
    case 'Request':
      return event.generation > generationOf(facts, event.vm) ? about(facts, event.vm, event) : facts;
    case 'AccessibilityChanged':
      return about(facts, event.vm, {access: event.accessible});
    default:
      return facts;
  }
};

const highest = (a: Term, b: Term): Term => (a > b ? a : b);

const generationOf = ({vms}: Facts, about: VmId): Generation =>
  vms.find(({vm}) => vm === about)?.generation ?? generation(0);

const about = (facts: Facts, subject: VmId, {value, generation: number, access}: Partial<VmFacts>): Facts => ({
  ...facts,
  vms: facts.vms.map(known =>
    known.vm !== subject
      ? known
      : {
          ...known,
          value: value ?? known.value,
          generation: number ?? known.generation,
          access: access ?? known.access,
        },
  ),
});
