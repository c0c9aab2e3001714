import { Notice } from "../design/notice";
import { milliseconds } from "../lib/figures";
import type { ServerReport } from "./report";

const tones = { healthy: "good", degraded: "warn", unavailable: "bad" } as const;

/** How the engine is that stores everything. */
export function EngineHealth({ report: { engine } }: { readonly report: ServerReport }) {
  return (
    <section className="card engine" aria-labelledby="engine">
      <div className="row">
        <h2 id="engine">Storage engine</h2>
        <span className={`badge ${tones[engine.status]}`} role="status">{engine.status}</span>
        {engine.latency !== undefined && <span className="hint">answers in {milliseconds(engine.latency)}</span>}
      </div>
      <p className="hint">{engine.description}</p>
      {engine.problem && <Notice>{engine.problem}</Notice>}
    </section>
  );
}
