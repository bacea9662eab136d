using YesSql.Indexes;

namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>Maps <see cref="SignInRequirement"/> to its index.</summary>
public sealed class SignInRequirementIndexProvider : IndexProvider<SignInRequirement>
{
    /// <inheritdoc />
    public override void Describe(DescribeContext<SignInRequirement> context)
        => context.For<SignInRequirementIndex>().Map(requirement => new SignInRequirementIndex { ConfigurationId = requirement.ConfigurationId });
}
