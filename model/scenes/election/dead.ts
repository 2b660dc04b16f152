import {outcomes, restart} from '../../../src/index.js';
import type {Builder} from '../../index.js';
import type {World} from './world.js';

/**
 * What a host ignores because of its term it ignores for ever, because terms never go back; so it may be forgotten.
 * That is not declared: the library itself is asked, a host that is down as it will be when it restarts.
 */
export const declareDead = (m: Builder, {hosts, host, inbox, configAt, NONE}: World): void => {
  for (const name of hosts) {
    m.normalise(`dead messages to ${name}`, {of: inbox(name)}, (messages, read) => {
      const state = read(host(name));
      const standing = state.role === 'down' ? restart(state.durable) : state;
      return messages.filter(({from, message}) =>
        outcomes(configAt(name), standing, {type: 'Received', from, message, ...NONE}).some(
          ({rules: [rule]}) => rule !== 'TM-02',
        ),
      );
    });
  }
};
