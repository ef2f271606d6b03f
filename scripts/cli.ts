#!/usr/bin/env node
import { Command } from "commander";
import { adoptCommand } from "./adopt";
import { runCommand } from "./pipeline/runCommand";

const command = new Command("pulumi-scaleway-airflow")
  .description("Brings an Airflow that exists already to these components.")
  .addCommand(adoptCommand);

runCommand(async () => {
  await command.parseAsync();
});
