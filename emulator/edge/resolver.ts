import { type Socket, createSocket } from "node:dgram";
import { once } from "node:events";
import { getServers } from "node:dns";
import { Packet } from "dns2";
import { isCloudName } from "./connectProxy";

const timeToLive = 60;

/**
 * The name server of the containers: cloud names are the edge's address, every other question goes to the
 * machine's own resolver, byte for byte.
 */
export async function startResolver(address: string): Promise<Socket> {
  const server = createSocket("udp4");
  server.on("message", (question, from) => {
    const answer = answerFor(question, address);
    const reply = (bytes: Buffer) => server.send(bytes, from.port, from.address);
    if (answer) reply(answer);
    else ask(question, reply);
  });
  server.bind(53, address);
  await once(server, "listening");
  return server;
}

/** The answer to a question about a cloud name; undefined for all others. */
export function answerFor(question: Buffer, address: string): Buffer | undefined {
  const query = parse(question);
  const asked = query?.questions[0];
  if (!query || !asked || !isCloudName(asked.name.toLowerCase())) return undefined;
  const response = Packet.createResponseFromRequest(query);
  response.header.ra = 1;
  if (asked.type === Packet.TYPE.A) {
    response.answers.push(Packet.createResourceFromQuestion(asked, { address, ttl: timeToLive }));
  }
  return response.toBuffer();
}

function parse(question: Buffer): Packet | undefined {
  try {
    return Packet.parse(question);
  } catch {
    return undefined;
  }
}

function ask(question: Buffer, reply: (answer: Buffer) => void): void {
  const [server] = getServers().filter((candidate) => /^[\d.]+$/.test(candidate));
  if (!server) return;
  const socket = createSocket("udp4");
  const timer = setTimeout(() => socket.close(), 10_000);
  socket.on("error", () => {});
  socket.on("message", (answer) => {
    reply(answer);
    clearTimeout(timer);
    socket.close();
  });
  socket.send(question, 53, server);
}
