// The orders that every part of a module gives: each part says what it sends, and which timers it has.

import type {HostId} from '../cluster/ids.js';

export type Send<Message> = {readonly type: 'Send'; readonly to: HostId; readonly message: Message};

/** Starts a timer, anew if it runs. How long it runs is the driver's. */
export type SetTimer<Timer> = {readonly type: 'SetTimer'; readonly timer: Timer};

export type CancelTimer<Timer> = {readonly type: 'CancelTimer'; readonly timer: Timer};

/** The same message to each of these hosts. */
export const toEach = <Message>(hosts: readonly HostId[], message: Message): readonly Send<Message>[] =>
  hosts.map(to => ({type: 'Send', to, message}));
