import { lazy, Suspense, useState, type FunctionComponent } from "react";
import { Boundary } from "./boundary";

/** A part of the console that is loaded when it is shown for the first time. Where that fails, it says so in its place, and is loaded again when one wants that or comes back to it. */
export function part<P extends object>(load: () => Promise<{ default: FunctionComponent<P> }>): FunctionComponent<P> {
  let Loaded: FunctionComponent<P> = lazy(load);
  return function Part(props: P) {
    const [, setRound] = useState(0);
    // What `lazy` could not load stays so.
    const again = () => {
      Loaded = lazy(load);
      setRound(before => before + 1);
    };
    return (
      <Boundary onAgain={again}>
        <Suspense fallback={<p className="message" role="status">Opening …</p>}><Loaded {...props} /></Suspense>
      </Boundary>
    );
  };
}
