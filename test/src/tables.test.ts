import test from 'ava';
import {PHASE_ROWS, type Phase, REFUSED_PHASES, REFUSED_ROLES, ROLE_ROWS, type Role} from '../../src/index.js';

const ROLES: readonly Role[] = ['electing', 'primary', 'secondary', 'isolated', 'down'];
const ROLE_TRIGGERS = [
  ...['silenced', 'called', 'rejoined', 'elected', 'followed'],
  ...['superseded', 'cutOff', 'crashed', 'restarted'],
];
const PHASES: readonly Phase[] = ['idle', 'queued', 'setting', 'querying', 'commanding', 'waiting'];
const PHASE_TRIGGERS = [
  ...['requested', 'held', 'released', 'committed', 'outdated', 'asked', 'commanded'],
  ...['resumed', 'exhausted', 'spared', 'repeated', 'woken'],
];

const pairs = (states: readonly string[], triggers: readonly string[]): readonly string[] =>
  states.flatMap(state => triggers.map(trigger => `${state} ${trigger}`)).sort();

test('every role and trigger is decided once, by a row or by a refusal', t => {
  const decided = [
    ...ROLE_ROWS.map(({fromState, event}) => `${fromState} ${event}`),
    ...REFUSED_ROLES.map(([role, trigger]) => `${role} ${trigger}`),
  ];
  t.deepEqual(decided.sort(), pairs(ROLES, ROLE_TRIGGERS));
});

test('every phase and trigger is decided once, by a row or by a refusal', t => {
  const decided = [
    ...PHASE_ROWS.map(({fromState, event}) => `${fromState} ${event}`),
    ...REFUSED_PHASES.map(([phase, trigger]) => `${phase} ${trigger}`),
  ];
  t.deepEqual(decided.sort(), pairs(PHASES, PHASE_TRIGGERS));
});

test('every refusal has its reason', t => {
  t.deepEqual(
    [...REFUSED_ROLES, ...REFUSED_PHASES].filter(([, , reason]) => reason.trim() === ''),
    [],
  );
});
