import { cellar, logFolder, sourceDatabase } from "../../../scripts/migration/source";

test("the database is where Airflow says, or else where the add-on is", () => {
  const own = "postgresql+psycopg2://u:p%40w@h:6543/own";
  const addon = "postgres://a:b@addon/other?sslmode=disable";
  const both = { AIRFLOW__CORE__SQL_ALCHEMY_CONN: own, POSTGRESQL_ADDON_URI: addon };
  expect(sourceDatabase({ ...both, AIRFLOW__CORE__FERNET_KEY: "new,old" })).toEqual({
    address: {
      ...{ host: "h", port: "6543", user: "u", password: "p@w", database: "own" },
      sslmode: "require",
    },
    fernetKeys: ["new", "old"],
  });
  const { address, fernetKeys } = sourceDatabase({ POSTGRESQL_ADDON_URI: addon });
  expect(address).toMatchObject({ host: "addon", port: "5432", sslmode: "disable" });
  expect(fernetKeys).toEqual([]);
});

test("without one, it says which command prints it; a wrong one is not repeated", () => {
  expect(() => sourceDatabase({})).toThrow(/clever addon env <environment>-airflow-postgres/);
  const wrong = () => sourceDatabase({ POSTGRESQL_ADDON_URI: "mysql://u:hidden@h/d" });
  expect(wrong).toThrow(/not of the form postgresql:/);
  expect(wrong).not.toThrow(/hidden/);
});

test("Cellar is known by the add-on's variables, which are named where they lack", () => {
  const keys = { CELLAR_ADDON_KEY_ID: "id", CELLAR_ADDON_KEY_SECRET: "secret" };
  expect(cellar({ ...keys, CELLAR_ADDON_HOST: "cellar-c2.services.clever-cloud.com" })).toEqual({
    endpoint: "https://cellar-c2.services.clever-cloud.com",
    accessKey: "id",
    secretKey: "secret",
  });
  expect(() => cellar(keys)).toThrow(/neither CELLAR_ADDON_HOST in .*-airflow-s3/s);
  const folder = { AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER: "s3://bucket/logs" };
  expect(logFolder(folder)).toBe("s3://bucket/logs");
  expect(() => logFolder({})).toThrow(/names no folder/);
});
