import { describeOutcome, outcomeOf } from "../../../scripts/adoption/report";

const step = (op: string, type: string, name: string, more: object = {}) => ({
  op,
  urn: `urn:pulumi:preprod::airflow::a$${type}::${name}`,
  oldState: { type, custom: true, inputs: {} },
  newState: { type, custom: true, inputs: {} },
  ...more,
});

const CONTAINER = "scaleway:containers/container:Container";
const state = (inputs: object) => ({ type: CONTAINER, custom: true, inputs });

test("says in words what an update does, and names variables without their values", () => {
  const steps = [
    step("update", CONTAINER, "web", {
      oldState: state({
        image: "old",
        privacy: "public",
        acl: null,
        environmentVariables: { GONE: "1", SAME: "2", OTHER: "3" },
      }),
      newState: state({
        image: "new",
        privacy: "private",
        unknownToUs: [{ inner: 1 }],
        environmentVariables: { NEW: "1", SAME: "2", OTHER: "hush" },
      }),
      detailedDiff: {
        image: {},
        privacy: {},
        "environmentVariables.OTHER": {},
        'environmentVariables["GONE"]': {},
        "unknownToUs[0].inner": {},
        acl: {},
      },
    }),
  ];
  expect(outcomeOf({ steps }).updated).toEqual([
    {
      name: "Container web",
      effects: [
        "variables: new NEW; gone GONE; differing OTHER",
        "runs the image that is built here; the former one serves until the new one is ready",
        "reachable: public becomes private",
        'unknownToUs: nothing becomes [{"inner":1}]',
      ],
    },
  ]);
});

test("counts what is lost: deletions and replacements of any kind", () => {
  const steps = [
    step("same", CONTAINER, "scheduler"),
    step("create", "random:index/randomPassword:RandomPassword", "new"),
    step("replace", "scaleway:databases/instance:Instance", "db", { diffReasons: ["userName"] }),
    step("delete", CONTAINER, "left"),
    {
      ...step("delete", "pulumi-scaleway-airflow:index:Database", "x"),
      newState: undefined,
      oldState: { type: "x", custom: false },
    },
  ];
  const outcome = outcomeOf({ steps });
  expect(outcome).toEqual({
    unchanged: ["Container scheduler"],
    updated: [],
    created: ["RandomPassword new"],
    lost: ["Instance db (replace userName)", "Container left (delete)"],
  });
  expect(describeOutcome(outcome)).toMatch(
    /do NOT deploy:\n {2}Instance db.*In all: 2 deleted or replaced, 0 updated, 1 created, 1 unchanged/s,
  );
});
