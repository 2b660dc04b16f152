/** A part of a whole in per cent: `41 %`, and `< 1 %` for what is little but something. */
export const share = (part: number, whole: number): string => {
  const percent = (100 * part) / Math.max(whole, 1);
  return part > 0 && percent < 1 ? '< 1 %' : `${Math.round(percent)} %`;
};
