using YesSql;
using YesSql.Services;

namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>Stores which servers require a sign-in. Scoped.</summary>
public sealed class SignInRequirementStore(ISession session) : ISignInRequirements, IConfigurationEvents
{
    /// <inheritdoc />
    public Task SetAsync(string configurationId, bool isRequired) => session.SetSignInRequiredAsync(configurationId, isRequired);

    /// <summary>Returns those of these configurations that require a sign-in.</summary>
    public async Task<IReadOnlySet<string>> FindAsync(IReadOnlyCollection<string> configurationIds)
    {
        var ids = configurationIds.ToArray();

        return ids.Length == 0
            ? new HashSet<string>()
            : (await session.QueryIndex<SignInRequirementIndex>(index => index.ConfigurationId.IsIn(ids)).ListAsync()).Select(index => index.ConfigurationId).ToHashSet(StringComparer.Ordinal);
    }

    /// <inheritdoc />
    public Task SavedAsync(OutgoingMailConfiguration configuration) => Task.CompletedTask;

    /// <inheritdoc />
    public Task DeletedAsync(OutgoingMailConfiguration configuration) => SetAsync(configuration.ConfigurationId, isRequired: false);
}
