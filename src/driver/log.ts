// Writes a log, a line for each step, from wherever a module is run: what `holdfast conform validate` reads.

const FORMAT = 'holdfast-log/1';

/** Takes each step as it is done: what has happened, and what the module has ordered then. */
export type StepLog = (event: object, effects: readonly unknown[]) => void;

/**
 * A log of one module. `write` gets each line with its end; the head at once. It fits the observer of `runHost`:
 * `(event, {effects}) => logged(event, effects)`. What the disk held, `durable`, is named where this is not the first
 * run; `from` is the number of the first step.
 */
export const logTo = (
  write: (line: string) => void,
  {
    host,
    module,
    config,
    durable,
    from = 1,
  }: {
    readonly host: string;
    readonly module: 'ha' | 'storage' | 'host';
    readonly config: object;
    readonly durable?: object;
    readonly from?: number;
  },
): StepLog => {
  const line = (value: object): void => write(`${JSON.stringify(value)}\n`);
  line({log: FORMAT, host, module, config, ...(durable === undefined ? {} : {durable})});
  let seq = from;
  return (event, effects) => {
    line({host, seq, event, effects});
    seq += 1;
  };
};
