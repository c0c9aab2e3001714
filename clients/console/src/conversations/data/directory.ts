import { useEffect, useSyncExternalStore } from "react";
import type { Api } from "../../api/api";
import { useHub } from "../../app/hub";
import { ConversationsApi } from "./conversations-api";
import { Known } from "./known";
import type { Group, Person } from "./resources";
import type { Place } from "./roles";

/** Whom one talks with: kept while one is signed in, so that a name is asked for once. */
export class Directory {
  readonly api: ConversationsApi;
  readonly people: Known<Person>;
  readonly groups: Known<Group>;
  readonly places: Known<Place>;
  #self: Promise<Person> | undefined;

  constructor(api: Api) {
    this.api = new ConversationsApi(api);
    this.people = new Known(id => this.api.person(id));
    this.groups = new Known(id => this.api.group(id));
    this.places = new Known(id => this.#place(id));
  }

  /** Whoever is signed in. Fails where the server has no conversations. */
  self(): Promise<Person> {
    return (this.#self ??= this.#read().catch((error: unknown) => {
      this.#self = undefined;
      throw error;
    }));
  }

  /** Remembers people that were found. */
  meet(people: readonly Person[]): void {
    this.people.put(people.map(person => [person.userId, person]));
  }

  /** A space and its groups as they are now. */
  async visit(spaceId: number, signal?: AbortSignal): Promise<Place> {
    const [place, people] = await Promise.all([this.#place(spaceId), this.api.findPeople({ spaceId }, 100, signal)]);
    this.meet(people.items);
    this.places.put([[spaceId, place]]);
    return place;
  }

  async #place(spaceId: number): Promise<Place> {
    const [space, groups] = await Promise.all([this.api.space(spaceId), this.api.groups(spaceId)]);
    this.groups.put(groups.map(group => [group.groupId, group]));
    return { space, groups };
  }

  async #read(): Promise<Person> {
    const self = await this.api.self();
    this.meet([self]);
    return self;
  }
}

const directories = new WeakMap<Api, Directory>();

/** The directory of whoever is signed in. */
export function useDirectory(): Directory {
  const { api } = useHub();
  let directory = directories.get(api);
  if (!directory) directories.set(api, (directory = new Directory(api)));
  return directory;
}

/** Something by its number; `undefined` until it is known, and where it cannot be had. */
function useKnown<T>(known: Known<T>, id: number | undefined): T | undefined {
  useEffect(() => {
    if (id !== undefined) known.want(id);
  }, [known, id]);
  return useSyncExternalStore(known.subscribe, () => (id === undefined ? undefined : known.get(id)));
}

/** What somebody is called. */
export function usePersonName(userId: number): string {
  return useKnown(useDirectory().people, userId)?.name ?? `User ${userId}`;
}

/** What a group is called. */
export function useGroupName(groupId: number): string {
  return useKnown(useDirectory().groups, groupId)?.name ?? `Group ${groupId}`;
}

/** A space with its groups, as they were when they were last read; `undefined` while nobody knows. */
export function usePlace(spaceId: number | undefined): Place | undefined {
  return useKnown(useDirectory().places, spaceId);
}

/** Everybody whom one has met so far. */
export function usePeople(): readonly Person[] {
  const { people } = useDirectory();
  return useSyncExternalStore(people.subscribe, () => people.all);
}
