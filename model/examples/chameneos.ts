import {anyOf, flag, integer, model, next, occursIn, range} from '../index.js';

const COLORS = ['blue', 'red', 'yellow'] as const;
type Color = (typeof COLORS)[number];
type Creature = {readonly color: Color | 'faded'; readonly met: number};

/** Both take the color that neither of them has; two of one color keep it. */
const mixed = (a: Creature, b: Creature): Creature['color'] =>
  a.color === b.color ? a.color : (COLORS.find(color => color !== a.color && color !== b.color) ?? 'faded');

/** Kaiser and Pradat-Peyre's Chameneos, a game of symmetric cooperation (Chameneos.tla of the TLA+ examples). */
export const chameneos = model({
  name: 'chameneos',
  summary: 'Creatures meet in pairs and change color, until they fade (Chameneos.tla).',
  options: {
    creatures: integer({default: 4, min: 2, max: 8, about: 'creatures'}),
    meetings: integer({default: 4, min: 1, max: 12, about: 'meetings after which everyone fades'}),
    symmetry: flag({about: 'search one state for all that differ in the names of creatures and colors only'}),
  },
  build(m, {creatures, meetings, symmetry}) {
    const everyone = range(creatures);
    const creature = m.slots('creature', everyone, anyOf<Creature>(COLORS.map(color => ({color, met: 0}))));
    const place = m.slot<number | null>('meetingPlace', null);
    const held = m.slot('numMeetings', 0);

    m.action('Enter', {each: everyone}, (read, c) =>
      read(place) === null && read(creature(c)).color !== 'faded' && read(held) < meetings ? [next(place.set(c))] : [],
    );
    m.action('Fade', {each: everyone}, (read, c) => {
      if (read(place) !== null || read(held) < meetings || read(creature(c)).color === 'faded') return [];
      return [next(creature(c).set({color: 'faded', met: read(creature(c)).met}))];
    });
    m.action('Meet', {each: everyone}, (read, c) => {
      const waiting = read(place);
      if (waiting === null || waiting === c || read(creature(c)).color === 'faded') return [];
      const [guest, host] = [read(creature(c)), read(creature(waiting))];
      const color = mixed(guest, host);
      return [
        next(
          place.set(null),
          creature(c).set({color, met: guest.met + 1}),
          creature(waiting).set({color, met: host.met + 1}),
          held.update('add', (count, more: number) => count + more, 1),
        ),
      ];
    });
    m.allowDeadlock(); // the game ends when all have faded

    const sumMet = m.fold('sumMet', creature.members, 0, (sum, {met}) => sum + met);
    m.invariant('SumMet', read => read(held) !== meetings || read(sumMet) === 2 * meetings);

    if (!symmetry) return;
    m.symmetry(everyone, {
      families: [creature],
      renamed: [occursIn(place, (c, renamed: (c: number) => number) => (c === null ? c : renamed(c)))],
    });
    m.symmetry(COLORS, {
      renamed: [
        occursIn(creature, ({color, met}, renamed: (color: Color) => Color) => ({
          color: color === 'faded' ? color : renamed(color),
          met,
        })),
      ],
    });
  },
});
