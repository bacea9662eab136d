using Horilla.Platform.Admin.Names;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using OrchardCore.Users;
using OrchardCore.Users.Indexes;
using OrchardCore.Users.Models;
using YesSql;

namespace Horilla.Platform.Admin.Users;

/// <summary>Accepts user names in any script, but none that could be taken for another one.</summary>
internal sealed class ConfusableUserNameValidator(ISession session, IStringLocalizer<ConfusableUserNameValidator> S) : IUserValidator<IUser>
{
    public async Task<IdentityResult> ValidateAsync(UserManager<IUser> manager, IUser user)
    {
        var account = (User)user;
        var normalizedName = manager.NormalizeName(account.UserName);

        // An existing user may keep the name.
        if (await session.QueryIndex<UserIndex>(index => index.UserId == account.UserId && index.NormalizedUserName == normalizedName).CountAsync() > 0)
        {
            return IdentityResult.Success;
        }

        if (ConfusableNames.HasConfusableCharacters(account.UserName))
        {
            return Failed(S["The user name has characters that are invisible or only look like others. Type it instead of pasting it."]);
        }

        var others = (await session.QueryIndex<UserIndex>().ListAsync()).ToArray();
        var skeleton = ConfusableNames.Skeleton(account.UserName);
        var lookalike = Array.Find(others, other => other.UserId != account.UserId && other.NormalizedUserName != normalizedName && ConfusableNames.Skeleton(other.NormalizedUserName ?? "") == skeleton);

        return lookalike is null ? IdentityResult.Success : Failed(S["The user name looks too much like that of another user. Choose another name."]);
    }

    private static IdentityResult Failed(LocalizedString description) => IdentityResult.Failed(new IdentityError { Code = "LookalikeName", Description = description });
}
