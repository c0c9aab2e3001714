import { useMemo, useState } from "react";
import { Age } from "../design/age";
import { Chart } from "../design/chart";
import { Notice } from "../design/notice";
import { charts } from "./charts";
import { EngineHealth } from "./engine-health";
import { FiguresTable } from "./figures-table";
import { ServerChoice } from "./server-choice";
import { shown, span, type ServerSeries } from "./servers";
import { useServers } from "./use-servers";
import "./server.css";

/** The shortest time that the charts show, in milliseconds. */
const shortest = 120_000;

/** How the server is, and how it was during the last minutes. */
export default function ServerPage() {
  const { servers, problem, isForbidden } = useServers();
  const [chosen, setChosen] = useState<string>();
  const series = shown(servers, chosen);
  if (isForbidden) return <p className="message" role="status">Only the server's administrators may see this.</p>;
  return (
    <div className="page server-page">
      <div className="page-head">
        <h1>Server</h1>
        {series && <span className="hint">{series.report.serverId} · version {series.report.version} · started <Age of={series.report.startedAt} /></span>}
      </div>
      {problem && <Notice>{problem}</Notice>}
      {!series && !problem && <p role="status">Loading …</p>}
      {servers.length > 1 && <ServerChoice servers={servers} chosen={series!} onChoose={setChosen} />}
      {series && <Series key={series.report.serverId} series={series} />}
    </div>
  );
}

function Series({ series: { report, samples } }: { readonly series: ServerSeries }) {
  const [moment, setMoment] = useState<number>();
  const times = useMemo(() => samples.map(({ at }) => Date.parse(at)), [samples]);
  const until = times.at(-1) ?? Date.parse(report.now);
  const from = Math.max(until - span, Math.min(times[0] ?? until, until - shortest));
  const drawn = useMemo(() => charts.map(({ lines, ...chart }) => ({ ...chart, lines: lines.map(({ label, of }) => ({ label, values: samples.map(of) })) })), [samples]);
  return (
    <>
      <EngineHealth report={report} />
      <section aria-labelledby="figures">
        <h2 id="figures" className="visually-hidden">The last minutes</h2>
        <div className="charts">
          {drawn.map(chart => <Chart key={chart.title} {...chart} times={times} from={from} until={until} gap={report.interval * 2_500} moment={moment} onMoment={setMoment} />)}
        </div>
      </section>
      <FiguresTable samples={samples} />
    </>
  );
}
