/**
 * `npm run ecosystem [-- --small] [--no-tests] [MODULE…]`: applies every safe fix together to copies of real, pinned modules
 * and holds that `go build`, `go vet`, `gofmt -l` and the modules' tests answer as before, and that a second run finds
 * nothing left to fix. Needs Go and the module proxy; exits 1 when anything changed for the worse.
 */
import { pinnedModules } from './go-modules.ts';
import { type Proof, proveModule } from './prove-module.ts';

const flags = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const chosen = pinnedModules().filter(
  ({ path, size }) => (names.length === 0 || names.includes(path)) && (!flags.includes('--small') || size === 'small'),
);

const proofs = chosen.map((pin) => {
  console.log(`${pin.path}@${pin.version}`);
  const proof = proveModule(pin, { runTests: !flags.includes('--no-tests') });
  printProof(proof);
  return proof;
});
const broken = proofs.filter((proof) => proof.problems.length > 0);
console.log(`ecosystem: ${proofs.length - broken.length} passed, ${broken.length} failed`);
process.exitCode = broken.length > 0 || proofs.length === 0 ? 1 : 0;

function printProof({ fixes, files, problems }: Proof): void {
  const perRule = Object.entries(fixes).map(([rule, count]) => `${rule} ${count}`);
  console.log(`  safe fixes in ${files} files: ${perRule.join(', ') || 'none'}`);
  for (const problem of problems) console.log(`  FAILED ${problem}`);
  if (problems.length === 0) console.log('  build, vet, gofmt and tests as before; second --fix empty');
}
