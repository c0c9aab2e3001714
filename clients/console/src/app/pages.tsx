import { Route, Switch } from "wouter";
import { ApplicationsPage } from "../applications/applications-page";
import { SessionsPage } from "../sessions/sessions-page";
import { SessionPage } from "../session/session-page";
import { part } from "./part";

const SpacesPage = part(() => import("../conversations/spaces-page"));
const SpacePage = part(() => import("../conversations/space-page"));
const ConversationPage = part(() => import("../conversations/conversation-page"));
const ServerPage = part(() => import("../server/server-page"));

/** Which page is where: the address's fragment names it. */
export function Pages() {
  return (
    <Switch>
      <Route path="/"><ApplicationsPage /></Route>
      <Route path="/applications/:applicationId">{({ applicationId }) => <SessionsPage key={applicationId} applicationId={applicationId} />}</Route>
      <Route path="/applications/:applicationId/sessions/:sessionId">
        {ids => <SessionPage key={`${ids.applicationId}/${ids.sessionId}`} {...ids} />}
      </Route>
      <Route path="/conversations"><SpacesPage /></Route>
      <Route path="/spaces/:spaceId">{({ spaceId }) => <SpacePage key={spaceId} spaceId={Number(spaceId)} />}</Route>
      <Route path="/conversations/:conversationId">{({ conversationId }) => <ConversationPage key={conversationId} conversationId={Number(conversationId)} />}</Route>
      <Route path="/server"><ServerPage /></Route>
      <Route><p className="message">There is no such page.</p></Route>
    </Switch>
  );
}
