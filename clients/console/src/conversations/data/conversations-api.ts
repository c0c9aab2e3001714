import type { Conversation } from "realtime-sessions";
import type { Api } from "../../api/api";
import {
  readConversation, readGroup, readPerson, readSpace, writeDraft, type ConversationDraft, type ConversationResource, type Group, type GroupResource, type Person,
  type PersonResource, type Space, type SpaceResource, type SpaceRole,
} from "./resources";

/** A page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Where the list continues; `undefined`: nowhere. */
  readonly next: string | undefined;
}

/** Which conversations. */
export interface ConversationQuery {
  readonly spaceId?: number;
  /** Those linked with this. */
  readonly externalObjectId?: string;
}

/** Whom to make a member of a space: by number, or by e-mail address. */
export type NewMember = ({ readonly userId: number } | { readonly email: string }) & { readonly role: SpaceRole };

/** How many objects the server answers with at most. */
const wholePage = 100;

/** Conversations, spaces, groups and people over REST. Everything fails with an `ApiError`. */
export class ConversationsApi {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  async self(): Promise<Person> {
    return readPerson(only(await this.#api.call<{ users: PersonResource[] }>("userinfo")));
  }

  async person(userId: number): Promise<Person> {
    return readPerson(only(await this.#api.call<{ users: PersonResource[] }>(`users/${userId}`)));
  }

  /** Some of those whom one shares a space with, newest first. */
  findPeople(of: { readonly spaceId?: number; readonly like?: string }, count: number, signal?: AbortSignal): Promise<Page<Person>> {
    return this.#page("users", readPerson, { space_id: of.spaceId, like: of.like, per_page: count }, undefined, signal);
  }

  /** One's spaces, newest first. */
  listSpaces(next?: string, signal?: AbortSignal): Promise<Page<Space>> {
    return this.#page("spaces", readSpace, { include: "participants" }, next, signal);
  }

  async space(spaceId: number): Promise<Space> {
    return readSpace(only(await this.#api.call<{ spaces: SpaceResource[] }>(`spaces/${spaceId}`, { query: { include: "participants" } })));
  }

  async createSpace(space: Pick<Space, "name" | "details">): Promise<Space> {
    const made = await this.#api.call<{ spaces: SpaceResource[] }>("spaces", { method: "POST", query: { include: "participants" }, body: { spaces: [space] } });
    return readSpace(only(made));
  }

  /** Changes what is given. */
  async changeSpace(spaceId: number, space: Partial<Pick<Space, "name" | "details">>): Promise<void> {
    await this.#api.call(`spaces/${spaceId}`, { method: "PUT", body: { spaces: [space] } });
  }

  deleteSpace(spaceId: number): Promise<void> {
    return this.#api.call(`spaces/${spaceId}`, { method: "DELETE" });
  }

  /** Makes somebody a member, or gives a member another role. */
  async addMember(spaceId: number, { role, ...who }: NewMember): Promise<void> {
    const participant = "email" in who ? { email: who.email, role } : { user_id: who.userId, role };
    await this.#api.call(`spaces/${spaceId}/participants`, { method: "POST", body: { participants: [participant] } });
  }

  removeMember(spaceId: number, userId: number): Promise<void> {
    return this.#api.call(`spaces/${spaceId}/participants/${userId}`, { method: "DELETE" });
  }

  /** All groups of a space, newest first. */
  async groups(spaceId: number): Promise<readonly Group[]> {
    const groups: Group[] = [];
    let next: string | undefined;
    do {
      const page: Page<Group> = await this.#page("groups", readGroup, { space_id: spaceId, per_page: wholePage }, next);
      groups.push(...page.items);
      next = page.next;
    } while (next !== undefined);
    return groups;
  }

  async group(groupId: number): Promise<Group> {
    return readGroup(only(await this.#api.call<{ groups: GroupResource[] }>(`groups/${groupId}`)));
  }

  async createGroup(spaceId: number, { name, userIds }: Pick<Group, "name" | "userIds">): Promise<void> {
    await this.#api.call("groups", { method: "POST", body: { groups: [{ name, user_ids: userIds, space_id: spaceId }] } });
  }

  /** Changes what is given. */
  async changeGroup(groupId: number, { name, userIds }: Partial<Pick<Group, "name" | "userIds">>): Promise<void> {
    await this.#api.call(`groups/${groupId}`, { method: "PUT", body: { groups: [{ name, user_ids: userIds }] } });
  }

  deleteGroup(groupId: number): Promise<void> {
    return this.#api.call(`groups/${groupId}`, { method: "DELETE" });
  }

  /** The conversations that one sees, those changed last first. */
  listConversations({ spaceId, externalObjectId }: ConversationQuery, count: number, next?: string, signal?: AbortSignal): Promise<Page<Conversation>> {
    const query = { order_by: "updated_at", space_id: spaceId, external_object_id: externalObjectId, per_page: count };
    return this.#page("conversations", readConversation, query, next, signal);
  }

  async createConversation(draft: ConversationDraft): Promise<Conversation> {
    const made = await this.#api.call<{ conversations: ConversationResource[] }>("conversations", { method: "POST", body: { conversations: [writeDraft(draft)] } });
    return readConversation(only(made));
  }

  /** Changes what is given. */
  async changeConversation(conversationId: number, draft: Partial<ConversationDraft>): Promise<Conversation> {
    const body = { conversations: [writeDraft(draft)] };
    return readConversation(only(await this.#api.call<{ conversations: ConversationResource[] }>(`conversations/${conversationId}`, { method: "PUT", body })));
  }

  deleteConversation(conversationId: number): Promise<void> {
    return this.#api.call(`conversations/${conversationId}`, { method: "DELETE" });
  }

  async #page<R, T>(list: string, read: (resource: R) => T, query: Record<string, string | number | undefined>, next?: string, signal?: AbortSignal): Promise<Page<T>> {
    const call = { ...(next === undefined && { query }), ...(signal && { signal }) };
    const answer = await this.#api.page<Record<string, readonly R[]>>(list + (next ?? ""), call);
    return { items: answer.body[list]!.map(read), next: answer.next };
  }
}

/** Also a single object comes in an array, under its plural name. */
function only<T>(body: Readonly<Record<string, readonly T[]>>): T {
  return Object.values(body)[0]![0]!;
}
