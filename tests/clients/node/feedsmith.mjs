// Prints what feedsmith makes of the feed at a URL.
import { parseFeed } from "feedsmith";

const { feed } = parseFeed(await (await fetch(process.argv[2])).text());
process.stdout.write(JSON.stringify(feed));
