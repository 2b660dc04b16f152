import {anyOf, integer, model, next, product, type Read, range} from '../index.js';

type Direction = 'up' | 'down';
type Call = {readonly floor: number; readonly direction: Direction};
/** Where somebody is: on a floor, or in a car. */
type Person = {readonly at: number | string; readonly to: number; readonly isWaiting: boolean};
type Car = {
  readonly floor: number;
  readonly direction: Direction | null;
  readonly isOpen: boolean;
  readonly pressed: readonly number[];
};

const DIRECTIONS: readonly Direction[] = ['up', 'down'];

const towards = (from: number, to: number): Direction => (to > from ? 'up' : 'down');
const isAt = (car: Car, {floor, direction}: Call): boolean => car.floor === floor && car.direction === direction;
const nextFloor = ({floor, direction}: Car): number => (direction === 'up' ? floor + 1 : floor - 1);

/**
 * Several cars serve a house; doors, moves and dispatching need strong fairness (Elevator.tla of the TLA+ examples).
 */
export const elevator = model({
  name: 'elevator',
  summary: 'Whoever waits for one of several cars arrives at last (Elevator.tla).',
  options: {
    people: integer({default: 2, min: 1, max: 3, about: 'people in the house'}),
    cars: integer({default: 2, min: 1, max: 3, about: 'cars'}),
    floors: integer({default: 2, min: 1, max: 4, about: 'floors'}),
  },
  build(m, {people, cars: count, floors: height}) {
    const everyone = range(people).map(i => `p${i + 1}`);
    const cars = range(count).map(i => `e${i + 1}`);
    const floors = range(height);
    const calls = floors.flatMap(floor => DIRECTIONS.map((direction): Call => ({floor, direction})));
    const persons = floors.flatMap(at => floors.map((to): Person => ({at, to, isWaiting: false})));
    const parked = floors.map((floor): Car => ({floor, direction: null, isOpen: false, pressed: []}));
    const person = m.slots('person', everyone, anyOf(persons));
    const car = m.slots('car', cars, anyOf(parked));
    const active = m.set<Call>('calls');

    const gettingOn = (read: Read, {floor, direction}: Car): readonly string[] =>
      everyone.filter(p => {
        const {at, to, isWaiting} = read(person(p));
        return at === floor && isWaiting && towards(floor, to) === direction;
      });
    const gettingOff = (read: Read, e: string): readonly string[] =>
      everyone.filter(p => read(person(p)).at === e && read(person(p)).to === read(car(e)).floor);
    const mayOpen = (read: Read, e: string): boolean => {
      const it = read(car(e));
      return !it.isOpen && (read(active).some(call => isAt(it, call)) || it.pressed.includes(it.floor));
    };

    m.action('PickNewDestination', {each: everyone}, (read, p) => {
      const it = read(person(p));
      return it.isWaiting ? [] : floors.filter(to => to !== it.at).map(to => next(person(p).set({...it, to})));
    });
    m.action('CallElevator', {each: everyone, fair: 'weak'}, (read, p) => {
      const it = read(person(p));
      if (it.isWaiting || it.at === it.to || typeof it.at === 'string') return [];
      const call = {floor: it.at, direction: towards(it.at, it.to)};
      const isThere = cars.some(e => isAt(read(car(e)), call) && read(car(e)).isOpen);
      return [next(person(p).set({...it, isWaiting: true}), ...(isThere ? [] : [active.add(call)]))];
    });
    m.action('OpenElevatorDoors', {each: cars, fair: 'weak'}, (read, e) => {
      if (!mayOpen(read, e)) return [];
      const {floor, direction, pressed} = read(car(e));
      const opened = car(e).set({floor, direction, isOpen: true, pressed: pressed.filter(f => f !== floor)});
      return [next(opened, ...(direction === null ? [] : [active.remove({floor, direction})]))];
    });
    m.action('EnterElevator', {each: cars, fair: 'weak'}, (read, e) => {
      const it = read(car(e));
      const who = gettingOn(read, it);
      if (!it.isOpen || who.length === 0) return [];
      const pressed = floors.filter(f => it.pressed.includes(f) || who.some(p => read(person(p)).to === f));
      return [next(car(e).set({...it, pressed}), ...who.map(p => person(p).set({...read(person(p)), at: e})))];
    });
    m.action('ExitElevator', {each: cars, fair: 'weak'}, (read, e) => {
      const {floor, isOpen} = read(car(e));
      const who = gettingOff(read, e);
      const arrive = (p: string) => person(p).set({...read(person(p)), at: floor, isWaiting: false});
      return isOpen && who.length > 0 ? [next(...who.map(arrive))] : [];
    });
    m.action('CloseElevatorDoors', {each: cars, fair: 'strong'}, (read, e) => {
      const it = read(car(e));
      const isDone = gettingOn(read, it).length === 0 && gettingOff(read, e).length === 0;
      return it.isOpen && isDone ? [next(car(e).set({...it, isOpen: false}))] : [];
    });
    m.action('MoveElevator', {each: cars, fair: 'strong'}, (read, e) => {
      const it = read(car(e));
      if (it.direction === null || it.isOpen || it.pressed.includes(it.floor)) return [];
      const others = cars.filter(other => other !== e).map(other => read(car(other)));
      const isNeeded = read(active).some(call => isAt(it, call) && !others.some(other => isAt(other, call)));
      return isNeeded || !floors.includes(nextFloor(it)) ? [] : [next(car(e).set({...it, floor: nextFloor(it)}))];
    });
    m.action('StopElevator', {each: cars, fair: 'weak'}, (read, e) => {
      const it = read(car(e));
      const isAtTheEnd = !floors.includes(nextFloor(it));
      return isAtTheEnd && !it.isOpen && !mayOpen(read, e) ? [next(car(e).set({...it, direction: null}))] : [];
    });
    m.action('DispatchElevator', {each: calls, fair: 'strong'}, (read, call) => {
      const able = cars.filter(e => {
        const {floor, direction} = read(car(e));
        const isOnItsWay = floor === call.floor || towards(floor, call.floor) === direction;
        return direction === null || (direction === call.direction && isOnItsWay);
      });
      const distance = (e: string) => Math.abs(read(car(e)).floor - call.floor);
      const [first, ...rest] = able;
      if (!read(active.has(call)) || first === undefined) return [];
      const closest = rest.reduce((best, e) => (distance(e) < distance(best) ? e : best), first);
      const it = read(car(closest));
      return [it.direction === null ? next(car(closest).set({...it, ...call})) : next()];
    });

    m.invariant('ButtonsAreOfPeople', {each: cars}, (read, e) =>
      read(car(e)).pressed.every(f => everyone.some(p => read(person(p)).at === e && read(person(p)).to === f)),
    );
    m.invariant('RightWay', {each: product(everyone, cars)}, (read, p, e) => {
      const {at, to} = read(person(p));
      const {floor, direction} = read(car(e));
      return at !== e || floor === to || direction === towards(floor, to);
    });
    m.leadsTo(
      'CallsAreServed',
      {each: calls},
      (read, call) => read(active.has(call)),
      (read, call) => cars.some(e => isAt(read(car(e)), call)),
    );
    m.leadsTo(
      'EveryoneArrives',
      {each: everyone},
      (read, p) => read(person(p)).isWaiting,
      (read, p) => read(person(p)).at === read(person(p)).to,
    );
  },
});
