// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, test } from "vitest";
import { HubProvider } from "../../../src/app/hub";
import { useConversations } from "../../../src/conversations/list/use-conversations";
import { hubOf, TestConnection, unreachable } from "../../support/hub";

afterEach(cleanup);

test("useConversations_ConnectionAgain_ReadsWhatCouldNotBeRead", async () => {
  const connection = new TestConnection();
  const answers: Record<string, unknown> = { conversations: unreachable };
  const hub = hubOf(answers, connection);
  const wrapper = ({ children }: { readonly children: ReactNode }) => <HubProvider value={hub}>{children}</HubProvider>;
  const { result } = await act(async () => renderHook(() => useConversations({}, [], 1), { wrapper }));
  expect(result.current).toMatchObject({ isRead: false, problem: "The server cannot be reached." });

  answers["conversations"] = { conversations: [] };
  await act(async () => connection.become("connected"));
  expect(result.current).toMatchObject({ isRead: true, problem: undefined });
  expect(result.current.list.heard).toBeUndefined();
});
