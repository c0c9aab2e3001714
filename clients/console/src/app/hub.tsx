import { RealtimeClient } from "realtime-sessions";
import { createContext, useContext } from "react";
import { Api } from "../api/api";
import { serverUrl } from "../api/base";
import type { Credentials } from "../identity/credentials";

/** The server, as whoever is signed in uses it: live over the hub, and by REST where the hub has no method. */
export interface Hub {
  readonly client: RealtimeClient;
  readonly api: Api;
  readonly user: Credentials;
}

const HubContext = createContext<Hub | undefined>(undefined);

export const HubProvider = HubContext.Provider;

/** The server that the page around is about. */
export function useHub(): Hub {
  return useContext(HubContext)!;
}

export function openHub(user: Credentials): Hub {
  const accessToken = () => user.accessToken();
  return { client: new RealtimeClient({ url: serverUrl.href, accessToken, logger: () => undefined }), api: new Api(accessToken), user };
}
