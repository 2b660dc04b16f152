// Laws of the HA module's relation: true of every state and event that the types allow, reachable or not.

import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {next} from '../../src/fallback/phase.js';
import {
  type Config,
  type Effect,
  type Event,
  isApplicable,
  type Outcome,
  outcomes,
  restart,
  type State,
  type Timer,
} from '../../src/index.js';
import {config, HOSTS} from '../arbitraries/cluster.js';
import {frozen} from '../arbitraries/frozen.js';
import {event, stateAndEvent} from '../arbitraries/ha.js';

type Decision = Outcome<State, Effect>;
type Situation = {readonly config: Config; readonly state: State; readonly event: Event; readonly outcome: Decision};

/** Holds of every outcome of every situation. */
const always = (t: ExecutionContext, holds: (situation: Situation) => boolean): void => {
  t.notThrows(() =>
    fc.assert(
      fc.property(config, stateAndEvent, (config, [state, event]) =>
        outcomes(config, state, event).every(outcome => holds({config, state, event, outcome})),
      ),
      {numRuns: 3000},
    ),
  );
};

const survivesJson = (value: unknown): boolean => {
  const text = JSON.stringify(value);
  return JSON.stringify(JSON.parse(text)) === text && !/null,|undefined/.test(text);
};

const sentIn = ({effects}: Decision) => effects.filter(effect => effect.type === 'Send');

const fallbackOf = (state: State, vm: string) =>
  state.role === 'primary' ? state.fallbacks.find(fallback => fallback.vm === vm) : undefined;

test('every event has an outcome, and the inputs are not touched', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(config, stateAndEvent, (config, [state, event]) => {
        const [first] = outcomes(frozen(config), frozen(state), frozen(event));
        return first.rules.length > 0;
      }),
      {numRuns: 3000},
    ),
  );
});

test('the outcomes depend on nothing but the inputs', t => {
  always(t, ({config, state, event}) => {
    const [once, again] = [outcomes(config, state, event), outcomes(config, state, event)];
    return JSON.stringify(once) === JSON.stringify(again);
  });
});

test('states and effects are plain data', t => {
  always(t, ({outcome}) => survivesJson(outcome.state) && survivesJson(outcome.effects));
});

test('equal states are equal as text: every role and phase has one order of keys', t => {
  const KEYS = {
    electing: 'role durable race',
    primary: 'role durable fallbacks silent',
    secondary: 'role durable watches following',
    isolated: 'role durable responded',
    down: 'role durable',
    idle: 'vm value generation round phase',
    setting: 'vm value generation round phase',
    queued: 'vm value generation round phase',
    querying: 'vm value generation round phase asked awaited positive covered',
    commanding: 'vm value generation round phase asked awaited positive covered commanded',
    waiting: 'vm value generation round phase',
  };
  always(t, ({outcome: {state}}) => {
    const keys = (value: object) => Object.keys(value).join(' ');
    return (
      keys(state) === KEYS[state.role] &&
      (state.role !== 'primary' || state.fallbacks.every(fallback => keys(fallback) === KEYS[fallback.phase]))
    );
  });
});

test('what an outcome cites applies under the repairs that are on', t => {
  always(t, ({config, outcome}) => outcome.rules.every(rule => isApplicable(rule, config.repairs)));
});

test('a host that restarts with what is durable goes on', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(config, stateAndEvent, event, (config, [state, before], after) =>
        outcomes(config, state, before).every(({state: {durable}}) => {
          const restarted = restart(durable);
          return restarted.durable.term === durable.term && outcomes(config, restarted, after).length > 0;
        }),
      ),
      {numRuns: 2000},
    ),
  );
});

test('the term never goes back', t => {
  always(t, ({state, outcome}) => outcome.state.durable.term >= state.durable.term);
});

test('TM-04: a changed term is persisted before anything else, and an unchanged one is not', t => {
  always(t, ({state, outcome}) => {
    const changed = outcome.state.durable.term !== state.durable.term;
    const [first, ...others] = outcome.effects.map(({type}) => type);
    return changed === (first === 'Persist') && !others.includes('Persist');
  });
});

test('TM-02 TM-03: a host with terms takes nothing from an older one, and carries out no command of it', t => {
  always(t, ({config, state, event, outcome}) => {
    // A candidate may be behind: it wants to find out. The election looks at it all the same.
    const isOld =
      event.type === 'Received' && event.message.type !== 'Candidacy' && event.message.term < state.durable.term;
    return (
      !(config.repairs.terms && isOld) ||
      (JSON.stringify(outcome.state) === JSON.stringify(state) &&
        outcome.effects.every(effect => effect.type === 'Send' && effect.message.type === 'Superseded'))
    );
  });
});

test('TM-01: a host with terms is in the term of whatever it has received', t => {
  always(t, ({config, state, event, outcome}) => {
    if (event.type !== 'Received' || !config.repairs.terms || state.role === 'down') return true;
    return outcome.state.durable.term === Math.max(state.durable.term, event.message.term);
  });
});

test('TM-11: a host that is down does nothing', t => {
  always(t, ({state, event, outcome}) => {
    return state.role !== 'down' || event.type === 'Restarted' || outcome.effects.length === 0;
  });
});

test('the phase of a VM changes along a row of the table only', t => {
  const TRIGGERS = [
    'requested',
    'held',
    'released',
    'committed',
    'outdated',
    'asked',
    'commanded',
    'resumed',
    'exhausted',
    'spared',
    'repeated',
    'woken',
  ] as const;
  always(t, ({state, outcome}) => {
    if (state.role !== 'primary') return true;
    return state.fallbacks.every(before => {
      const after = fallbackOf(outcome.state, before.vm);
      return (
        after === undefined ||
        after.phase === before.phase ||
        TRIGGERS.some(trigger => next(before.phase, trigger) === after.phase)
      );
    });
  });
});

/** The timers that are to run in a state, in any order. */
const timersIn = ({elector, self, repairs}: Config, state: State): readonly Timer[] => {
  const ofRole: Record<State['role'], readonly Timer[]> = {
    electing: [{type: 'Election'}],
    primary: [{type: 'Heartbeat'}, ...HOSTS.filter(host => host !== self).map((host): Timer => ({type: 'Host', host}))],
    secondary: [{type: 'Silence'}],
    isolated: [{type: 'Isolation'}],
    down: [],
  };
  const ofFallbacks = (state.role === 'primary' && repairs.timeouts ? state.fallbacks : []).flatMap(
    ({vm, phase, generation, round}): readonly Timer[] =>
      phase === 'idle' || phase === 'queued' ? [] : [{type: 'Fallback', vm, phase, generation, round}],
  );
  return [...(elector === 'builtin' ? ofRole[state.role] : []), ...ofFallbacks];
};

test('the timers that run are those of the role, and of each VM in work or waiting if there are timeouts', t => {
  const names = (timers: readonly Timer[]): readonly string[] => timers.map(timer => JSON.stringify(timer)).sort();
  always(t, ({config, state, event, outcome}) => {
    if (event.type === 'Crashed') return true;
    const running = new Set(names(timersIn(config, state)));
    if (event.type === 'TimerFired') running.delete(JSON.stringify(event.timer));
    for (const effect of outcome.effects) {
      if (effect.type === 'SetTimer') running.add(JSON.stringify(effect.timer));
      if (effect.type === 'CancelTimer') running.delete(JSON.stringify(effect.timer));
    }
    const expected = names(timersIn(config, outcome.state));
    return JSON.stringify([...running].sort()) === JSON.stringify(expected);
  });
});

test('only a primary asks, commands, registers and reports', t => {
  always(t, ({outcome}) => {
    const asPrimary = outcome.effects.some(
      effect =>
        effect.type === 'Report' ||
        (effect.type === 'Send' &&
          ['AccessQuery', 'SetCommand', 'WaitRegister', 'Claim'].includes(effect.message.type)),
    );
    return !asPrimary || outcome.state.role === 'primary';
  });
});

test('FB-09 FB-10: nobody is asked twice in a round, and the primary does not ask itself', t => {
  always(t, ({config, state, outcome}) =>
    sentIn(outcome).every(({to, message}) => {
      if (message.type !== 'AccessQuery') return true;
      const before = fallbackOf(state, message.vm);
      const asked = before !== undefined && 'asked' in before ? before.asked : [];
      return to !== config.self && !asked.includes(to);
    }),
  );
});

test('FB-14: a host is commanded only when it has said yes in this round, and one at a time', t => {
  always(t, ({state, event, outcome}) => {
    const commands = sentIn(outcome).filter(({message}) => message.type === 'SetCommand');
    return (
      commands.length <= 1 &&
      commands.every(({to, message}) => {
        const before = 'vm' in message ? fallbackOf(state, message.vm) : undefined;
        const saidYes = before !== undefined && 'positive' in before && before.positive.includes(to);
        const saysYes =
          event.type === 'Received' &&
          event.from === to &&
          event.message.type === 'AccessAnswer' &&
          event.message.accessible;
        return saidYes || saysYes;
      })
    );
  });
});

test('FB-06: with completion reports, only a SET that was answered ok is reported', t => {
  always(t, ({config, event, outcome}) => {
    const reports = outcome.effects.some(({type}) => type === 'Report');
    const isDone =
      (event.type === 'StorageReplied' && event.result === 'ok') ||
      (event.type === 'Received' && event.message.type === 'SetResult' && event.message.result === 'ok');
    return !config.repairs['completion-report'] || !reports || isDone;
  });
});

test('WT-01: a primary that begins to wait has asked every other host, and registers with each', t => {
  always(t, ({config, outcome}) => {
    if (!outcome.rules.includes('WT-01')) return true;
    const registered = sentIn(outcome).flatMap(({to, message}) => (message.type === 'WaitRegister' ? [to] : []));
    return JSON.stringify(registered) === JSON.stringify(HOSTS.filter(host => host !== config.self));
  });
});

test('FB-23: an answer of another round changes nothing', t => {
  always(t, ({config, state, event, outcome}) => {
    if (!config.repairs['request-ids'] || !config.repairs.terms || event.type !== 'Received') return true;
    const {message} = event;
    if (message.type !== 'AccessAnswer' && message.type !== 'SetResult' && message.type !== 'BecameAccessible')
      return true;
    const before = fallbackOf(state, message.vm);
    const isCurrent =
      before !== undefined &&
      message.term === state.durable.term &&
      message.generation === before.generation &&
      message.round === before.round;
    return isCurrent || message.term > state.durable.term || JSON.stringify(outcome.state) === JSON.stringify(state);
  });
});

test('an event that is ignored leaves the very same state', t => {
  const IGNORING = ['FB-02', 'FB-03', 'FB-04', 'FB-23', 'FB-24', 'FB-25', 'WT-08', 'WT-09', 'WT-10', 'TO-04'];
  always(t, ({state, outcome: {state: after, rules, effects}}) => {
    const isIgnored = rules.length === 1 && [...IGNORING, 'TM-02', 'TM-06', 'TM-08', 'TM-11'].includes(rules[0]);
    return !isIgnored || (after === state && effects.length === 0);
  });
});
