// The messages that lie in the channels of a scene, in some state that it can reach.

import {type Builder, type Channel, check, type Model, type Plain} from '../../model/index.js';

/** States after which nothing new is expected. */
const MOST = 100_000;

/**
 * Explores the scene, as far as so many states, and collects what it sends on its channel `inbox`, without the
 * envelope, each message once.
 */
export const messagesOf = async (
  scene: Model,
  choices: Readonly<Record<string, string>>,
): Promise<readonly object[]> => {
  const seen = new Map<string, object>();
  const collecting: Model = {
    ...scene,
    build(m, options) {
      const inboxes: Channel<Plain, {readonly message: object}>[] = [];
      const channel = (...[name, keys, settings]: Parameters<Builder['channel']>) => {
        const declared = m.channel(name, keys, settings);
        if (name === 'inbox') inboxes.push(declared as (typeof inboxes)[number]);
        return declared;
      };
      scene.build({...m, channel: channel as Builder['channel']}, options);
      for (const inbox of inboxes.flatMap(({members}) => members)) {
        m.invariant(`collects ${inbox.name}`, read => {
          for (const {message} of read(inbox)) seen.set(JSON.stringify(message), message);
          return true;
        });
      }
    },
  };
  await check(collecting, choices, {states: MOST});
  return [...seen.values()];
};
