using YesSql.Indexes;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Makes the index of a pending sign-in.</summary>
public sealed class PendingSignInIndexProvider : IndexProvider<PendingSignIn>
{
    /// <inheritdoc />
    public override void Describe(DescribeContext<PendingSignIn> context)
        => context.For<PendingSignInIndex>().Map(pending => new PendingSignInIndex
        {
            StateHash = pending.StateHash,
            ConfigurationId = pending.ConfigurationId,
            ExpiresUtc = pending.ExpiresUtc,
        });
}
