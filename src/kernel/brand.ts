declare const brand: unique symbol;

/** A `Base` that only the constructor of `Name` makes, so that two kinds of id cannot be mistaken for each other. */
export type Brand<Base, Name extends string> = Base & {readonly [brand]: Name};
