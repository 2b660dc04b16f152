import {
  callOutcomes,
  type HostId,
  nextGeneration,
  reachableFrom,
  readingOf,
  resyncOutcomes,
  term,
} from '../../../src/index.js';
import {type Builder, model, type Outcome} from '../../index.js';
import {unreducedIfMutated} from '../../mutants/mutant.js';
import {spent} from '../settings.js';
import {expectedRules} from './coverage.js';
import {declareDead} from './dead.js';
import {OPTIONS, propertiesOf, type RetrieveOptions} from './options.js';
import {PREMISES} from './premises.js';
import {PROPERTIES} from './properties.js';
import {retrievalOf, type World, worldOf} from './world.js';

/** US 10,417,032: a primary learns which VMs are protected, also of those that its own host cannot access. */
export const retrieve = model({
  name: 'retrieve',
  summary: 'Reading protection states back: what a primary learns by GET on its own host and on the others.',
  options: OPTIONS,
  build(m, said) {
    const options = unreducedIfMutated(said);
    const world = worldOf(m, options);
    declareFaults(m, world, options);
    declareSteps(m, world);
    const declared = options.premise ? PREMISES : PROPERTIES;
    for (const name of propertiesOf(options)) declared[name](m, world, name);
    if (!options.unreduced) declareDead(m, world);
    m.allowDeadlock(); // without periodic retrieval everything comes to rest
    m.rules(expectedRules(options));
  },
});

/** What the environment does, each within its budget. None of it is fair. */
const declareFaults = (m: Builder, world: World, options: RetrieveOptions): void => {
  const {hosts, layout, repairs, views, budgets, view, object, primary, told, inbox, accessible, react} = world;

  m.action('storage network becomes', {each: [...views.keys()]}, (read, name) => {
    const left = spent(read(budgets), 'views');
    const after = views.get(name);
    if (left === null || after === undefined || read(view) === after) return [];
    const before = read(object);
    return resyncOutcomes(layout, before.register, after).map(({state, rules}) => ({
      rules,
      changes: [budgets.set(left), view.set(after), object.set({...before, register: state})],
    }));
  });

  m.action('a SET is committed', {each: hosts}, (read, host) => {
    const left = spent(read(budgets), 'commits');
    if (left === null || !read(accessible(host))) return [];
    const {identity, register} = read(object);
    const value = register.value === 'protected' ? 'unprotected' : 'protected';
    const call = {type: 'Set', identity, value, generation: nextGeneration(register.generation)} as const;
    const reachable = reachableFrom(read(view), host);
    const [{state, rules}] = callOutcomes({layout, repairs}, read(object), reachable, call);
    const leader = read(primary);
    const own = {...leader, known: [retrievalOf(readingOf(state))]};
    const noted = options.writer === 'primary' ? [primary.set(own)] : [];
    return [{rules, note: value, changes: [budgets.set(left), object.set(state), ...noted]}];
  });

  m.action('elected', {each: hosts}, (read, host: HostId) => {
    const left = spent(read(budgets), 'handovers');
    if (left === null || read(primary).host === host) return [];
    const elected = {host, term: term(read(primary).term + 1), known: []};
    return react(read, {type: 'Elected'}, elected).map(({rules, changes}) => ({
      rules,
      changes: [budgets.set(left), told.set(read(accessible(host))), ...changes],
    }));
  });

  if (options.losses > 0) {
    m.lose(inbox, {name: 'message is lost', spend: {slot: budgets, f: value => spent(value, 'losses')}});
  }
};

/** What the hosts and the storage modules do by themselves. All of it is fair. */
const declareSteps = (m: Builder, world: World): void => {
  const {hosts, layout, repairs, view, object, cached, primary, told, inbox, gets, accessible, react, changes} = world;
  const {onRetrieve, onRetrieved, getOutcomes} = world.relations;

  m.receive(inbox, {name: 'message arrives', fair: 'weak'}, (read, host, {from, message}): readonly Outcome[] => {
    if (message.type === 'Retrieve') return changes(host, onRetrieve(null, from, message));
    const {host: leader, term} = read(primary);
    return leader === host && message.term === term ? react(read, {type: 'Received', message}) : [{changes: []}];
  });

  m.receive(gets, {name: 'GET answers', fair: 'weak'}, (read, host, purpose) =>
    getOutcomes({layout, repairs}, read(object), reachableFrom(read(view), host), read(cached(host))).flatMap(
      ({effects, rules}): readonly Outcome[] => {
        const retrievals = effects.flatMap(({reading}) => (reading === null ? [] : [retrievalOf(reading)]));
        const replied = {type: 'GetReplied', purpose, retrievals} as const;
        const answered =
          purpose.type === 'Command'
            ? changes(host, onRetrieved(null, replied))
            : read(primary).host === host
              ? react(read, replied)
              : [{changes: []}];
        return answered.map(each => ({rules: [...rules, ...(each.rules ?? [])], changes: each.changes}));
      },
    ),
  );

  m.action('cache converges', {each: hosts, fair: 'weak'}, (read, host: HostId) => {
    const newest = readingOf(read(object));
    return read(accessible(host)) && read(cached(host)).generation !== newest.generation
      ? [{changes: [cached(host).set(newest)]}]
      : [];
  });

  m.action('storage announces', {fair: 'weak'}, read => {
    const now = read(accessible(read(primary).host));
    return now === read(told)
      ? []
      : react(read, {type: 'AccessibilityChanged'}).map(each => ({
          rules: each.rules,
          changes: [told.set(now), ...each.changes],
        }));
  });

  if (repairs['periodic-retrieval']) {
    m.action('timer fires', {fair: 'weak'}, read => react(read, {type: 'TimerFired', timer: {type: 'Retrieval'}}));
  }
};
