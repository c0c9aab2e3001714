// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { LiveConversation } from "realtime-sessions";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CommentForm } from "../../../src/conversations/comments/comment-form";

let sent: [string, unknown][];
let answer: () => Promise<never>;

beforeEach(() => {
  sent = [];
  answer = () => new Promise(() => undefined);
  const conversation = { sendComment: (content: string, options: unknown) => (sent.push([content, options]), answer()) } as unknown as LiveConversation;
  render(<CommentForm conversation={conversation} mentionables={[{ name: "alice", text: "@user:4" }, { name: "alan", text: "@user:5" }]} />);
});

afterEach(cleanup);

const area = () => screen.getByLabelText<HTMLTextAreaElement>("Your comment");
const type = (text: string) => fireEvent.change(area(), { target: { value: text, selectionStart: text.length } });

test("CommentForm_ControlEnter_Sends", () => {
  type("  Shipped ");
  fireEvent.click(screen.getByLabelText("Important"));
  fireEvent.keyDown(area(), { key: "Enter", ctrlKey: true });
  expect(sent).toEqual([["Shipped", { priority: 1 }]]);
  expect(area().value).toBe("");
});

test("CommentForm_Enter_MakesALine", () => {
  type("Shipped");
  expect(fireEvent.keyDown(area(), { key: "Enter" })).toBe(true);
  expect(sent).toEqual([]);
});

test("CommentForm_Blank_IsNotSent", () => {
  type(" \n");
  fireEvent.keyDown(area(), { key: "Enter", ctrlKey: true });
  expect(sent).toEqual([]);
});

test("CommentForm_MentionByKeyboard_IsWritten", () => {
  type("Ask @al");
  fireEvent.keyDown(area(), { key: "ArrowDown" });
  expect(screen.getByRole("option", { selected: true }).textContent).toContain("alan");
  expect(area().getAttribute("aria-activedescendant")).toBe(screen.getByRole("option", { selected: true }).id);
  fireEvent.keyDown(area(), { key: "Enter" });
  expect(area().value).toBe("Ask @user:5 ");
  expect(screen.queryByRole("listbox")).toBeNull();
});

test("CommentForm_Escape_SendsTheOffersAway", () => {
  type("@al");
  fireEvent.keyDown(area(), { key: "Escape" });
  expect(screen.queryByRole("listbox")).toBeNull();
});

test("CommentForm_Refused_CanBeTakenUpAgain", async () => {
  answer = () => Promise.reject(new Error("@user:9 takes no part in the conversation."));
  type("Hello @user:9 there");
  await act(async () => fireEvent.keyDown(area(), { key: "Enter", ctrlKey: true }));
  expect(screen.getByRole("alert").textContent).toContain("takes no part");
  fireEvent.click(screen.getByText("Take it up again"));
  expect(area().value).toBe("Hello @user:9 there");
  expect(screen.queryByRole("alert")).toBeNull();
});
