// The reference of the JavaScript interface: write docs/api.md, or with --check fail where it is not what the comments say.
import { API, apiIsFresh, updateApi } from './lib/api-docs.mjs';
import { Failure, main } from './lib/say.mjs';

await main(() => {
  if (!process.argv.includes('--check')) console.log(updateApi() ? `${API} changed` : `${API}, unchanged`);
  else if (apiIsFresh()) console.log(`${API} is fresh`);
  else throw new Failure(`${API} is not what the comments in web/engine say`, 'run `node scripts/api-docs.mjs` and commit the file');
});
