import { adoption } from "./adoption";
import { commands } from "./commands";
import { deploying } from "./deploying";
import { logs } from "./logs";
import { migration } from "./migration";
import { releases } from "./releases";
import { setup } from "./setup";
import type { Troubles } from "./answers";

/** What to do about each message of `messages()`. */
export const troubles: Troubles = {
  ...deploying,
  ...logs,
  ...commands,
  ...setup,
  ...migration,
  ...adoption,
  ...releases,
};
