using YesSql;

namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>Notes whether a server requires a sign-in in the same transaction as the sign-in itself.</summary>
internal static class SignInRequirementSessionExtensions
{
    /// <inheritdoc cref="ISignInRequirements.SetAsync"/>
    public static async Task SetSignInRequiredAsync(this ISession session, string configurationId, bool isRequired)
    {
        var noted = (await session.Query<SignInRequirement, SignInRequirementIndex>(index => index.ConfigurationId == configurationId).ListAsync()).ToArray();

        if (isRequired && noted.Length == 0)
        {
            await session.SaveAsync(new SignInRequirement { ConfigurationId = configurationId });
        }
        else if (!isRequired)
        {
            foreach (var requirement in noted)
            {
                session.Delete(requirement);
            }
        }
    }
}
