import { airflowRules } from "./airflow";
import { airflowSettingRules } from "./airflowSettings";
import { connectionRule } from "./connections";
import { containerRules } from "./containers";
import { databaseRules } from "./database";
import { existingRules } from "./existing";
import { imageRules } from "./images";
import { logRules } from "./logs";
import { nameRules } from "./names";
import { objectRules } from "./objects";
import { Rule } from "./rule";
import { variableRules } from "./variables";

export type { Rule } from "./rule";

/** Every rule that settings are held against. */
export const rules: readonly Rule[] = [
  ...nameRules,
  ...existingRules,
  ...imageRules,
  ...containerRules,
  ...databaseRules,
  connectionRule,
  ...logRules,
  ...variableRules,
  ...airflowRules,
  ...airflowSettingRules,
  ...objectRules,
];
