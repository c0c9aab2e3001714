// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "../../src/api/api";
import { HubProvider } from "../../src/app/hub";
import { useAsked } from "../../src/lib/use-asked";
import { hubOf, TestConnection, unreachable } from "../support/hub";

/** A call that waits for its answer. */
interface Call {
  readonly of: string;
  readonly signal: AbortSignal;
  readonly answer: (answer: string) => void;
  readonly fail: (error: unknown) => void;
}

let calls: Call[];
let connection: TestConnection;

beforeEach(() => {
  calls = [];
  connection = new TestConnection();
});

afterEach(cleanup);

function show(of: string) {
  const hub = hubOf({}, connection);
  const wrapper = ({ children }: { readonly children: ReactNode }) => <HubProvider value={hub}>{children}</HubProvider>;
  return renderHook(
    (of: string) => useAsked(signal => new Promise<string>((answer, fail) => calls.push({ of, signal, answer, fail })), [of]),
    { wrapper, initialProps: of },
  );
}

const answer = (index: number, text: string) => act(async () => calls[index]!.answer(text));
const fail = (index: number, error: unknown) => act(async () => calls[index]!.fail(error));
const connect = () => act(async () => connection.become("connected"));

describe("useAsked", () => {
  it("does not answer one question with the answer to another", async () => {
    const { result, rerender } = show("a");
    await answer(0, "of a");
    expect(result.current.answer).toBe("of a");

    rerender("b");
    expect(result.current).toMatchObject({ answer: undefined, earlier: "of a", problem: undefined });
    expect(calls[0]!.signal.aborted).toBe(true);

    await fail(1, new ApiError(403, "forbidden", "No."));
    expect(result.current).toMatchObject({ answer: undefined, problem: "No." });

    rerender("c");
    expect(result.current.problem).toBeUndefined();
  });

  it("keeps the answer while the same is asked again, also where that fails", async () => {
    const { result } = show("a");
    await answer(0, "first");
    act(() => result.current.again());
    expect(result.current.answer).toBe("first");

    await fail(1, new ApiError(500, "internal", "Broken."));
    expect(result.current).toMatchObject({ answer: "first", problem: "Broken." });

    act(() => result.current.again());
    await answer(2, "second");
    expect(result.current).toMatchObject({ answer: "second", problem: undefined });
  });

  it("asks again when the connection is back", async () => {
    const { result } = show("a");
    await fail(0, unreachable);
    expect(result.current.problem).toBe("The server cannot be reached.");

    act(() => connection.become("reconnecting"));
    expect(calls).toHaveLength(1);
    await connect();
    await answer(1, "of a");
    expect(result.current).toMatchObject({ answer: "of a", problem: undefined });

    await connect();
    expect(calls).toHaveLength(2);
  });

  it("asks again where the connection came back before the call had failed", async () => {
    show("a");
    await connect();
    expect(calls).toHaveLength(1);
    await fail(0, unreachable);
    expect(calls).toHaveLength(2);
    await fail(1, unreachable);
    expect(calls).toHaveLength(2);
  });

  it("takes a refusal for an answer", async () => {
    const { result } = show("a");
    await fail(0, new ApiError(404, "not_found", "Nothing is here."));
    await connect();
    expect(calls).toHaveLength(1);
    expect(result.current.problem).toBe("Nothing is here.");
  });

  it("asks nothing more when the component is gone", async () => {
    const { unmount } = show("a");
    await fail(0, unreachable);
    unmount();
    await connect();
    expect(calls).toHaveLength(1);
  });
});
