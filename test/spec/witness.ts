// A shortest trace of a scene to a state of a given kind, found by claiming that there is none.

import {type Builder, check, type Model, type Readable, type Result, type Violation} from '../../model/index.js';

/** The values of the slots that a goal asks for, by name: `register[v]`. */
export type StateOf = (slot: string) => unknown;

export type Witness = {readonly result: Result; readonly violation: Violation};

type Declared = Readable<unknown> & {readonly members?: readonly Readable<unknown>[]};

/**
 * Explores the scene without its own properties until the goal is reached, without the action `never`. Throws where
 * it never is.
 */
export const witness = async (
  scene: Model,
  choices: Readonly<Record<string, string>>,
  goal: (at: StateOf) => boolean,
  never?: string,
): Promise<Witness> => {
  const seeking: Model = {
    ...scene,
    build(m, options) {
      const slots = new Map<string, Readable<unknown>>();
      const noted = <T>(declared: T): T => {
        const family = declared as Declared;
        for (const slot of family.members ?? [family]) slots.set(slot.name, slot);
        return declared;
      };
      const none = () => {};
      scene.build(
        {
          ...m,
          slot: ((...given: Parameters<Builder['slot']>) => noted(m.slot(...given))) as Builder['slot'],
          channel: ((...given: Parameters<Builder['channel']>) => noted(m.channel(...given))) as Builder['channel'],
          slots: ((...given: Parameters<Builder['slots']>) => noted(m.slots(...given))) as Builder['slots'],
          action: ((...given: Parameters<Builder['action']>) => {
            if (given[0] !== never) m.action(...given);
          }) as Builder['action'],
          invariant: none,
          stepProperty: none,
          quiescent: none,
          leadsTo: none,
          symmetry: none,
        },
        options,
      );
      m.invariant(
        'no such state',
        read =>
          !goal(name => {
            const slot = slots.get(name);
            if (slot === undefined) throw new RangeError(`there is no slot ${name}; there are ${[...slots.keys()]}`);
            return read(slot);
          }),
      );
    },
  };
  const result = await check(seeking, choices);
  if (result.violation === null) throw new RangeError(`${scene.name} never comes to such a state: ${result.verdict}`);
  return {result, violation: result.violation};
};
