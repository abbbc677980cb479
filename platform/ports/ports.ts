import type { PdfRenderer } from '../documents/pdf-renderer.js';
import type { ChallengePort } from './challenge.js';
import type { FileStorage } from './files.js';
import type { IdentityProvider } from './identity-provider.js';
import type { MailPort } from './mail.js';

/** What the product reaches outside its databases, each with a local stand-in. */
export interface Ports {
  readonly files: FileStorage;
  readonly mail: MailPort;
  readonly challenge: ChallengePort;
  /** null where signing in with Google is not set up. */
  readonly google: IdentityProvider | null;
  readonly pdf: PdfRenderer;
}
