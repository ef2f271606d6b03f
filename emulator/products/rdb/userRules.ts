import { z } from "zod";

const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/];

/** A password that the platform takes. */
export const password = z
  .string()
  .min(8)
  .max(128)
  .refine(
    (text) => classes.every((characters) => characters.test(text)),
    "needs a lower-case letter, an upper-case letter, a digit and a special character",
  );

/** A name of a user. */
export const userName = z
  .string()
  .min(1)
  .max(63)
  .refine((name) => !/^(_rdb_|pg_)/.test(name) && name !== "postgres", "is reserved");

const reservedDatabases = [
  "information_schema",
  "mysql",
  "performance_schema",
  "postgres",
  "rdb",
  "sys",
  "template0",
  "template1",
];

/** A name of a database. */
export const databaseName = z
  .string()
  .min(1)
  .max(63)
  .regex(/^[a-zA-Z\d_$-]*$/)
  .refine((name) => !reservedDatabases.includes(name), "is reserved");
