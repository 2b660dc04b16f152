/** Why a reduction is wrong, in words, and where that shows. */
export type Flaw = {
  readonly claim: string;
  /** The states that it is about, each under what it is called there. */
  readonly states: readonly {readonly what: string; readonly state: Readonly<Record<string, unknown>>}[];
};

/** What an audit found of one reduction, at one size of the model. */
export type AuditedReduction = {
  readonly reduction: 'normalisers' | 'symmetry' | 'partial-order';
  readonly verdict: 'proved' | 'refuted' | 'incomplete';
  /** Why the audit is incomplete; null when it is not. */
  readonly reason: string | null;
  /** Distinct states without this reduction and with it; null where the search did not complete. */
  readonly full: number | null;
  readonly reduced: number | null;
  /** Null unless refuted. */
  readonly flaw: Flaw | null;
};

/** Are the reductions of a model right, at one size of it? */
export type Audit = {
  readonly model: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** `nothing`: the model declares no reduction, and cannot be searched with partial-order reduction. */
  readonly verdict: 'proved' | 'refuted' | 'incomplete' | 'nothing';
  /** Why nothing is known, in words; null where the reductions say what is. */
  readonly reason: string | null;
  readonly reductions: readonly AuditedReduction[];
  readonly seconds: number;
  readonly peakMemoryBytes: number;
};
