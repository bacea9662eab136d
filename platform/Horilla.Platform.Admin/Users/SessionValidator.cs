using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using ISession = YesSql.ISession;

namespace Horilla.Platform.Admin.Users;

/// <summary>
/// Checks each request's sign-in: whether the user's rights are what they were, whether it was ended by signing out, and
/// whether it is not too old.
/// </summary>
internal sealed class SessionValidator(
    IOptions<SecurityStampValidatorOptions> stampOptions,
    SignInManager<IUser> signInManager,
    ILoggerFactory loggers,
    IOptions<SignInOptions> options,
    ISession session,
    TimeProvider time) : SecurityStampValidator<IUser>(stampOptions, signInManager, loggers)
{
    protected override async Task SecurityStampVerified(IUser user, CookieValidatePrincipalContext context)
    {
        if (SignInSession.Read(context.Properties) is not { } signIn || signIn.SignedInUtc + options.Value.MaxAge < time.GetUtcNow() || EndedSessions.Has((User)user, signIn))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(context.Scheme.Name);

            return;
        }

        await base.SecurityStampVerified(user, context);

        // The user was read: a page that needs no more of the database holds no connection to it.
        await session.SaveChangesAsync();
    }
}
