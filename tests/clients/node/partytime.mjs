// Prints what podcast-partytime makes of the feed at a URL, as one JSON object:
//   feed    the parsed feed
//   known   the tags for which this version has a parser
//   shared  for each URL that a player on the web would fetch, whether its server lets it (CORS)
import { readdir } from "node:fs/promises";

process.env.PARTYTIME_LOG = "silent"; // it logs to where the answer goes
const { default: partytime } = await import("podcast-partytime");
const { default: cor } = await import("podcast-partytime/dist/cor/index.js");

const phases = new URL("./node_modules/podcast-partytime/dist/parser/phase/", import.meta.url);

async function listKnownTags() {
  const files = (await readdir(phases)).filter((name) => /^phase-\w+\.js$/.test(name));
  const modules = await Promise.all(files.map((name) => import(new URL(name, phases))));
  return modules
    .flatMap((module) => Object.values(module.default))
    .map((parser) => parser?.tag)
    .filter(Boolean);
}

async function checkShared(feedUrl, feed) {
  const urls = feed.items.flatMap((item) => [
    item.enclosure.url,
    ...(item.podcastChapters ? [item.podcastChapters.url] : []),
    ...(item.podcastTranscripts ?? []).map((transcript) => transcript.url),
  ]);
  const own = [feedUrl, ...urls].filter((url) => new URL(url).origin === new URL(feedUrl).origin);
  const checked = own.map(async (url) => [url, await cor.checkCors(url)]);
  return Object.fromEntries(await Promise.all(checked));
}

const url = process.argv[2];
const feed = partytime.parseFeed(await (await fetch(url)).text());
process.stdout.write(JSON.stringify({
  feed,
  known: await listKnownTags(),
  shared: await checkShared(url, feed),
}));
