// JSON of every kind, at the borders where the forms of MessagePack change; each must come to everybody as it is.

const repeat = (length, item) => Array.from({ length }, item);
const range = length => Object.fromEntries(repeat(length, (_, i) => [`m${i}`, i]));

/** Objects in each other, so many levels. */
export function nested(levels) {
  return repeat(levels - 1).reduce(inner => ({ a: inner }), {});
}

const Integers = [
  ...[7, 8, 15, 16, 31, 32, 52].flatMap(bits => [2 ** bits - 1, 2 ** bits, 2 ** bits + 1]), 5, 6, 2 ** 53 - 2, 2 ** 53 - 1,
].flatMap(number => [number, -number]).concat(0, 1, -1, 31, -31, -32, -33);
const Fractions = [0.5, -0.5, 0.1, 1 / 3, 1.5, 123456.789, 16777217.5, 3.4e38, 1e300, -1e300, 1.7976931348623157e308, 5e-324, 2.2250738585072014e-308, 1e-7,
  2 ** 53, 2 ** 63, 2 ** 64, -(2 ** 63), -(2 ** 64), 1e21, 1e22];
const Lengths = [0, 1, 31, 32, 255, 256, 65535, 65536, 102400];

export const Values = {
  "null in a list": [null],
  "nulls and nothing else": [null, [null], [[null]], { list: [null] }],
  "true": true,
  "false": false,
  "truths in a list": [true, false, null, true],
  ...Object.fromEntries(Integers.map(number => [`the number ${number}`, number])),
  ...Object.fromEntries(Fractions.map(number => [`the number ${number}`, number])),
  ...Object.fromEntries(Lengths.map(length => [`a text of ${length} bytes`, "x".repeat(length)])),
  "a text of 31 bytes in fewer characters": "é".repeat(15) + "x",
  "a text of 32 bytes in fewer characters": "é".repeat(16),
  "a text of 256 bytes in fewer characters": "😀".repeat(64),
  "a text of 65,536 bytes in fewer characters": "語".repeat(21845) + "x",
  "a text of 100,000 bytes in fewer characters": "😀".repeat(25_000),
  "an emoji of several code points": "👩‍👩‍👧 👨🏿‍🚀 🏳️‍🌈 🇨🇭",
  "the ends of the planes": "\u007f\u0080\u07ff\u0800\uffff\u{10000}\u{10ffff}\ud7ff\ue000\ufffd\ufeff",
  "what is below the space": repeat(32, (_, i) => String.fromCharCode(i)).join(""),
  "a text with U+0000": "a\u0000b",
  "combining characters, left alone": ["e\u0301", "\u00e9", "n\u0303o", "\u1100\u1161\u11a8", "각"],
  "right to left": "שלום עולם ‏مرحبا‎ \u202eabc\u202c",
  "separators of lines": "a\u2028b\u2029c\r\nd\u0085e",
  "what JSON escapes": "\"\\/\b\f\n\r\t<>&'+\u001e",
  "texts that look like something else": ["null", "true", "1", "1e3", "{}", "[]", "2001-02-03T04:05:06.789Z", "AQID", "NaN", ""],
  "an empty list": [],
  "an empty object": {},
  "empty ones in each other": [[], {}, [[]], [{}], { a: [] }, { a: {} }, ""],
  "a list of 15": repeat(15, (_, i) => i),
  "a list of 16": repeat(16, (_, i) => i),
  "a list of 65,535": repeat(65535, () => 1),
  "a list of 65,536": repeat(65536, () => 1),
  "an object of 15": range(15),
  "an object of 16": range(16),
  "an object of 10,000": range(10_000),
  "lists in lists": [[[[1, [2, [3]]], "a"], { b: [{ c: [[]] }] }], -1.5],
  "30 levels of objects": nested(30),
  "30 levels of lists": repeat(29).reduce(list => [list], []),
  "names of every kind": { "": 1, "a b": 2, "ä😀": 3, "\u0000": 4, "שם": 5, "e\u0301": 6, "\u00e9": 7, "1": 8, "-1": 9, "1.5": 10, "a.b": 11, "$": 12, "\"\\": 13 },
  "names that objects have": { constructor: 1, toString: { valueOf: [] }, hasOwnProperty: true, length: 0, prototype: {}, then: "x", toJSON: 1 },
  "names in no order": { b: 1, a: 2, B: 3, A: 4, aa: 5, "é": 6, z: 7 },
  "names by their length": Object.fromEntries([31, 32, 255, 256, 65536].map(length => ["n".repeat(length), length])),
};
