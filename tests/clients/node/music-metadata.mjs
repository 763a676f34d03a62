// Prints what music-metadata reads of recordings, as a list in their order: tags, and chapters as they are listed.
// Of a picture it tells the media type and the bytes in Base64; of a recording that it cannot read, the error.
import { parseFile } from "music-metadata";

const read = async (file) => {
  try {
    const { common, format } = await parseFile(file, { includeChapters: true });
    return { tags: common, chapters: format.chapters ?? [] };
  } catch (error) {
    return { error: String(error) };
  }
};
const encode = (_, value) =>
  value?.data instanceof Uint8Array ? { ...value, data: Buffer.from(value.data).toString("base64") } : value;

const found = [];
for (const file of process.argv.slice(2)) found.push(await read(file));
process.stdout.write(JSON.stringify(found, encode));
