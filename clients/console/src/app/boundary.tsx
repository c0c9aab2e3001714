import { Component, type ReactNode } from "react";
import { Notice } from "../design/notice";

interface BoundaryProps {
  /** What is shown, by value: where another one is, what failed is shown no longer. */
  readonly of?: string;
  /** It is about to be shown again after it has failed. */
  readonly onAgain?: () => void;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly of: string | undefined;
  readonly problem: unknown;
}

/** Keeps what cannot be shown to itself: all that is around it stays, with what has been typed and what is still to be sent. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { of: this.props.of, problem: undefined };

  static getDerivedStateFromError(problem: unknown): Partial<BoundaryState> {
    return { problem: problem ?? new Error("Nobody knows why.") };
  }

  static getDerivedStateFromProps({ of }: BoundaryProps, state: BoundaryState): BoundaryState | null {
    return of === state.of ? null : { of, problem: undefined };
  }

  override componentWillUnmount(): void {
    if (this.state.problem) this.props.onAgain?.();
  }

  override render(): ReactNode {
    const { problem } = this.state;
    if (!problem) return this.props.children;
    return (
      <div className="failed-part">
        <Notice>This part of the console could not be shown.</Notice>
        <p className="hint">{problem instanceof Error ? problem.message : String(problem)}</p>
        <p className="hint">Where the server has a newer console by now, the whole page has to be loaded again.</p>
        <div className="row">
          <button className="primary" onClick={this.#again}>Load again</button>
          <button onClick={() => location.reload()}>Load the whole page</button>
        </div>
      </div>
    );
  }

  readonly #again = () => {
    this.props.onAgain?.();
    this.setState({ problem: undefined });
  };
}
