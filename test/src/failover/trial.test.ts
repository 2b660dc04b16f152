// Where places are tried: a host without room says so only when it is commanded.

import test from 'ava';
import {
  eager,
  type FailoverConfig,
  type FailoverEvent,
  failoverOutcomes,
  generation,
  hostId,
  noFailover,
  patient,
  profile,
  type RequestId,
  type Standing,
  term,
  vmId,
} from '../../../src/index.js';

const [h1, h2, h3] = [hostId('h1'), hostId('h2'), hostId('h3')];
const v = vmId('v');
const config: FailoverConfig = {
  self: h1,
  hosts: [h1, h2, h3],
  repairs: profile('hardened'),
  plans: [{vm: v, stored: true, priority: 0}],
  placement: 'try',
  scope: 'all',
  schedule: [0],
  concurrency: 1,
};
const usable: Standing = {accessible: true, capacity: true, holder: null};

/** What the others make of an order: the own host can use the VM, h1 has no room, and the others have. */
const answerTo = (to: typeof h1, type: string, id: RequestId): FailoverEvent | null => {
  const {vm, generation, round} = id;
  const request = {term: id.term, vm, generation, round};
  if (type === 'PlaceQuery')
    return {type: 'Received', from: to, message: {...request, type: 'PlaceAnswer', standing: usable}};
  if (type === 'PlaceRegister' && to === h3)
    return {type: 'Received', from: to, message: {...request, type: 'BecamePlaceable'}};
  const result = to === h1 ? ({type: 'capacity'} as const) : ({type: 'ok'} as const);
  return type === 'RestartCommand'
    ? {type: 'Received', from: to, message: {...request, type: 'RestartResult', result}}
    : null;
};

for (const [name, policy] of Object.entries({eager, patient})) {
  test(`FO-20: the policy ${name} goes on to another host when one has no room, and the VM runs`, t => {
    const commanded: string[] = [];
    const events: FailoverEvent[] = [
      {type: 'Protected', vm: v, generation: generation(1), host: h2},
      {type: 'HostChanged', host: h2, running: false},
    ];
    let state = noFailover;
    for (let event = events.shift(); event !== undefined && commanded.length < 10; event = events.shift()) {
      const outcome = policy(failoverOutcomes(config, term(4), state, event));
      state = outcome.state;
      for (const effect of outcome.effects) {
        if (effect.type !== 'Send' || !('round' in effect.message)) continue;
        if (effect.message.type === 'RestartCommand') commanded.push(effect.to);
        const answer = answerTo(effect.to, effect.message.type, effect.message);
        if (answer !== null) events.push(answer);
      }
    }
    t.true(commanded.length < 3 && commanded.at(-1) === h3, commanded.join(' '));
    t.like(state.inventory, [{stage: 'watched', host: h3}]);
  });
}
