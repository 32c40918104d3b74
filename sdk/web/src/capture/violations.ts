import { cut, type Emit } from '../captured.ts';
import { maskUrl } from '../privacy/url.ts';
import type { Scope } from '../scope.ts';

const MAX_CHARS = 2_000;
/** A page that breaks its policy all the time must not fill the recording. */
const MAX_VIOLATIONS = 100;

/** Records what the page's Content Security Policy forbade, each place and thing once. */
export function captureViolations(page: Window, scope: Scope, { emit }: { readonly emit: Emit }): void {
  const seen = new Set<string>();
  scope.listen<SecurityPolicyViolationEvent>(page.document, 'securitypolicyviolation', (event) => {
    const { effectiveDirective, blockedURI, disposition, sourceFile, lineNumber, columnNumber } = event;
    const key = `${effectiveDirective} ${blockedURI} ${sourceFile} ${lineNumber}`;
    if (seen.has(key) || seen.size >= MAX_VIOLATIONS) return;
    seen.add(key);
    emit('violation', {
      ...{ directive: cut(effectiveDirective, 100), blocked: cut(maskUrl(blockedURI), MAX_CHARS), disposition },
      ...(sourceFile ? { source: cut(maskUrl(sourceFile), MAX_CHARS), line: lineNumber, column: columnNumber } : {}),
    });
  });
}
