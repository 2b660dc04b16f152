/** What the protection state of a VM says: fail it over, or do not. CLEAR is SET of `unprotected`. */
export type Protection = 'protected' | 'unprotected';
