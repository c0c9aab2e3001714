import type { Conversation, SpaceEvent } from "realtime-sessions";
import { useEffect, useMemo, useState } from "react";
import { useHub } from "../../app/hub";
import { askUntilAnswered } from "../../lib/ask-until-answered";
import type { ConversationQuery, Page } from "../data/conversations-api";
import { useDirectory } from "../data/directory";
import { asked, emptyList, heard, notRead, put, readAnew, readOn, type ConversationList, type Fits } from "./conversation-list";
import { useSpaceFeeds } from "./use-space-feeds";

/** Conversations that are kept up to date. */
export interface Conversations {
  readonly list: ConversationList;
  /** Whether the first page was read. */
  readonly isRead: boolean;
  readonly problem: string | undefined;
  /** Reads the next page. */
  readonly readOn: () => void;
  /** Reads again what could not be read. */
  readonly again: () => void;
  /** One has made or changed this oneself. */
  readonly put: (conversation: Conversation) => void;
}

/** Which page is to be read: the first one, again with every round, or the one at `next`. */
interface Asked {
  readonly round: number;
  readonly next: string | undefined;
  readonly length: number;
}

/** A page is at least that long. */
const pageLength = 25;

/**
 * Lists conversations, and keeps the list up to date by what the spaces tell. What fails for want of a connection is read when there is one.
 * @param spaceIds The spaces that the conversations may be in.
 * @param self Who one is.
 * @param onReset The spaces have changed in a way that may concern what one may do there. Default: nothing.
 */
export function useConversations({ spaceId, externalObjectId }: ConversationQuery, spaceIds: readonly number[], self: number, onReset?: () => void): Conversations {
  const { client } = useHub();
  const { api } = useDirectory();
  const [list, setList] = useState(emptyList);
  const [isRead, setIsRead] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [page, setPage] = useState<Asked>({ round: 0, next: undefined, length: pageLength });
  const fits = useMemo(() => fitting(spaceId, externalObjectId), [spaceId, externalObjectId]);

  useEffect(() => {
    const query = { ...(spaceId !== undefined && { spaceId }), ...(externalObjectId !== undefined && { externalObjectId }) };
    const show = (read: (before: ConversationList, answer: Page<Conversation>, fits: Fits) => ConversationList, answer: Page<Conversation>) => {
      setList(before => read(before, answer, fits));
      setIsRead(true);
      setProblem(undefined);
    };
    return askUntilAnswered(client, {
      ask: signal => {
        setList(asked);
        return api.listConversations(query, page.length, page.next, signal);
      },
      answered: answer => show(page.next === undefined ? readAnew : readOn, answer),
      failed: error => {
        setList(notRead);
        setProblem((error as Error).message);
      },
    });
  }, [client, api, spaceId, externalObjectId, fits, page]);

  useSpaceFeeds(spaceIds, {
    event: (event: SpaceEvent) => setList(before => heard(before, event, fits, self)),
    begun: readAgain,
    reset: () => {
      readAgain();
      onReset?.();
    },
  });

  function readAgain() {
    setPage(({ round }) => ({ round: round + 1, next: undefined, length: Math.min(100, Math.max(pageLength, list.entries.length)) }));
  }

  return {
    list, isRead, problem,
    readOn: () => setPage(before => (list.next === undefined ? before : { round: before.round + 1, next: list.next, length: pageLength })),
    again: () => setPage(before => ({ ...before, round: before.round + 1 })),
    put: conversation => setList(before => put(before, conversation, fits)),
  };
}

function fitting(spaceId: number | undefined, externalObjectId: string | undefined): Fits {
  return ({ externalObjects, ...conversation }) =>
    (spaceId === undefined || conversation.spaceId === spaceId) && (externalObjectId === undefined || externalObjects.some(({ id }) => id === externalObjectId));
}
