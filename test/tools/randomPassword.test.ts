import {
  generatePassword,
  passwordFailures,
  randomPassword,
} from "../../tools/providers/random/password";

describe("a random password", () => {
  it("has as many characters of each kind as asked for", () => {
    const password = generatePassword({
      length: 12,
      minUpper: 3,
      minNumeric: 3,
      minSpecial: 3,
      overrideSpecial: "-",
    });
    expect(password).toHaveLength(12);
    expect(password.match(/[A-Z]/g)!.length).toBeGreaterThanOrEqual(3);
    expect(password.match(/[0-9]/g)!.length).toBeGreaterThanOrEqual(3);
    expect(password.match(/-/g)!.length).toBeGreaterThanOrEqual(3);
    expect(password).toMatch(/^[A-Za-z0-9-]+$/);
  });

  it("has only the kinds that are on", () => {
    expect(generatePassword({ length: 200, special: false, upper: false })).toMatch(
      /^[a-z0-9]{200}$/,
    );
    expect(generatePassword({ length: 50, lower: false, upper: false, special: false })).toMatch(
      /^\d+$/,
    );
  });

  it("is another one each time", () => {
    expect(generatePassword({ length: 32 })).not.toBe(generatePassword({ length: 32 }));
  });

  it("is refused when no password can follow the rules", () => {
    const off = { lower: false, upper: false, numeric: false, special: false };
    expect(passwordFailures({ length: 3, minLower: 2, minUpper: 2 })).toHaveLength(1);
    expect(passwordFailures({ length: 3, ...off })).toHaveLength(1);
    expect(passwordFailures({ length: 3, ...off, minLower: 3 })).toEqual([]);
    expect(passwordFailures({})).toEqual([{ property: "length", reason: "is required" }]);
    expect(passwordFailures({ length: 3, lenght: 3 })).toHaveLength(1);
  });

  it("is marked as secret", async () => {
    const action = { preview: false, report: () => {}, signal: new AbortController().signal };
    const { outputs } = await randomPassword.create({ length: 8 }, action);
    const marker = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
    expect(outputs).toMatchObject({ result: marker, bcryptHash: marker });
  });
});

describe("a change of a random password", () => {
  const changed = (olds: object, news: object) =>
    randomPassword.diff({ ...olds }, { ...news }).changed;

  it("is one when a keeper changes", () => {
    expect(changed({ length: 8, keepers: { a: "1" } }, { length: 8, keepers: { a: "2" } })).toEqual(
      ["keepers"],
    );
  });

  it("is none when a default is stated", () => {
    expect(changed({ length: 8 }, { length: 8, special: true, minUpper: 0, keepers: {} })).toEqual(
      [],
    );
  });
});
