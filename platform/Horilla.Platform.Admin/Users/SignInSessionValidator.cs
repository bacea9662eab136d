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
/// Validates the session of each request: rejects it if the user's permissions have changed, if it was ended by signing out,
/// or if it is too old.
/// </summary>
internal sealed class SignInSessionValidator(
    IOptions<SecurityStampValidatorOptions> stampOptions,
    SignInManager<IUser> signInManager,
    ILoggerFactory loggers,
    IOptions<SignInSessionOptions> options,
    ISession session,
    TimeProvider time) : SecurityStampValidator<IUser>(stampOptions, signInManager, loggers)
{
    protected override async Task SecurityStampVerified(IUser user, CookieValidatePrincipalContext context)
    {
        if (SignInSession.Read(context.Properties) is not { } signIn || signIn.SignedInUtc + options.Value.MaxAge < time.GetUtcNow() || RevokedSessions.IsRevoked((User)user, signIn))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(context.Scheme.Name);

            return;
        }

        await base.SecurityStampVerified(user, context);

        // Releases the connection that loaded the user: the page may not need the database again.
        await session.SaveChangesAsync();
    }
}
