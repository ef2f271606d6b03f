import { Command } from "commander";
import { Bucket, reasonOf } from "./moving/bucket";
import { s3ClientFor } from "./moving/client";
import { move } from "./moving/move";

interface Options {
  readonly from: string;
  readonly fromEndpoint: string;
  readonly fromRegion?: string;
  readonly fromProfile?: string;
  readonly to: string;
  readonly toEndpoint: string;
  readonly toRegion?: string;
  readonly toProfile?: string;
  readonly yes?: true;
}

const notes = `
A bucket is written as bucket, bucket/folder or s3://bucket/folder; keys are kept below the folders.

Credentials, for each side the first of these that is there:
  its AWS profile                                           --from-profile, --to-profile
  FROM_AWS_ACCESS_KEY_ID and FROM_AWS_SECRET_ACCESS_KEY     (for the target: TO_AWS_…)
  AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, and whatever else AWS tools read

A region that is not given comes from AWS_REGION, or from the profile. Nothing is ever deleted. After an interruption,
run the same command again: it copies what is missing.`;

const command = new Command("npm run logs:move --")
  .description(
    "Copies logs from one bucket to another, of any S3 server, and verifies them by count and checksum.\n" +
      "Shows what it would copy, unless --yes is given.",
  )
  .requiredOption("--from <bucket>", "where the logs are")
  .requiredOption(
    "--from-endpoint <url>",
    "its S3 server, for example https://cellar-c2.services.clever-cloud.com",
  )
  .option(
    "--from-region <region>",
    "its region; a server without regions takes any, such as us-east-1",
  )
  .option("--from-profile <name>", "AWS profile that may read it")
  .requiredOption("--to <bucket>", "where the logs shall be")
  .requiredOption("--to-endpoint <url>", "its S3 server, for example https://s3.fr-par.scw.cloud")
  .option("--to-region <region>", "its region, for example fr-par")
  .option("--to-profile <name>", "AWS profile that may read and write it")
  .option("-y, --yes", "copy")
  .addHelpText("after", notes);

/** Copies what is missing, verifies everything, and tells whether all is well. */
async function moveLogs(options: Options): Promise<boolean> {
  const { fromEndpoint, fromRegion, fromProfile, toEndpoint, toRegion, toProfile } = options;
  const source = { endpoint: fromEndpoint, region: fromRegion, profile: fromProfile };
  const target = { endpoint: toEndpoint, region: toRegion, profile: toProfile };
  const from = new Bucket(s3ClientFor(source, "FROM_"), options.from);
  const to = new Bucket(s3ClientFor(target, "TO_"), options.to);
  return move(from, to, options.yes ?? false, {
    flag: "--yes",
    help: "npm run logs:move -- --help",
  });
}

moveLogs(command.parse().opts<Options>()).then(
  (well) => {
    process.exitCode = well ? 0 : 1;
  },
  (error: unknown) => {
    process.stderr.write(`${reasonOf(error)}\n`);
    process.exitCode = 1;
  },
);
