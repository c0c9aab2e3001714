// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, expect, test } from "vitest";
import { Chart } from "../../src/design/chart";

afterEach(cleanup);

const times = [0, 2_000, 4_000];

function Page({ values }: { readonly values: readonly (number | undefined)[] }) {
  const [moment, setMoment] = useState<number>();
  return <Chart title="Lag" lines={[{ label: "p50", values }]} times={times.slice(0, values.length)} from={0} until={4_000} gap={5_000} format={value => `${value} ms`} moment={moment} onMoment={setMoment} />;
}

const shown = () => screen.getByRole("definition").textContent;

test("Chart_Image_SaysWhatOneSees", () => {
  render(<Page values={[3, undefined, 7]} />);
  expect(screen.getByRole("img").getAttribute("aria-label")).toBe("Lag. p50: now 7 ms, lowest 3 ms, highest 7 ms");
});

test("Chart_NoFigures_SaysSo", () => {
  render(<Page values={[]} />);
  expect(screen.getByRole("img").getAttribute("aria-label")).toBe("Lag. p50: no figures");
  expect(shown()).toBe("–");
});

test("Chart_MomentChosen_ShowsItsValues", () => {
  render(<Page values={[3, undefined, 7]} />);
  expect(shown()).toBe("7 ms");
  const slider = screen.getByRole("slider");
  fireEvent.change(slider, { target: { value: "0" } });
  expect(shown()).toBe("3 ms");
  expect(slider.getAttribute("aria-valuetext")).toMatch(/: p50 3 ms$/);
  fireEvent.change(slider, { target: { value: "1" } });
  expect(shown()).toBe("–");
  fireEvent.blur(slider);
  expect(shown()).toBe("7 ms");
});
