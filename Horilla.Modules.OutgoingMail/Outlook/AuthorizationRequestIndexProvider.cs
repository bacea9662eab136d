using YesSql.Indexes;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Maps <see cref="AuthorizationRequest"/> to its index.</summary>
public sealed class AuthorizationRequestIndexProvider : IndexProvider<AuthorizationRequest>
{
    /// <inheritdoc />
    public override void Describe(DescribeContext<AuthorizationRequest> context)
        => context.For<PendingSignInIndex>().Map(request => new PendingSignInIndex
        {
            StateHash = request.StateHash,
            ConfigurationId = request.ConfigurationId,
            ExpiresUtc = request.ExpiresUtc,
        });
}
