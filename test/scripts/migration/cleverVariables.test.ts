import { parseVariables } from "../../../scripts/migration/cleverVariables";

const read = (text: string) => parseVariables(text, "clever.env");

test("what `clever env` prints is read, with its comments, quotation marks and long texts", () => {
  const text = `# Manually set env variables
A="one"
JSON="{\\"a\\": \\"b\\\\\\"c\\"}"
KEY="-----BEGIN
B=\\"not a variable\\"
-----END"
PATTERN="\\d+\\n"
EMPTY=""
# Addon former-airflow-postgres
POSTGRESQL_ADDON_URI="postgresql://u:p#w@h:1/d?a=b"
`;
  expect(read(text)).toEqual({
    A: "one",
    JSON: '{"a": "b\\"c"}',
    KEY: '-----BEGIN\nB="not a variable"\n-----END',
    PATTERN: "\\d+\\n",
    EMPTY: "",
    POSTGRESQL_ADDON_URI: "postgresql://u:p#w@h:1/d?a=b",
  });
});

test("so are its shell format, and files written by hand", () => {
  const text = `export A="one";\r\nexport B='two "2"'\nC=three = 3\n\n  # a comment\nmy.D-1=4\n`;
  expect(read(text)).toEqual({ A: "one", B: 'two "2"', C: "three = 3", "my.D-1": "4" });
});

test("so is its JSON, in which the application's own variables count", () => {
  const text = JSON.stringify({
    env: [{ name: "A", value: "own" }],
    fromAddons: [{ addonId: "x", addonName: "y", env: [{ name: "A", value: "addon" }] }],
    fromDependencies: [{ env: [{ name: "B", value: "dependency" }] }],
  });
  expect(read(text)).toEqual({ A: "own", B: "dependency" });
  expect(read(`[{"name": "A", "value": "list"}]`)).toEqual({ A: "list" });
});

test("what is no variable is refused by its line, without its content", () => {
  const wrong = () => read('A="1"\nsecret stuff\nB="two\nlines"\nC="no end');
  expect(wrong).toThrow(/clever\.env has lines that are no variable.*: 2, 5$/s);
  expect(wrong).not.toThrow(/secret stuff|no end/);
  expect(() => read('{"env": "secret"}')).toThrow(/is not JSON as `clever env --format json`/);
  expect(() => read("[not json")).toThrow(/is not JSON/);
});
