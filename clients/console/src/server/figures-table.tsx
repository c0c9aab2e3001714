import { useState } from "react";
import { clock } from "../lib/time";
import { charts } from "./charts";
import type { Sample } from "./report";

/** The figures of all charts as a table, the latest first, for whoever reads rather than looks. */
export function FiguresTable({ samples }: { readonly samples: readonly Sample[] }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="figures" onToggle={event => setIsOpen(event.currentTarget.open)}>
      <summary>All figures as a table</summary>
      {isOpen && (
        <div className="figures-scroll" tabIndex={0} role="group" aria-label="Figures">
          <table>
            <thead>
              <tr>
                <td />
                {charts.map(({ title, lines }) => <th key={title} scope="colgroup" colSpan={lines.length}>{title}</th>)}
              </tr>
              <tr>
                <th scope="col">Time</th>
                {charts.flatMap(({ title, lines }) => lines.map(({ label }) => <th key={`${title} ${label}`} scope="col">{label}</th>))}
              </tr>
            </thead>
            <tbody>{[...samples].reverse().map(sample => <Row key={sample.at} sample={sample} />)}</tbody>
          </table>
        </div>
      )}
    </details>
  );
}

function Row({ sample }: { readonly sample: Sample }) {
  return (
    <tr>
      <th scope="row">{clock(sample.at)}</th>
      {charts.flatMap(({ title, lines, format }) => lines.map(({ label, of }) => {
        const value = of(sample);
        return <td key={`${title} ${label}`}>{value === undefined ? "–" : format(value)}</td>;
      }))}
    </tr>
  );
}
