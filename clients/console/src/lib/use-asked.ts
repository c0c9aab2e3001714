import { useCallback, useEffect, useState } from "react";
import { useHub } from "../app/hub";
import { askUntilAnswered } from "./ask-until-answered";

/** How a question to the server stands. */
export interface Asked<T> {
  /** The answer; while the same is asked again, the one before. `undefined`: there is none yet. */
  readonly answer: T | undefined;
  /** The last answer that came, be it to another question: to be looked at until the answer is there, and not to be acted upon. */
  readonly earlier: T | undefined;
  /** Why there is no answer, or none anew. */
  readonly problem: string | undefined;
  /** Asks again. */
  readonly again: () => void;
}

/** Something that holds for one question alone. */
interface About<T> {
  readonly of: readonly unknown[];
  readonly it: T;
}

/**
 * Asks the server something while the component is mounted. What fails for want of a connection is asked again when there is one.
 * @param of What the question is about, by value: another one is asked anew.
 */
export function useAsked<T>(ask: (signal: AbortSignal) => Promise<T>, of: readonly unknown[]): Asked<T> {
  const { client } = useHub();
  const [answered, setAnswered] = useState<About<T>>();
  const [problem, setProblem] = useState<About<string>>();
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound(before => before + 1), []);

  useEffect(() => askUntilAnswered(client, {
    ask,
    answered: answer => {
      setAnswered({ of, it: answer });
      setProblem(undefined);
    },
    failed: error => setProblem({ of, it: error instanceof Error ? error.message : String(error) }),
  }), [client, ...of, round]);

  return { answer: itOf(answered, of), earlier: answered?.it, problem: itOf(problem, of), again };
}

function itOf<T>(about: About<T> | undefined, of: readonly unknown[]): T | undefined {
  return about?.of.every((value, index) => Object.is(value, of[index])) ? about.it : undefined;
}
