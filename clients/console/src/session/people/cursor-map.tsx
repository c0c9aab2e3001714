import type { Json, SessionSignal } from "realtime-sessions";
import { colorOf } from "../../lib/color";

/** A picture of the cursors: whatever signals carry numbers `x` and `y`, each connection as a dot in its person's colour. Nothing while there are none. */
export function CursorMap({ signals }: { readonly signals: readonly SessionSignal[] }) {
  const dots = signals.flatMap(signal => {
    const point = pointOf(signal.data);
    return point ? [{ ...point, ...signal }] : [];
  });
  if (dots.length === 0) return null;
  const width = Math.max(100, ...dots.map(dot => dot.x)) * 1.1;
  const height = Math.max(60, ...dots.map(dot => dot.y)) * 1.1;
  const left = Math.min(0, ...dots.map(dot => dot.x));
  const top = Math.min(0, ...dots.map(dot => dot.y));
  const size = (width - left) / 60;
  return (
    <svg className="cursor-map" viewBox={`${left} ${top} ${width - left} ${height - top}`} role="img" aria-label={`Cursors of ${dots.map(dot => dot.userId).join(", ")}`}>
      {dots.map(dot => (
        <g key={dot.connectionId} transform={`translate(${dot.x} ${dot.y})`}>
          <circle r={size} fill={colorOf(dot.userId)} />
          <text x={size * 1.6} y={size * 0.8} fontSize={size * 2.6}>{dot.userId}</text>
        </g>
      ))}
    </svg>
  );
}

function pointOf(data: Json | undefined): { readonly x: number; readonly y: number } | undefined {
  const { x, y } = (typeof data === "object" && data !== null ? data : {}) as { readonly x?: Json; readonly y?: Json };
  return typeof x === "number" && typeof y === "number" ? { x, y } : undefined;
}
