import { useEffect, useState } from "react";
import { ApiError } from "../api/api";
import { useHub } from "../app/hub";
import type { ServerReport } from "./report";
import { hear, nextAfter, type Servers } from "./servers";

/** How asking the servers goes. */
export interface ServersAsked {
  readonly servers: Servers;
  readonly problem: string | undefined;
  /** Whether one may not ask. */
  readonly isForbidden: boolean;
}

/** Until the first answer, and after a failure, in milliseconds. */
const patience = 3_000;

/** Asks the server how it is, as often as it has something new, while the page is looked at. */
export function useServers(): ServersAsked {
  const { api } = useHub();
  const [asked, setAsked] = useState<ServersAsked>({ servers: [], problem: undefined, isForbidden: false });

  useEffect(() => {
    const abort = new AbortController();
    let servers: Servers = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isAsking = false;

    async function ask() {
      clearTimeout(timer);
      if (isAsking || document.hidden) return;
      isAsking = true;
      let wait = patience;
      try {
        const after = nextAfter(servers, Date.now());
        const report = await api.call<ServerReport>("server", { query: { after }, signal: abort.signal });
        servers = hear(servers, report, after, Date.now());
        wait = report.interval * 1_000;
        setAsked({ servers, problem: undefined, isForbidden: false });
      } catch (error) {
        if (abort.signal.aborted) return;
        const isForbidden = error instanceof ApiError && error.status === 403;
        setAsked({ servers, problem: (error as Error).message, isForbidden });
        // Asking is over then: that does not change while one looks.
        if (isForbidden) return;
      }
      isAsking = false;
      timer = setTimeout(() => void ask(), wait);
    }

    const look = () => void ask();
    document.addEventListener("visibilitychange", look);
    void ask();
    return () => {
      abort.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [api]);

  return asked;
}
