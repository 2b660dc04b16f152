// Quantities as a person reads them.

/** 1745408 as `1,745,408`. */
export const count = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');

/** A count with its noun: `1 state`, `288 states`. */
export const counted = (value: number, noun: string): string => `${count(value)} ${noun}${value === 1 ? '' : 's'}`;

/** A rate or another large count, to about three digits: `950`, `48 k`, `3.1 M`. */
export const rounded = (value: number): string =>
  value < 1e4 ? count(value) : value < 1e6 ? `${Math.round(value / 1e3)} k` : `${(value / 1e6).toFixed(1)} M`;

/** Bytes in binary units, as `--memory` takes them: `71 MiB`, `1.5 GiB`. */
export const memory = (bytes: number): string =>
  bytes < 2 ** 30 ? `${Math.ceil(bytes / 2 ** 20)} MiB` : `${(bytes / 2 ** 30).toFixed(1)} GiB`;

/** `0.05 s`, `12.3 s`, `4 min 5 s`. */
export const duration = (seconds: number): string =>
  seconds < 10
    ? `${seconds.toFixed(2)} s`
    : seconds < 120
      ? `${seconds.toFixed(1)} s`
      : `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
