const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const precise = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const byteUnits = ["B", "KiB", "MiB", "GiB", "TiB"] as const;

/** A number with three digits that count, all of them from 100 on: `0.123`, `12.3`, `12,345`. */
export function figure(value: number): string {
  return (Math.abs(value) < 100 ? precise : whole).format(value);
}

/** A time: `0.42 ms`, `1.5 s`. */
export function milliseconds(value: number): string {
  return value < 1_000 ? `${figure(value)} ms` : `${figure(value / 1_000)} s`;
}

/** A fraction: `12.3 %`. */
export function percent(value: number): string {
  return `${figure(value * 100)} %`;
}

/** An amount of memory: `512 B`, `1.5 MiB`. */
export function bytes(value: number): string {
  const power = value < 1 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log2(value) / 10));
  return `${figure(value / 1024 ** power)} ${byteUnits[power]}`;
}
