// Who directs whom. In each partition of the storage network the lowest host is the directory's owner: it leads with a
// number that is higher than any its members have promised, and each promises itself to one owner at a time.

import {type Configuration, configuration, type HostId, type ObjectId} from '../../cluster/ids.js';
import {admit} from './charge.js';
import type {StorageConfig} from './config.js';
import type {StorageMessageOf} from './messages.js';
import {objectsOf, unanswered} from './state.js';
import {become, cite, type Step, send} from './step.js';

const lowest = (hosts: readonly HostId[], self: HostId): HostId => [...hosts].sort()[0] ?? self;

/** The lowest number above `above` that is this host's own: modulo the number of hosts it is its place among them. */
const nextNumber = ({self, hosts}: StorageConfig, above: Configuration): Configuration => {
  const place = hosts.indexOf(self);
  const rest = (place - (above + 1)) % hosts.length;
  return configuration(above + 1 + ((rest + hosts.length) % hosts.length));
};

export const onView = (config: StorageConfig, before: Step, reachable: readonly HostId[]): Step => {
  const {self, repairs} = config;
  const step = become(before, {reachable});
  const {owner, durable} = step.state;
  if (!repairs['directory-owner']) return lead(config, cite(step, 'DR-04'), durable.number, reachable);
  const first = lowest(reachable, self);
  if (first === self) return lead(config, cite(step, 'DR-01'), durable.number, reachable);
  if (first === owner) return cite(step, 'DR-03');
  return send(leave(config, cite(step, 'DR-02')), [first], {type: 'Hello', number: durable.number});
};

/** A new reign. The owner is the first to promise itself to it. */
export const lead = (config: StorageConfig, step: Step, above: Configuration, to: readonly HostId[]): Step => {
  const {self} = config;
  const {durable} = step.state;
  const number = nextNumber(config, above > durable.number ? above : durable.number);
  const reign = {joined: [], charges: objectsOf(config).map(({object}) => unanswered(object))};
  const begun = forgotten(become(step, {durable: {...durable, number}, owner: self, reign}));
  const led = send(
    begun,
    to.filter(host => host !== self),
    {type: 'Lead', number},
  );
  return admit(config, led, self, durable.components);
};

/** Until an owner says so, nothing is accessible (CH-07). */
const forgotten = (step: Step): Step =>
  step.state.directory.length > 0 ? cite(become(step, {directory: []}), 'CH-07') : step;

/** Ends the own reign, or the following of an owner, and says so to whom it concerns. */
const leave = ({self}: StorageConfig, step: Step): Step => {
  const {owner, reign, reachable, durable} = step.state;
  const concerned = reign === null ? [owner].filter(host => host !== null) : reign.joined;
  const told = concerned.filter(host => host !== self && reachable.includes(host));
  return send(forgotten(become(step, {owner: null, reign: null})), told, {type: 'Left', number: durable.number});
};

export const onHello = (config: StorageConfig, step: Step, from: HostId, {number}: StorageMessageOf<'Hello'>): Step => {
  const {reign, reachable, durable} = step.state;
  if (reign === null || !reachable.includes(from)) return cite(step, 'DR-07');
  if (number >= durable.number) return lead(config, cite(step, 'DR-06'), number, reachable);
  return reign.joined.includes(from)
    ? cite(step, 'DR-07')
    : send(cite(step, 'DR-05'), [from], {type: 'Lead', number: durable.number});
};

export const onLead = (config: StorageConfig, step: Step, from: HostId, {number}: StorageMessageOf<'Lead'>): Step => {
  const {self, repairs} = config;
  const {owner, reachable, durable} = step.state;
  const joined = (at: Step): Step =>
    send(at, [from], {type: 'Joined', number, components: at.state.durable.components});
  if (!repairs['directory-owner']) return joined(cite(step, 'DR-11'));
  const isOver = number <= durable.number;
  if (from !== lowest(reachable, self) || (owner === from && isOver)) return cite(step, 'DR-10');
  if (isOver) return send(cite(step, 'DR-09'), [from], {type: 'Refused', number, promised: durable.number});
  const free = owner === from ? step : leave(config, step);
  return joined(forgotten(cite(become(free, {durable: {...durable, number}, owner: from}), 'DR-08')));
};

/** Somebody has promised itself to a higher number: the next reign is above it. */
export const onRefused = (config: StorageConfig, step: Step, {number, promised}: StorageMessageOf<'Refused'>): Step => {
  const {reign, reachable, durable} = step.state;
  return reign === null || number !== durable.number
    ? cite(step, 'DR-21')
    : lead(config, cite(step, 'DR-22'), promised, reachable);
};

export const onJoined = (
  config: StorageConfig,
  step: Step,
  from: HostId,
  {number, components}: StorageMessageOf<'Joined'>,
): Step => {
  const {reign, durable} = step.state;
  return reign === null || number !== durable.number || reign.joined.includes(from)
    ? cite(step, 'DR-13')
    : admit(config, cite(step, 'DR-12'), from, components);
};

export const onLeft = (config: StorageConfig, step: Step, from: HostId, {number}: StorageMessageOf<'Left'>): Step => {
  const {reign, owner, reachable, durable} = step.state;
  if (number !== durable.number) return cite(step, 'DR-16');
  if (owner === from) return forgotten(become(cite(step, 'DR-15'), {owner: null}));
  if (reign === null || !reign.joined.includes(from)) return cite(step, 'DR-16');
  return lead(
    config,
    cite(step, 'DR-14'),
    number,
    reachable.filter(host => host !== from),
  );
};

/** An empty component: whoever directs this host has to collect anew what there is. */
export const onComponentLost = (config: StorageConfig, before: Step, object: ObjectId): Step => {
  const {durable, owner, reachable} = before.state;
  const components = durable.components.filter(entry => entry.object !== object);
  const step = become(before, {durable: {...durable, components}});
  if (owner === null) return step;
  return owner === config.self
    ? lead(config, step, durable.number, reachable)
    : send(step, [owner], {type: 'Hello', number: durable.number});
};
