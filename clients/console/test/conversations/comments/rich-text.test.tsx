// @vitest-environment happy-dom
import { cleanup, render, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { HubProvider } from "../../../src/app/hub";
import { RichText } from "../../../src/conversations/comments/rich-text";
import { hubOf } from "../../support/hub";

afterEach(cleanup);

const people = {
  "users/14": { users: [{ id: 14, name: "Bob <b>Miller</b>", email: "Bob@example.com" }] },
  "groups/11": { groups: [{ id: 11, space_id: 1, name: "Painters", user_ids: [14] }] },
};

function show(text: string, mentioned: readonly number[] = []) {
  return render(<HubProvider value={hubOf(people)}><p><RichText text={text} mentioned={mentioned} /></p></HubProvider>).container;
}

test("RichText_Markup_StaysText", () => {
  const hostile = `<img src=x onerror="alert(1)"><script>alert(1)</script> [x](javascript:alert(1)) &lt;b&gt; #<b>`;
  const page = show(hostile);
  expect(page.textContent).toBe(hostile);
  expect(page.querySelectorAll("p *:not(.rich-text)")).toHaveLength(0);
});

test("RichText_Mentions_AreNames", async () => {
  const page = show("@user:14 @group:11 @user:bob@example.com @user:99", [14]);
  await waitFor(() => expect(page.textContent).toBe("@Bob <b>Miller</b> @Painters @Bob <b>Miller</b> @User 99"));
  expect(page.querySelectorAll("b")).toHaveLength(0);
});
