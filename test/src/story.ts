// Tells a golden trace: a text of commands, each with what the library then did. The commands are written by hand.

import {match, P} from 'ts-pattern';
import {
  type Access,
  accessOf,
  type Config,
  created,
  type Effect,
  type Event,
  electedPrimary,
  follower,
  generation,
  type HostId,
  hostId,
  type Local,
  type Message,
  mirrored,
  objectId,
  outcomes,
  type Profile,
  type Protection,
  profile,
  REPAIRS,
  type Register,
  reachableFrom,
  resyncOutcomes,
  type State,
  type StorageCall,
  setOutcomes,
  term,
  type View,
  vmId,
} from '../../src/index.js';

const V = vmId('v');
const [H1, H2, H3, H4] = [hostId('h1'), hostId('h2'), hostId('h3'), hostId('h4')];
const HOSTS = [H1, H2, H3, H4];
/** The home object is on h1 to h3, the disk on h2 to h4. */
const LAYOUT = {
  vm: V,
  namespace: mirrored(objectId('home'), 'namespace', [H1, H2, H3]),
  disks: [mirrored(objectId('disk'), 'disk', [H2, H3, H4])],
};

type Flying = {readonly from: HostId; readonly to: HostId; readonly message: Message};
type World = {
  readonly repairs: Config['repairs'];
  readonly states: Readonly<Record<string, State>>;
  readonly view: View;
  readonly register: Register;
  readonly calls: readonly {readonly host: HostId; readonly call: StorageCall}[];
  readonly flying: readonly Flying[];
};
type Told = {readonly world: World; readonly lines: readonly string[]};

/** `profile NAME [without REPAIR...]`: h1 is the primary of term 1, and nothing has happened yet. */
const begin = ([name, , ...minus]: readonly string[]): World => ({
  repairs: profile(name as Profile, {minus: REPAIRS.filter(repair => minus.includes(repair))}),
  states: Object.fromEntries(HOSTS.map(host => [host, host === H1 ? electedPrimary(term(1)) : follower(term(1))])),
  view: [HOSTS],
  register: created(LAYOUT.namespace, generation(0)),
  calls: [],
  flying: [],
});

const accessAt = ({view, register}: World, host: HostId): Access =>
  accessOf(
    LAYOUT,
    object => (object === LAYOUT.namespace.object ? register.current : [H2, H3, H4]),
    reachableFrom(view, host),
  );

const localAt = (world: World, host: HostId): Local => ({
  accessible: accessAt(world, host),
  reachable: reachableFrom(world.view, host),
});

const shown = (state: State): string =>
  match(state)
    .with({role: 'primary'}, ({durable, fallbacks}) => {
      const vms = fallbacks.map(({value, generation, round, phase}) => `${phase} ${value} ${generation}.${round}`);
      return [`primary@${durable.term}`, ...vms].join(' ');
    })
    .with({role: 'secondary'}, ({durable, watches}) =>
      [`secondary@${durable.term}`, ...watches.map(({primary}) => `watching for ${primary}`)].join(' '),
    )
    .with({role: 'electing'}, ({durable, race}) => `electing@${durable.term} ${race}`)
    .with({role: 'isolated'}, ({durable}) => `isolated@${durable.term}`)
    .with({role: 'down'}, ({durable}) => `down@${durable.term}`)
    .exhaustive();

const spoken = (message: Message): string =>
  Object.entries(message)
    .flatMap(([key, value]) =>
      key === 'type' ? [String(value)] : key === 'vm' || isEmpty(value) ? [] : [`${key}=${value}`],
    )
    .join(' ');

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

const printed = (host: HostId, effect: Effect): string =>
  match(effect)
    .with({type: 'Persist'}, ({durable}) => `persist term ${durable.term}`)
    .with({type: 'Send'}, ({to, message}) => `${host}->${to} ${spoken(message)}`)
    .with({type: 'CallStorage'}, ({call}) => `call SET ${call.value} ${call.generation} (${call.purpose.type})`)
    .with({type: 'Report'}, ({value, generation}) => `report ${value} ${generation}`)
    .with(
      {type: P.union('SetTimer', 'CancelTimer')},
      ({type, timer}) => `${type} ${'phase' in timer ? timer.phase : timer.type}`,
    )
    .with({type: 'Probe'}, ({host}) => `probe ${host}`)
    .with({type: 'CheckIsolation'}, () => 'check isolation')
    .with({type: 'PowerOffVms'}, () => 'power off the VMs')
    .exhaustive();

/** One event at one host. Of several outcomes the first is taken, or the first whose rules or effects name `choice`. */
const happen = (world: World, host: HostId, event: Event, choice = ''): Told => {
  const before = world.states[host] ?? follower(term(0));
  const config: Config = {
    self: host,
    hosts: HOSTS,
    vms: [LAYOUT],
    repairs: world.repairs,
    elector: 'external',
    datastores: 0,
    isolationResponse: 'leave',
    subsets: 'any',
  };
  const allowed = outcomes(config, before, event);
  const chosen = allowed.find(({effects, rules}) =>
    [...rules, ...effects.map(effect => printed(host, effect))].some(text => text.includes(choice)),
  );
  if (chosen === undefined) throw new Error(`nothing that is allowed there names ${choice}`);
  const {state, effects, rules} = chosen;
  const change = shown(before) === shown(state) ? `stays ${shown(state)}` : `${shown(before)} -> ${shown(state)}`;
  return {
    world: {
      ...world,
      states: {...world.states, [host]: state},
      calls: [...world.calls, ...effects.flatMap(e => (e.type === 'CallStorage' ? [{host, call: e.call}] : []))],
      flying: [
        ...world.flying,
        ...effects.flatMap(e => (e.type === 'Send' ? [{from: host, to: e.to, message: e.message}] : [])),
      ],
    },
    lines: [`${host} ${change} [${rules.join(' ')}]`, ...effects.map(effect => `  ${printed(host, effect)}`)],
  };
};

/** The storage module of a host carries out the SET that was called there first. `lost`: its reply is. */
const perform = (world: World, host: HostId, lost: boolean): Told => {
  const pending = world.calls.find(call => call.host === host);
  if (pending === undefined) throw new Error(`no SET was called at ${host}`);
  const config = {layout: LAYOUT.namespace, repairs: world.repairs};
  const [answered] = setOutcomes(config, world.register, reachableFrom(world.view, host), pending.call);
  const {value, generation, current} = answered.state;
  const after = {...world, register: answered.state, calls: world.calls.filter(call => call !== pending)};
  const result = answered.effects[0]?.result ?? 'failed';
  const line = `storage ${value} ${generation} on ${current.join(',')} [${answered.rules.join(' ')}]: ${result}`;
  if (lost) return {world: after, lines: [`${line}, and the reply is lost`]};
  const told = happen(after, host, {type: 'StorageReplied', call: pending.call, result, ...localAt(after, host)});
  return {world: told.world, lines: [line, ...told.lines]};
};

const split = (world: World, sides: string): Told => {
  const view = sides.split('|').map(side => side.trim().split(' ').map(hostId));
  const [{state, rules}] = resyncOutcomes(LAYOUT.namespace, world.register, view);
  return {world: {...world, view, register: state}, lines: [`storage on ${state.current.join(',')} [${rules}]`]};
};

/** `deliver a->b Type` and `drop a->b Type`: the first such message under way; the type may be left out. */
const take = (world: World, route: string, type = '') => {
  const [from, to] = route.split('->').map(hostId);
  const flying = world.flying.find(one => one.from === from && one.to === to && one.message.type.startsWith(type));
  if (flying === undefined) throw new Error(`no ${type} is under way ${route}`);
  return {flying, world: {...world, flying: world.flying.filter(one => one !== flying)}};
};

const deliver = (world: World, route: string, type: string | undefined, choice: string | undefined): Told => {
  const {flying, world: after} = take(world, route, type);
  const {from, to, message} = flying;
  return happen(after, to, {type: 'Received', from, message, ...localAt(after, to)}, choice);
};

const fire = (world: World, host: HostId): Told => {
  const state = world.states[host];
  const known = state?.role === 'primary' ? state.fallbacks[0] : undefined;
  if (known === undefined || known.phase === 'idle' || known.phase === 'queued')
    throw new Error(`no timer runs at ${host}`);
  const {vm, phase, generation, round} = known;
  return happen(world, host, {
    type: 'TimerFired',
    timer: {type: 'Fallback', vm, phase, generation, round},
    ...localAt(world, host),
  });
};

/** One command. A trailing `choosing TEXT` chooses among several outcomes. */
const tell = (world: World, command: string): Told => {
  const [act = '', choice] = command.split(' choosing ');
  const [verb, first = '', second, third] = act.split(' ');
  const host = hostId(first);
  return match(verb)
    .with('view', () => split(world, act.slice('view '.length)))
    .with('request', () =>
      happen(world, host, {type: 'Request', vm: V, value: second as Protection, generation: generation(Number(third))}),
    )
    .with('perform', () => perform(world, host, second === 'lost'))
    .with('deliver', () => deliver(world, first, second, choice))
    .with('drop', () => ({world: take(world, first, second).world, lines: []}))
    .with('notify', () => happen(world, host, {type: 'AccessibilityChanged', vm: V, accessible: accessAt(world, host)}))
    .with('fire', () => fire(world, host))
    .with('elect', () => happen(world, host, {type: 'Elected', term: term(Number(second))}))
    .with('crash', () => happen(world, host, {type: 'Crashed'}))
    .with('restart', () => happen(world, host, {type: 'Restarted'}))
    .otherwise(() => {
      throw new Error(`a story has no ${verb}`);
    });
};

/** The commands of a trace, with comments and blank lines kept, and after each what happens now. */
export const retold = (trace: string): string => {
  const paragraphs = trace.trim().split('\n\n');
  let world = begin(['hardened']);
  const told = paragraphs.map(paragraph => {
    const [head = ''] = paragraph.split('\n----');
    const command = head.split('\n').find(line => !line.startsWith('#'));
    if (command === undefined) return head;
    if (command.startsWith('profile ')) {
      world = begin(command.split(' ').slice(1));
      return head;
    }
    const {world: after, lines} = tell(world, command);
    world = after;
    return [head, '----', ...lines].join('\n');
  });
  return `${told.join('\n\n')}\n`;
};
