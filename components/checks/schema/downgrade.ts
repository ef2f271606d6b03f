import { z } from "zod";
import { text } from "./values";

const version = z
  .string({ error: 'is not a version; allowed: a text such as "3.2.2"' })
  .regex(/^\d+\.\d+\.\d+$/, { error: 'is not a version; allowed: a text such as "3.2.2"' })
  .optional();

export const downgrade = z
  .strictObject(
    {
      airflow: version.describe("Airflow's version to whose schema the database goes back"),
      fab: version.describe(
        "Version of apache-airflow-providers-fab to whose schema it goes back, where that differs",
      ),
      backup: text
        .optional()
        .describe("Id of a backup that `npm run backup` has made within a day, or none"),
    },
    { error: "is not a list of settings such as airflow and backup" },
  )
  .describe(
    "Stops Airflow and takes the database back to the schema of a former version, to be deployed next; `npm run back` sets it",
  )
  .transform((written) => (Object.keys(written).length === 0 ? undefined : written));
