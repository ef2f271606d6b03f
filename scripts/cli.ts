#!/usr/bin/env node
import { Command } from "commander";
import { adoptCommand } from "./adopt";
import { migrateCommand } from "./migrate";
import { runCommand } from "./pipeline/runCommand";

const command = new Command("pulumi-scaleway-airflow")
  .description("Brings an Airflow that exists already to these components.")
  .addCommand(adoptCommand)
  .addCommand(migrateCommand);

runCommand(async () => {
  await command.parseAsync();
});
