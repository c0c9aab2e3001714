import { figure } from "../lib/figures";
import { isAway, lastHeard, type Servers, type ServerSeries } from "./servers";

interface ServerChoiceProps {
  readonly servers: Servers;
  readonly chosen: ServerSeries;
  readonly onChoose: (serverId: string) => void;
}

/** Which of the servers behind the address is shown. */
export function ServerChoice({ servers, chosen, onChoose }: ServerChoiceProps) {
  const now = lastHeard(servers);
  return (
    <fieldset className="segments">
      <legend>Servers that answer in turn</legend>
      {servers.map(series => (
        <label key={series.report.serverId}>
          <input type="radio" name="server" checked={series === chosen} onChange={() => onChoose(series.report.serverId)} />
          <span>{series.report.serverId} · {isAway(series, now) ? "away" : `${figure(series.samples.at(-1)?.connections ?? 0)} connections`}</span>
        </label>
      ))}
    </fieldset>
  );
}
