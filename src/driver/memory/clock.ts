// Time that passes only when it is told to: what is due is done in order, so every run is the same.

export type Clock = {
  /** Milliseconds since the clock was made. */
  readonly now: () => number;
  /** Calls `due` after so many milliseconds; what it returns takes that back. */
  readonly after: (milliseconds: number, due: () => void) => () => void;
  /** Lets so many milliseconds pass. */
  readonly pass: (milliseconds: number) => void;
};

type Appointment = {readonly at: number; readonly due: () => void};

export const createClock = (): Clock => {
  let time = 0;
  let agenda: readonly Appointment[] = [];

  /** The earliest; of several the one that was made first. */
  const nextUntil = (end: number): Appointment | undefined =>
    agenda
      .filter(({at}) => at <= end)
      .reduce<Appointment | undefined>(
        (first, other) => (first !== undefined && first.at <= other.at ? first : other),
        undefined,
      );

  return {
    now: () => time,
    after: (milliseconds, due) => {
      const appointment = {at: time + milliseconds, due};
      agenda = [...agenda, appointment];
      return () => {
        agenda = agenda.filter(other => other !== appointment);
      };
    },
    pass: milliseconds => {
      const end = time + milliseconds;
      for (let next = nextUntil(end); next !== undefined; next = nextUntil(end)) {
        const {at, due} = next;
        agenda = agenda.filter(other => other !== next);
        time = at;
        due();
      }
      time = end;
    },
  };
};
