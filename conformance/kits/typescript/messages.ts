// The messages, events and effects of an HA module, as in spec/messages.md.

export type Id = {readonly term: number; readonly vm: string; readonly generation: number; readonly round: number};

export type Access = {readonly namespace: boolean; readonly all: boolean};

export type Message =
  | {readonly type: 'Claim' | 'Superseded'; readonly term: number}
  | (Id & {readonly type: 'AccessQuery'; readonly scope: keyof Access})
  | (Id & {readonly type: 'WaitRegister'; readonly scope: keyof Access})
  | (Id & {readonly type: 'AccessAnswer'; readonly accessible: boolean; readonly reachable: readonly string[]})
  | (Id & {readonly type: 'SetCommand'; readonly value: string})
  | (Id & {readonly type: 'SetResult'; readonly result: string})
  | (Id & {readonly type: 'BecameAccessible'});

export type Phase = 'setting' | 'querying' | 'commanding' | 'waiting';

type Timer = {
  readonly type: 'Fallback';
  readonly vm: string;
  readonly phase: Phase;
  readonly generation: number;
  readonly round: number;
};

type Purpose =
  | {readonly type: 'Own'; readonly term: number; readonly round: number}
  | {readonly type: 'Command'; readonly from: string; readonly term: number; readonly round: number};

type Wanted = {readonly vm: string; readonly value: string; readonly generation: number};

type Call = Wanted & {readonly purpose: Purpose};

export type Event =
  | (Wanted & {readonly type: 'Request'})
  | {readonly type: 'Received'; readonly from: string; readonly message: Message; readonly accessible: Access}
  | {readonly type: 'StorageReplied'; readonly call: Call; readonly result: string; readonly accessible: Access}
  | {readonly type: 'AccessibilityChanged'; readonly vm: string; readonly accessible: Access}
  | {readonly type: 'TimerFired'; readonly timer: Timer; readonly accessible: Access}
  | {readonly type: 'Elected'; readonly term: number}
  | {readonly type: 'Crashed' | 'Restarted'};

export type Effect =
  | {readonly type: 'Persist'; readonly durable: {readonly term: number}}
  | {readonly type: 'Send'; readonly to: string; readonly message: Message}
  | {readonly type: 'CallStorage'; readonly call: Call}
  | (Wanted & {readonly type: 'Report'})
  | {readonly type: 'SetTimer' | 'CancelTimer'; readonly timer: Timer};

export const send = (to: string, message: Message): Effect => ({type: 'Send', to, message});

export const callStorage = ({vm, value, generation}: Wanted, purpose: Purpose): Effect => ({
  type: 'CallStorage',
  call: {vm, value, generation, purpose},
});

/** An answer carries the id of what it answers. */
export const echo = ({term, vm, generation, round}: Id): Id => ({term, vm, generation, round});
