import { useId, type PointerEvent } from "react";
import { nearestIndex, pathOf } from "../lib/path";
import { scaleTo, type Roundness } from "../lib/scale";
import { clock } from "../lib/time";
import "./chart.css";

/** A line of a chart. */
export interface ChartLine {
  readonly label: string;
  /** A value for each moment; `undefined`: there was none. */
  readonly values: readonly (number | undefined)[];
}

interface ChartProps {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  /** The moments, oldest first, in milliseconds since 1970. */
  readonly times: readonly number[];
  /** What the time axis shows, in milliseconds since 1970. */
  readonly from: number;
  readonly until: number;
  /** Moments further apart than this are not joined, in milliseconds. */
  readonly gap: number;
  readonly format: (value: number) => string;
  /** What the round values on its axis are. */
  readonly roundness?: Roundness;
  /** The moment that is looked at, in milliseconds since 1970; `undefined`: the latest. */
  readonly moment: number | undefined;
  readonly onMoment: (moment: number | undefined) => void;
}

/** Lines over time, with the values of one moment: the latest, or one that is pointed at, or chosen by the arrow keys. */
export function Chart({ title, lines, times, from, until, gap, format, roundness = {}, moment, onMoment }: ChartProps) {
  const heading = useId();
  const known = lines.flatMap(line => line.values.filter(value => value !== undefined));
  const { top, ticks } = scaleTo(Math.max(0, ...known), roundness);
  const last = times.length - 1;
  const chosen = moment === undefined ? last : nearestIndex(times, moment);
  const at = times[chosen];
  const valueOf = (line: ChartLine, index: number) => (line.values[index] === undefined ? "–" : format(line.values[index]));
  const across = (time: number) => `${((time - from) / (until - from)) * 100}%`;

  function point({ clientX, currentTarget }: PointerEvent) {
    const { left, width } = currentTarget.getBoundingClientRect();
    const nearest = nearestIndex(times, from + ((clientX - left) / width) * (until - from));
    onMoment(times[nearest]);
  }

  return (
    <figure className="card chart" aria-labelledby={heading}>
      <figcaption>
        <h3 id={heading}>{title}</h3>
        <dl>
          {lines.map((line, index) => (
            <div key={line.label}><dt data-tone={lines.length > 1 ? index : undefined}>{line.label}</dt><dd>{valueOf(line, chosen)}</dd></div>
          ))}
        </dl>
      </figcaption>
      <div className="plot" onPointerMove={point} onPointerDown={point} onPointerLeave={() => onMoment(undefined)}>
        {ticks.map(tick => <span key={tick} className="tick" style={{ bottom: `${(tick / top) * 100}%` }} aria-hidden="true">{format(tick)}</span>)}
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={describe(title, lines, last, format)}>
          {ticks.map(tick => <path key={tick} className="grid" d={`M0 ${100 - (tick / top) * 100}H100`} />)}
          {lines.map((line, index) => <path key={line.label} className="line" data-tone={index} d={pathOf(times, line.values, { from, until, top, gap })} />)}
        </svg>
        {moment !== undefined && at !== undefined && <span className="cursor" style={{ left: across(at) }} aria-hidden="true" />}
        <input
          type="range" min={0} max={Math.max(0, last)} value={Math.max(0, chosen)} disabled={last < 0} aria-label={`${title}: moment`}
          aria-valuetext={at === undefined ? "no figures yet" : `${clock(at)}: ${lines.map(line => `${line.label} ${valueOf(line, chosen)}`).join(", ")}`}
          onChange={event => onMoment(times[Number(event.target.value)])} onBlur={() => onMoment(undefined)}
        />
      </div>
      <p className="axis hint" aria-hidden="true"><span>{clock(from)}</span>{moment !== undefined && at !== undefined && <strong>{clock(at)}</strong>}<span>{clock(until)}</span></p>
    </figure>
  );
}

/** What one sees, for whoever does not. */
function describe(title: string, lines: readonly ChartLine[], last: number, format: (value: number) => string): string {
  const texts = lines.map(({ label, values }) => {
    const known = values.filter(value => value !== undefined);
    if (known.length === 0) return `${label}: no figures`;
    const now = values[last];
    return `${label}: ${now === undefined ? "none now" : `now ${format(now)}`}, lowest ${format(Math.min(...known))}, highest ${format(Math.max(...known))}`;
  });
  return `${title}. ${texts.join("; ")}`;
}
