// Logs of three storage modules by the reference, in a run drawn from a seed: the network is cut and heals, hosts
// crash, disks under components fail, and every kind of call is made.

import {randomFrom} from '../../../conformance/cases/random.js';
import {
  firstDurable,
  type HostId,
  hostId,
  identity,
  mirrored,
  type ObjectCall,
  objectId,
  profile,
  reachableFrom,
  type StorageConfig,
  type StorageEvent,
  type StorageMessage,
  type StorageState,
  storageOutcomes,
  type View,
  vmId,
} from '../../../src/index.js';
import type {Logs} from './cluster-logs.js';

type Letter = {readonly from: HostId; readonly to: HostId; readonly message: StorageMessage};

const HOSTS = ['h1', 'h2', 'h3'].map(hostId);
const [H1, H2, H3] = HOSTS as [HostId, HostId, HostId];
const VM = vmId('v1');
const HOME = mirrored(objectId('v1-home'), 'namespace', [H1, H2, H3]);
const VIEWS: readonly View[] = [[HOSTS], [HOSTS], [[H1, H2], [H3]], [[H1], [H2, H3]], [[H1], [H2], [H3]]];

const configOf = (self: HostId): StorageConfig => ({
  self,
  hosts: HOSTS,
  vms: [{vm: VM, namespace: HOME, disks: []}],
  repairs: profile('hardened'),
  notices: 'per-vm',
});

/** The same for the same seed. */
export const storageLogs = (seed: number, moves: number): Logs => {
  const random = randomFrom(seed);
  const anyOf = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const lines = new Map(
    HOSTS.map(host => [
      host,
      [JSON.stringify({log: 'holdfast-log/1', host, module: 'storage', config: configOf(host)})],
    ]),
  );
  const states = new Map<HostId, StorageState>(
    HOSTS.map(host => [host, {role: 'down', durable: firstDurable(configOf(host))}]),
  );
  let view: View = [HOSTS];
  let mail: readonly Letter[] = [];
  let generation = 0;

  const stateOf = (host: HostId): StorageState => states.get(host) as StorageState;
  const isUp = (host: HostId): boolean => stateOf(host).role === 'up';
  const heardAt = (host: HostId): readonly HostId[] =>
    reachableFrom(view, host).filter(other => other === host || isUp(other));

  const happens = (host: HostId, event: StorageEvent): void => {
    const [{state, effects}] = storageOutcomes(configOf(host), stateOf(host), event);
    const own = lines.get(host) ?? [];
    own.push(JSON.stringify({host, seq: own.length, event, effects}));
    states.set(host, state);
    mail = [
      ...mail,
      ...effects.flatMap(each => (each.type === 'Send' ? [{from: host, to: each.to, message: each.message}] : [])),
    ];
  };

  const callBy = (host: HostId): ObjectCall => {
    const state = stateOf(host);
    const known = state.role === 'up' ? state.directory[0]?.content : undefined;
    const epoch = known?.lock.epoch ?? 0;
    const meant = known?.identity ?? identity(1);
    generation += random(2);
    return anyOf([
      {type: 'Set', identity: meant, value: generation % 2 === 1 ? 'protected' : 'unprotected', generation},
      {type: 'TakeLock', identity: meant, host, attempt: null},
      {type: 'TakeLock', identity: meant, host, attempt: {generation, number: random(3)}},
      {type: anyOf(['ReleaseLock', 'ClearAttempts', 'Write']), identity: meant, host, epoch},
      {type: 'Create', identity: identity(meant + random(2))},
    ]) as ObjectCall;
  };

  for (let move = 0; move < moves; move++) {
    const host = anyOf(HOSTS);
    const arriving = mail.filter(({from, to}) => isUp(to) && heardAt(to).includes(from));
    const letter = arriving.length === 0 ? undefined : anyOf(arriving);
    const luck = random(60);
    if (letter !== undefined && luck < 45) {
      mail = mail.filter(other => other !== letter);
      happens(letter.to, {type: 'Received', from: letter.from, message: letter.message});
    } else if (!isUp(host)) happens(host, {type: 'Restarted', reachable: reachableFrom(view, host)});
    else if (luck < 50) happens(host, {type: 'ViewChanged', reachable: heardAt(host)});
    else if (luck < 58) happens(host, {type: 'Called', vm: VM, call: callBy(host)});
    else if (luck < 59) view = anyOf(VIEWS);
    else happens(host, anyOf<StorageEvent>([{type: 'Crashed'}, ...lost]));
  }
  return lines;
};

const lost: readonly StorageEvent[] = [
  {type: 'ComponentLost', object: HOME.object},
  {type: 'AbsenceLasted', object: HOME.object},
];
