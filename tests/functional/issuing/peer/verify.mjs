// Two peers that share no code with us: LibPDF opens a PDF and finds its signatures, PKI.js verifies each CMS over the
// bytes that its ByteRange covers, and its chain up to ROOT. LibPDF 0.4 signs, but has no verification of its own.
// usage: node verify.mjs ROOT.pem FILE.pdf...; prints a JSON object a file.
import { readFileSync } from "node:fs";
import { webcrypto } from "node:crypto";
import { PDF } from "@libpdf/core";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";

pkijs.setEngine("node", new pkijs.CryptoEngine({ name: "node", crypto: webcrypto }));

const timestampToken = "1.2.840.113549.1.9.16.2.14"; // id-aa-timeStampToken

const exact = (bytes) => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);

function certificate(pem) {
  const base64 = pem.match(/BEGIN CERTIFICATE-----([^-]+)/)[1].replace(/\s/g, "");
  return pkijs.Certificate.fromBER(exact(new Uint8Array(Buffer.from(base64, "base64"))));
}

/** The CMS that `der` begins with; zeros may follow, as Contents are padded. */
function signedData(der) {
  const { result, offset } = asn1js.fromBER(exact(der));
  if (offset === -1) throw new Error(`no DER: ${result.error}`);
  const info = new pkijs.ContentInfo({ schema: result });
  return new pkijs.SignedData({ schema: info.content });
}

async function verify(cms, data, root) {
  const verdict = await cms.verify({ signer: 0, data, trustedCerts: [root], checkChain: true, extendedMode: true });
  return verdict.signatureVerified && verdict.signerCertificateVerified;
}

async function judge(dictionary, file, root) {
  const range = [...dictionary.get("ByteRange").items].map((number) => number.value);
  const covered = new Uint8Array(range[1] + range[3]);
  covered.set(file.subarray(range[0], range[0] + range[1]));
  covered.set(file.subarray(range[2], range[2] + range[3]), range[1]);
  const cms = signedData(dictionary.get("Contents").bytes);
  const signer = cms.signerInfos[0];
  const answer = {
    subFilter: dictionary.get("SubFilter").value,
    end: range[2] + range[3],
    verified: await verify(cms, covered.buffer, root),
    timestamps: [],
  };
  for (const attribute of signer.unsignedAttrs?.attributes ?? []) {
    if (attribute.type !== timestampToken) continue;
    const info = new pkijs.ContentInfo({ schema: attribute.values[0] });
    const token = new pkijs.SignedData({ schema: info.content });
    answer.timestamps.push(await verify(token, exact(signer.signature.valueBlock.valueHexView), root));
  }
  return answer;
}

const [rootFile, ...files] = process.argv.slice(2);
const root = certificate(readFileSync(rootFile, "latin1"));
for (const path of files) {
  const answer = { file: path, signatures: [] };
  try {
    const bytes = new Uint8Array(readFileSync(path));
    const pdf = await PDF.load(bytes);
    answer.pages = pdf.getPages().length;
    for (const field of pdf.getForm().getSignatureFields()) {
      answer.signatures.push({ field: field.name, ...(await judge(field.getSignatureDict(), bytes, root)) });
    }
  } catch (error) {
    answer.error = String(error?.message ?? error);
  }
  console.log(JSON.stringify(answer));
}
