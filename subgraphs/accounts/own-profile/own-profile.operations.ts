import type { Context } from '../../../platform/context.js';
import { checkAll } from '../../../platform/domain/field-checks.js';
import { proveEmailChange, requestEmailChange, type EmailWish } from '../email-change/email-change.operations.js';
import { applyChange, requireChange, type ProfileChange } from '../user/profile.operations.js';
import type { UserEntity } from '../user/user.entity.js';
import { lockUser } from '../user/user.queries.js';
import { requireEmail } from '../user/user.rules.js';

/** Changes what the viewer tells about themselves, never what they may do; an address they want counts once it has been shown to be theirs. */
export async function updateMe(
  context: Context,
  { emailChange, ...command }: ProfileChange & { readonly emailChange?: EmailWish | null },
): Promise<UserEntity> {
  const { viewer, unitOfWork, vault } = context;
  const change = checkAll((check) => {
    if (emailChange) check(emailChange.email, (email) => requireEmail(email, ['emailChange', 'email']));
    return check<ProfileChange>(command, requireChange);
  });
  const wanted = emailChange ? await proveEmailChange(context, emailChange) : null;
  return unitOfWork(async (em) => {
    const user = await lockUser(em, viewer.id);
    await applyChange(em, vault, { user, change });
    if (wanted) await requestEmailChange(context, em, { user, wanted });
    return user;
  });
}
