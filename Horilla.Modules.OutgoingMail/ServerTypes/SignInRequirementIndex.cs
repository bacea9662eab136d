using YesSql.Indexes;

namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>Finds the servers that require a sign-in.</summary>
public sealed class SignInRequirementIndex : MapIndex
{
    /// <summary>The ID of the configuration.</summary>
    public string ConfigurationId { get; set; } = "";
}
