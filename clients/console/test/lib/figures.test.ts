import { expect, test } from "vitest";
import { bytes, figure, milliseconds, percent } from "../../src/lib/figures";

test("figure_AnySize_HasTheDigitsThatCount", () => expect([0, 0.12345, 12.345, 99.99, 123.4, 94_846].map(figure)).toEqual(["0", "0.123", "12.3", "100", "123", "94,846"]));

test("bytes_AnySize_HasItsUnit", () => expect([0, 1, 512, 1_536, 3 * 1024 ** 2, 1024 ** 4 * 5_000].map(bytes)).toEqual(["0 B", "1 B", "512 B", "1.5 KiB", "3 MiB", "5,000 TiB"]));

test("millisecondsAndPercent_HaveTheirUnits", () => expect([milliseconds(0.42), milliseconds(1_500), percent(1.1)]).toEqual(["0.42 ms", "1.5 s", "110 %"]));
