import { AirflowRole } from "../../roles";
import { Problem } from "../problem";
import { EnvironmentSettings } from "../schema";
import {
  checkCpu,
  checkLocalStorage,
  checkMemory,
  checkPair,
  checkTimeout,
} from "./limits/containers";
import { problems, Rule } from "./rule";

const roles = Object.values(AirflowRole);

/** CPU and memory that Scaleway gives, and gives together. */
const size: Rule = {
  id: "C10",
  check: (settings) => roles.flatMap((role) => sizeProblems(role, settings)),
};

function sizeProblems(role: AirflowRole, settings: EnvironmentSettings): Problem[] {
  const container = settings[role];
  if (container === undefined) return [];
  const { cpu, memory } = container;
  const apart = [
    ...problems(size.id, [role, "cpu"], [checkCpu(cpu)]),
    ...problems(size.id, [role, "memory"], [checkMemory(memory)]),
  ];
  return apart.length > 0 ? apart : problems(size.id, [role, "memory"], [checkPair(cpu, memory)]);
}

/** Requests are cut off after an hour at most. */
const timeout: Rule = {
  id: "L1",
  check: ({ webserver }) =>
    problems(timeout.id, ["webserver", "requestTimeout"], [checkTimeout(webserver.requestTimeout)]),
};

/** A container's disk is limited. */
const localStorage: Rule = {
  id: "L2",
  check: (settings) =>
    roles.flatMap((role) => {
      const container = settings[role];
      if (container === undefined) return [];
      const finding = checkLocalStorage(container.localStorage);
      return problems(localStorage.id, [role, "localStorage"], [finding]);
    }),
};

/** What the settings say about containers. */
export const containerRules: readonly Rule[] = [size, timeout, localStorage];
