import test from 'ava';
import {POWER_ROWS, REFUSED_POWERS, REFUSED_STAGES, STAGE_ROWS} from '../../../src/index.js';

const TABLES = {
  stage: {
    rows: STAGE_ROWS,
    refused: REFUSED_STAGES,
    states: [
      ...['watched', 'checking', 'queued', 'placing', 'starting'],
      ...['rechecking', 'delayed', 'lacking', 'waiting', 'exhausted'],
    ],
    triggers: [
      ...['settled', 'chosen', 'listed', 'turned', 'commanded'],
      ...['failed', 'postponed', 'crowded', 'denied', 'spent'],
    ],
  },
  power: {
    rows: POWER_ROWS,
    refused: REFUSED_POWERS,
    states: ['stopped', 'starting', 'running', 'stalled'],
    triggers: ['requested', 'granted', 'denied', 'lost', 'regained', 'ended', 'received'],
  },
};

for (const [name, {rows, refused, states, triggers}] of Object.entries(TABLES)) {
  test(`every ${name} and trigger is decided once, by a row or by a refusal`, t => {
    const decided = [
      ...rows.map(({fromState, event}) => `${fromState} ${event}`),
      ...refused.map(([state, trigger]) => `${state} ${trigger}`),
    ];
    t.deepEqual(decided.sort(), states.flatMap(state => triggers.map(trigger => `${state} ${trigger}`)).sort());
  });
}
