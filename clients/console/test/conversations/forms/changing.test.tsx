// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { ConversationRole, Stakeholder } from "realtime-sessions";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HubProvider } from "../../../src/app/hub";
import { ConversationDialog } from "../../../src/conversations/forms/conversation-dialog";
import { GroupDialog } from "../../../src/conversations/forms/group-dialog";
import { SpaceDialog } from "../../../src/conversations/forms/space-dialog";
import { conversation } from "../../support/conversation";
import { hubOf, TestConnection } from "../../support/hub";

let answers: Record<string, unknown>;
let hub: ReturnType<typeof hubOf>;
let done: unknown[];

beforeEach(() => {
  done = [];
  const people = ["alice", "bob", "carol", "dora"].map((name, index) => ({ id: index + 1, name }));
  answers = { users: { users: people }, ...Object.fromEntries(people.map(person => [`users/${person.id}`, { users: [person] }])) };
  const client = Object.assign(new TestConnection(), { listApplications: () => Promise.resolve({ applications: [] }) });
  hub = hubOf(answers, client);
});

afterEach(cleanup);

const on = { onDone: (what?: unknown) => done.push(what), onClose: () => undefined };

/** Shows a dialog as it is when it is opened, and then with what has changed meanwhile. */
async function open(dialog: ReactNode, later: ReactNode = dialog) {
  const page = (dialog: ReactNode) => <HubProvider value={hub}>{dialog}</HubProvider>;
  const { rerender } = await act(async () => render(page(dialog)));
  await act(async () => rerender(page(later)));
}

const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name, hidden: true }));
const save = () => act(async () => void fireEvent.submit(document.querySelector("form")!));

describe("ConversationDialog", () => {
  const before = conversation(7, 7, { participants: [{ userId: 1 }, { userId: 2 }] });
  const others = {
    ...before, name: "Theirs", details: "Said by others", stakeholder: Stakeholder.Everyone, defaultRole: ConversationRole.Editor, participants: [{ userId: 1 }, { userId: 2 }, { userId: 3 }],
    externalObjects: [{ id: "x", name: "X" }],
  };
  const resource = { id: 7, name: "", details: "", creator_id: 1, participants: [], groups: [], stakeholder: 1, default_role: 1, tags: [], external_objects: [], created_at: 0, updated_at: 0 };
  const openBoth = () => open(<ConversationDialog conversation={before} {...on} />, <ConversationDialog conversation={others} {...on} />);

  it("sends what one has changed and nothing else", async () => {
    answers["conversations/7"] = { conversations: [resource] };
    await openBoth();
    type("Name", "Mine");
    await save();
    expect(hub.api.changes).toEqual([{ method: "PUT", path: "conversations/7", body: { conversations: [{ name: "Mine" }] } }]);
    expect(done).toHaveLength(1);
  });

  it("keeps in a list whom others have added", async () => {
    answers["conversations/7"] = { conversations: [resource] };
    await openBoth();
    press("Remove bob");
    press("+ dora");
    await save();
    expect(hub.api.changes[0]!.body).toEqual({ conversations: [{ participants: [{ user_id: 1 }, { user_id: 3 }, { user_id: 4 }] }] });
  });

  it("sends nothing where nothing was changed", async () => {
    await openBoth();
    await save();
    expect(hub.api.changes).toEqual([]);
    expect(done).toEqual([others]);
  });

  it("leaves nobody in one's own, also not whom others have added", async () => {
    answers["conversations/7"] = { conversations: [resource] };
    await openBoth();
    type("Who sees it", String(Stakeholder.JustMe));
    await save();
    expect(hub.api.changes[0]!.body).toEqual({ conversations: [{ stakeholder: Stakeholder.JustMe, participants: [] }] });
  });
});

describe("SpaceDialog", () => {
  const space = { spaceId: 5, name: "Building", details: "Ours", updatedAt: 0, members: [] };

  it("sends what one has changed and nothing else", async () => {
    answers["spaces/5"] = {};
    await open(<SpaceDialog space={space} {...on} />, <SpaceDialog space={{ ...space, details: "Theirs" }} {...on} />);
    type("Name", "House");
    await save();
    expect(hub.api.changes).toEqual([{ method: "PUT", path: "spaces/5", body: { spaces: [{ name: "House" }] } }]);
    expect(done).toEqual([5]);
  });
});

describe("GroupDialog", () => {
  const group = { groupId: 3, spaceId: 5, name: "Roofers", userIds: [1, 2] };
  const openIt = () => open(<GroupDialog spaceId={5} group={group} {...on} />);

  beforeEach(() => {
    // Carol came, and alice went, since the dialog was opened.
    answers["groups/3"] = { groups: [{ id: 3, name: "Roofers", space_id: 5, user_ids: [2, 3] }] };
  });

  it("sends no members with another name", async () => {
    await openIt();
    type("Name", "Tilers");
    await save();
    expect(hub.api.changes).toEqual([{ method: "PUT", path: "groups/3", body: { groups: [{ name: "Tilers" }] } }]);
  });

  it("keeps what others have made of the members", async () => {
    await openIt();
    press("Remove bob");
    press("+ dora");
    await save();
    expect(hub.api.changes[0]!.body).toEqual({ groups: [{ user_ids: [3, 4] }] });
  });
});
