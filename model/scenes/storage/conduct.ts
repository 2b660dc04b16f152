// How storage modules go about their reigns, step by step: what the rules say of that, whatever comes of it.

import type {HostId, StorageState} from '../../../src/index.js';
import {type Builder, type Read, type Readable, same} from '../../index.js';
import type {PropertyName} from './options.js';
import type {World} from './world.js';

type Declare = (m: Builder, world: World, canCommit: (name: HostId) => Readable<boolean>, name: string) => void;

type Conduct = 'OneOwnerPerNumber' | 'NumbersRise' | 'ObeysItsOwner';

const reignOf = (state: StorageState) => (state.role === 'up' ? state.reign : null);

export const CONDUCT = {
  /** No two hosts direct, or ask to be followed, under one number. */
  OneOwnerPerNumber: (m, {cluster: {hosts}, host, inbox}, _can, name) => {
    m.invariant(name, read => {
      const owners = hosts.flatMap(at => {
        const {number} = read(host(at)).durable;
        const own = reignOf(read(host(at))) === null ? [] : [{at, number}];
        return [...own, ...leadsIn(read, inbox(at))];
      });
      return owners.every(a => owners.every(b => a.number !== b.number || a.at === b.at));
    });
  },

  /**
   * The number that a host has promised itself to never goes back, and whoever begins a reign, or loses somebody who
   * has joined it, does so under a higher one.
   */
  NumbersRise: (m, {cluster: {hosts}, host}, _can, name) => {
    m.stepProperty(name, {of: at => [host(at)], each: hosts}, (before, after, at) => {
      const [old, now] = [before(host(at)), after(host(at))];
      const [from, to] = [reignOf(old), reignOf(now)];
      const isNew = to !== null && (from === null || from.joined.some(member => !to.joined.includes(member)));
      return isNew ? now.durable.number > old.durable.number : now.durable.number >= old.durable.number;
    });
  },

  /**
   * What a member's components hold and what it knows of the directory changes only by the word of the owner that it
   * follows, in the reign that it has promised itself to.
   */
  ObeysItsOwner: (m, {cluster: {hosts}, repairs, host, inbox}, _can, name) => {
    if (!repairs['directory-owner']) return;
    m.stepProperty(name, {of: at => [host(at)], each: hosts}, (before, after, at) => {
      const [old, now] = [before(host(at)), after(host(at))];
      if (old.role === 'down' || now.role === 'down' || now.reign !== null) return true;
      const isWritten = now.durable.components.some(entry => !old.durable.components.some(other => same(entry, other)));
      const isTold = now.directory.some(known => !old.directory.some(other => same(known, other)));
      const isSaid = (type: 'ComponentWrite' | 'Publish'): boolean =>
        before(inbox(at)).some(
          ({from, message}) => message.type === type && from === old.owner && message.number === old.durable.number,
        );
      return (!isWritten || isSaid('ComponentWrite')) && (!isTold || isSaid('Publish'));
    });
  },
} satisfies Readonly<Record<Conduct & PropertyName, Declare>>;

/** Who asks a host to be followed, and under which number. */
const leadsIn = (read: Read, inbox: ReturnType<World['inbox']>) =>
  read(inbox).flatMap(({from, message}) => (message.type === 'Lead' ? [{at: from, number: message.number}] : []));
