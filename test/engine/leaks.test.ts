import { formsOf, leaksIn } from "./leaks";

const secret = 'p&ss<w>ord "with" 100% (of) + / it?';
const before = ["", "a", "ab", "user:", "nologin:"];

test.each([
  ["plain", secret],
  ["JSON", JSON.stringify({ secret })],
  ["JSON in JSON", JSON.stringify({ log: JSON.stringify({ secret }) })],
  ["a URL", `https://airflow.example/?q=${encodeURIComponent(secret)}`],
  ["a form", new URLSearchParams({ secret }).toString().replaceAll("+", "%20")],
  ["hexadecimal", Buffer.from(secret).toString("hex")],
  ...before.map((text) => [`base64 of ${text}`, Buffer.from(text + secret).toString("base64")]),
  ...before.map((text) => [
    `base64 of ${text} …`,
    Buffer.from(`${text}${secret}\n…`).toString("base64"),
  ]),
  ["URL-safe base64", Buffer.from(`ÿþ ${secret}`).toString("base64url")],
])("a secret is found in %s", (_, text) => {
  const leaks = leaksIn({ log: `before ${text} after` }, [secret]);
  expect(leaks.length).toBeGreaterThan(0);
  for (const { form, context } of leaks) expect(context).not.toContain(formsOf(secret)[form]);
});

test("nothing is found where there is none, and each leak says where and in which form", () => {
  expect(leaksIn({ log: "password rejected", state: "[secret]" }, [secret])).toEqual([]);
  expect(leaksIn({ state: "{}", log: `password=${secret};` }, [secret])).toEqual([
    { place: "log", form: "plain", context: "password=[secret];" },
  ]);
});
