// Archives whose bytes depend on names and contents only. Usage:
//   node archive.mjs FOLDER NAME OUT.tar.gz    packs a folder under a name (. for none)
//   node archive.mjs --again FILE.zip          writes a zip file (.vsix, .nupkg) once more: entries in order, one time for all
//   node archive.mjs --entries FILE            says the sum and the name of each entry of a zip file or a .tar.gz; of another file, nothing
// Times are SOURCE_DATE_EPOCH's, or 2000-01-01's. Programs stay programs, everything else is readable, and nobody owns anything.
import { createHash } from "node:crypto";
import { lstatSync, readFileSync, readdirSync, readlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { deflateRawSync, gunzipSync, gzipSync, inflateRawSync, crc32 as nativeCrc } from "node:zlib";

const epoch = Number(process.env.SOURCE_DATE_EPOCH ?? 946684800);
const [first, second, third] = process.argv.slice(2);
if (first === "--again") writeFileSync(second, zip(unzip(readFileSync(second))));
else if (first === "--entries") {
  const bytes = readFileSync(second);
  const entries = second.endsWith(".tar.gz") ? untar(gunzipSync(bytes)) : bytes.toString("latin1", 0, 2) === "PK" ? unzip(bytes) : [];
  for (const { name, mode, content } of entries) console.log(`${createHash("sha256").update(content).digest("hex")} ${mode.toString(8)} ${name}`);
}
else writeFileSync(third, gzip(tar(first, second)));

function gzip(bytes) {
  const packed = gzipSync(bytes, { level: 9 });
  packed[9] = 255; // the system that packed it
  return packed;
}

function tar(folder, name) {
  const parts = [];
  add(folder, name === "." ? "" : name);
  parts.push(Buffer.alloc(1024));
  return Buffer.concat(parts);

  function add(file, at) {
    const state = lstatSync(file);
    if (state.isSymbolicLink()) entry(at, "2", 0o777, Buffer.alloc(0), readlinkSync(file));
    else if (state.isDirectory()) {
      if (at) entry(`${at}/`, "5", at === "tmp" ? 0o1777 : 0o755, Buffer.alloc(0));
      for (const child of readdirSync(file).sort()) add(path.join(file, child), at ? `${at}/${child}` : child);
    } else entry(at, "0", state.mode & 0o111 || /\.so(\.|$)/.test(at) || at.endsWith(".exe") ? 0o755 : 0o644, readFileSync(file));
  }

  function entry(at, kind, mode, content, link = "") {
    const head = Buffer.alloc(512);
    let [prefix, short] = ["", at];
    if (Buffer.byteLength(at) > 100) {
      const cut = at.lastIndexOf("/", at.length - 2);
      [prefix, short] = [at.slice(0, cut), at.slice(cut + 1)];
    }
    if (Buffer.byteLength(short) > 100 || Buffer.byteLength(prefix) > 155) throw new Error(`'${at}' is too long for an archive`);
    const octal = (value, from, length) => head.write(value.toString(8).padStart(length - 1, "0"), from, "ascii");
    head.write(short, 0);
    octal(mode, 100, 8);
    octal(0, 108, 8);
    octal(0, 116, 8);
    octal(content.length, 124, 12);
    octal(epoch, 136, 12);
    head.write("        ", 148, "ascii");
    head.write(kind, 156, "ascii");
    head.write(link, 157);
    head.write("ustar\u000000", 257, "ascii");
    head.write(prefix, 345);
    head.write(head.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, "0") + "\0 ", 148, "ascii");
    parts.push(head, content, Buffer.alloc((512 - (content.length % 512)) % 512));
  }
}

function untar(bytes) {
  const entries = [];
  for (let at = 0; at + 512 <= bytes.length && bytes[at] !== 0; ) {
    const text = (from, length) => bytes.toString("utf8", at + from, at + from + length).replace(/\0.*$/s, "");
    const length = parseInt(text(124, 12), 8);
    const content = Buffer.concat([Buffer.from(text(157, 100)), bytes.subarray(at + 512, at + 512 + length)]);
    entries.push({ name: [text(345, 155), text(0, 100)].filter(Boolean).join("/"), mode: parseInt(text(100, 8), 8), content });
    at += 512 + Math.ceil(length / 512) * 512;
  }
  return entries;
}

function unzip(bytes) {
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== 0x06054b50) end--;
  if (end < 0) throw new Error("this is not a zip file");
  const entries = [];
  for (let i = 0, at = bytes.readUInt32LE(end + 16); i < bytes.readUInt16LE(end + 10); i++) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) throw new Error("the list of entries is broken");
    const [method, length] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [name, extra, comment] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)];
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(from, from + length);
    const content = method === 0 ? packed : inflateRawSync(packed);
    entries.push({ name: bytes.toString("utf8", at + 46, at + 46 + name), mode: bytes.readUInt32LE(at + 38) >>> 16, content });
    at += 46 + name + extra + comment;
  }
  return entries;
}

function zip(entries) {
  // NuGet names a part of a package at random; what is in it says enough. Readers of packages find it through _rels/.rels, wherever that stands.
  const random = entries.find((e) => /\/metadata\/core-properties\/[0-9a-f]+\.psmdcp$/.test(e.name));
  if (random) {
    const fixed = `package/services/metadata/core-properties/${createHash("sha256").update(random.content).digest("hex").slice(0, 32)}.psmdcp`;
    for (const e of entries.filter((e) => e.name === "_rels/.rels" || e.name === "[Content_Types].xml")) {
      let relation = 0;
      e.content = Buffer.from(e.content.toString("utf8").replaceAll(random.name, fixed).replace(/ Id="R[0-9A-F]+"/g, () => ` Id="R${++relation}"`));
    }
    random.name = fixed;
  }
  const time = new Date(Math.max(epoch, 315532800) * 1000);
  const date = ((time.getUTCFullYear() - 1980) << 9) | ((time.getUTCMonth() + 1) << 5) | time.getUTCDate();
  const clock = (time.getUTCHours() << 11) | (time.getUTCMinutes() << 5) | (time.getUTCSeconds() >> 1);
  const [body, list] = [[], []];
  let at = 0;
  for (const e of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = Buffer.from(e.name);
    const packed = deflateRawSync(e.content, { level: 9 });
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt16LE(clock, 6);
    common.writeUInt16LE(date, 8);
    common.writeUInt32LE(crc32(e.content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(e.content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common, name, packed]);
    const tail = Buffer.alloc(14);
    // Who may read is not a matter of the machine that packs; who may run is.
    const mode = e.mode === 0 ? 0 : e.mode & 0o111 ? 0o100755 : 0o100644;
    tail.writeUInt32LE((mode << 16) >>> 0, 6);
    tail.writeUInt32LE(at, 10);
    list.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x03", "latin1"), common, tail, name]));
    body.push(local);
    at += local.length;
  }
  const index = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...body, index, end]);
}

function crc32(bytes) {
  if (nativeCrc) return nativeCrc(bytes);
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
