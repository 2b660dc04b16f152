// What goes over both networks, in and out of a host: spec/messages.md.

export type Protection = 'protected' | 'unprotected';
export type SetResult = 'ok' | 'failed' | 'stale';
export type CallResult = SetResult | 'held';
export type Access = {readonly namespace: boolean; readonly all: boolean};

/** What a primary asks about, and what every answer repeats. */
export type RequestId = {
  readonly term: number;
  readonly vm: string;
  readonly generation: number;
  readonly round: number;
};

export type PowerOnResult =
  | {readonly type: 'ok' | 'capacity' | 'refused' | 'inaccessible' | 'failed'}
  | {readonly type: 'locked'; readonly holder: string};

export type Standing = {readonly accessible: boolean; readonly capacity: boolean; readonly holder: string | null};
export type Wanted = {readonly capacity: boolean; readonly level: boolean};
export type Ending = {readonly clean: boolean; readonly intent: number | null};
export type Report =
  | {readonly type: 'running' | 'storageLost' | 'absent'}
  | {readonly type: 'ended'; readonly ending: Ending};
export type Retrieval = {
  readonly vm: string;
  readonly value: Protection;
  readonly generation: number;
  readonly attempts: number;
};

type About<Type, Fields = unknown> = RequestId & {readonly type: Type} & Fields;
type OfTerm<Type, Fields = unknown> = {readonly type: Type; readonly term: number} & Fields;

export type HaMessage =
  | OfTerm<'Claim' | 'Superseded' | 'Alive' | 'Retrieve'>
  | OfTerm<'Candidacy', {readonly datastores: number}>
  | OfTerm<'Retrieved', {readonly retrievals: readonly Retrieval[]}>
  | OfTerm<'VmStatus', {readonly vm: string; readonly report: Report}>
  | OfTerm<'PlacePublished', {readonly vm: string; readonly standing: Standing}>
  | About<'AccessQuery', {readonly scope: keyof Access}>
  | About<'AccessAnswer', {readonly accessible: boolean; readonly reachable: readonly string[]}>
  | About<'SetCommand', {readonly value: Protection}>
  | About<'SetResult', {readonly result: SetResult}>
  | About<'WaitRegister', {readonly scope: keyof Access}>
  | About<'PlaceAnswer', {readonly standing: Standing}>
  | About<'RestartCommand', {readonly attempt: number}>
  | About<'RestartResult', {readonly result: PowerOnResult}>
  | About<'PlaceRegister', {readonly wanted: Wanted}>
  | About<'BecameAccessible' | 'PlaceQuery' | 'BecamePlaceable'>;

export type MessageOf<Type extends HaMessage['type']> = Extract<HaMessage, {readonly type: Type}>;

export type Timer =
  | {readonly type: 'Silence' | 'Election' | 'Isolation' | 'Heartbeat' | 'Retrieval'}
  | {readonly type: 'Host'; readonly host: string}
  | {
      readonly type: 'Fallback';
      readonly vm: string;
      readonly phase: string;
      readonly generation: number;
      readonly round: number;
    }
  | {
      readonly type: 'Failover';
      readonly vm: string;
      readonly stage: string;
      readonly round: number;
      readonly attempt: number;
    }
  | {readonly type: 'Ghost'; readonly vm: string}
  | {readonly type: 'Absence'; readonly object: string};

export type Probed = {
  readonly type: 'Probed';
  readonly host: string;
  readonly ping: boolean;
  readonly heartbeat: 'isolated' | 'well' | 'none';
};

/** `by` is whoever wants the VM on: the user, or a primary with the id of its command. */
export type PowerOn = {readonly vm: string; readonly generation: number} & (
  | {readonly by: 'user'}
  | {readonly by: 'primary'; readonly from: string; readonly attempt: number; readonly id: RequestId}
);

/** Fields in one order, so that what is the same is the same text. */
export const requestId = ({term, vm, generation, round}: RequestId): RequestId => ({term, vm, generation, round});
